"""XOAUTH2: tokens that hold, tokens that have expired, and refresh tokens changed for new ones."""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.dovecot import Dovecot, dovecot, needed

from askwell.app.accounts import Account, put
from askwell.app.desk import open_desk
from askwell.app.leaving import FILE, all_that_left
from askwell.app.owner import claim
from askwell.app.secrets import Secret, keep, secret, stored
from askwell.app.source import add
from askwell.app.sync import sync
from askwell.app.tokens import client_secret_name
from askwell.errors import AskwellError

REFRESH, ACCESS = "refresh-4711", "access-4711"
MAIL = b"From: a@b.example\r\nTo: ingrid@example.no\r\nDate: 1 Apr 2026 12:00:00 +0000\r\n\r\nHi\r\n"


class Provider(ThreadingHTTPServer):
    """Gives access tokens for REFRESH, and tells Dovecot which of them hold."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked: list[dict[str, list[str]]] = []
        self.answer: tuple[int, bytes] | None = None
        self.more: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        """Dovecot asks whether a token holds."""
        holds = urlsplit(self.path).query.endswith(ACCESS)
        said = {"active": "true", "email": "ingrid@example.no"} if holds else {"error": "invalid_token"}
        self._say(200 if holds else 400, json.dumps(said).encode())

    def do_POST(self) -> None:
        """Askwell wants an access token."""
        asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append(asked)
        if self.server.answer:
            self._say(*self.server.answer)
        else:
            self._say(200, json.dumps({"access_token": ACCESS, **self.server.more}).encode())

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def running() -> Iterator[Provider]:
    with Provider() as found:
        thread = threading.Thread(target=found.serve_forever, daemon=True)
        thread.start()
        yield found
        found.shutdown()
        thread.join(60)


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as found:
        yield found


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    needed()
    with running() as checker, dovecot(tokeninfo=f"{checker.url}/?token=") as found:
        yield found


def account(provider: Provider) -> Account:
    one = Account("work", "imap", "ingrid@example.no", "imap.example.no", auth="xoauth2")
    return replace(one, token_endpoint=f"{provider.url}/token", client_id="askwell-test")


def test_a_refresh_token_is_changed_for_an_access_token(
    tmp_path: Path, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keep(tmp_path, "work", Secret(REFRESH))
    assert secret(tmp_path, account(provider)).reveal() == ACCESS
    assert provider.asked == [
        {"grant_type": ["refresh_token"], "client_id": ["askwell-test"], "refresh_token": [REFRESH]}
    ]
    (left,) = all_that_left(tmp_path)
    assert left.host == provider.url.removeprefix("http://")
    assert left.size > 40
    assert REFRESH not in (tmp_path / FILE).read_text()
    assert caplog.text
    assert not {one for one in (REFRESH, ACCESS) if one in caplog.text}


def test_a_client_with_a_secret_and_a_refresh_token_that_is_changed(
    tmp_path: Path, provider: Provider
) -> None:
    keep(tmp_path, "work", Secret(REFRESH))
    keep(tmp_path, client_secret_name("work"), Secret("client-7"))
    provider.more = {"refresh_token": "refresh-4712"}
    secret(tmp_path, account(provider))
    assert provider.asked[0]["client_secret"] == ["client-7"]
    newer = stored(tmp_path, "work")
    assert newer is not None
    assert newer.reveal() == "refresh-4712"


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (400, b'{"error": "invalid_grant"}', "work: the token has expired or was withdrawn."),
        (401, b'{"error": "invalid_client"}', "work: the token has expired or was withdrawn."),
        (429, b"slow down", "(429)"),
        (500, b"", "(500)"),
        (200, b"<html>", "(200)"),
        (200, b"[]", "(200)"),
        (200, b'{"access_token": ""}', "(200)"),
        (302, b"", "(302)"),
    ],
)
def test_no_token(tmp_path: Path, provider: Provider, status: int, body: bytes, said: str) -> None:
    keep(tmp_path, "work", Secret(REFRESH))
    provider.answer = (status, body)
    with pytest.raises(AskwellError) as error:
        secret(tmp_path, account(provider))
    assert said in error.value.message
    assert error.value.hint
    assert REFRESH not in error.value.message + error.value.hint
    assert len(provider.asked) == 1


def test_an_endpoint_that_is_away(tmp_path: Path, provider: Provider) -> None:
    keep(tmp_path, "work", Secret(REFRESH))
    with pytest.raises(AskwellError, match=r"work: no token could be had .*ConnectError"):
        secret(tmp_path, replace(account(provider), token_endpoint="http://127.0.0.1:1/token"))


def test_an_endpoint_that_is_no_address_or_whose_certificate_is_missing(tmp_path: Path) -> None:
    keep(tmp_path, "work", Secret(REFRESH))
    one = Account("work", "imap", "i@example.no", "h.example", auth="xoauth2", client_id="c")
    for wrong in (
        replace(one, token_endpoint="https://"),
        replace(one, token_endpoint="https://\x00"),
        replace(one, token_endpoint="https://h.example/", certificate=str(tmp_path / "missing")),
    ):
        with pytest.raises(AskwellError, match="work: "):
            secret(tmp_path, wrong)


def test_a_mailbox_with_tokens(tmp_path: Path, provider: Provider, server: Dovecot) -> None:
    box = server.box("ingrid@example.no")
    box.put("INBOX", [MAIL])
    there = {"host": "localhost", "port": server.tls_port, "certificate": str(server.authority)}
    bare = Account("bare", "imap", box.user, auth="xoauth2", **there)  # type: ignore[arg-type]
    with open_desk(tmp_path, date(2026, 5, 4)) as desk:
        claim(desk, [box.user])
        put(tmp_path, bare)
        keep(tmp_path, "bare", Secret("expired-1"))
        (old,) = sync(desk)
        assert old.trouble is not None
        assert "bare: the token was refused; it may have expired." in old.trouble.message
        keep(tmp_path, "bare", Secret(ACCESS))
        (good,) = sync(desk)
        assert good.trouble is None
        assert good.report is not None
        assert good.report.read == 1
        provider.more = {"refresh_token": "refresh-4712"}
        added = add(desk, replace(account(provider), **there), Secret(REFRESH))  # type: ignore[arg-type]
        assert added.folders
        newer = stored(tmp_path, "work")
        assert newer is not None
        assert newer.reveal() == "refresh-4712", "the newer token is kept, not the one that was given"
