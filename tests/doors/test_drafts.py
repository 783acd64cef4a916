"""Drafts from the command line."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from imapclient import IMAPClient
from tests.doors.conftest import Call
from tests.dovecot import Box, dovecot, needed

DRAFT = (
    b"To: Tom Becker <tom@harbour.example>\r\nSubject: My flatmate\r\n\r\nHi Tom,\r\n\r\nMy flatmate Leo is"
    b" looking for his first job. Could you get him an interview at Harbour Analytics this month?\r\n"
)


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    needed()
    with dovecot() as server:
        found = server.box("ingrid.dahl@example.no")
        with IMAPClient("localhost", server.port, ssl=False) as client:
            client.plain_login(found.user, server.password)
            client.append("Kladd", DRAFT, [b"\\Draft"])
        yield found


@pytest.fixture
def added(demo: Call, box: Box) -> Call:
    """A ledger with the invented network, and this mailbox as its account."""
    server = box.server
    at = ("--host", "localhost", "--port", server.tls_port, "--certificate", server.authority)
    ran = demo("source", "add", "imap", "work", "--user", box.user, *at, given=server.password)
    assert ran.status == 0, ran.err
    return demo


def test_drafts_are_judged(added: Call) -> None:
    ran = added("drafts", "--on", "2026-05-04")
    assert ran.status == 0
    assert ran.out.startswith("Don't send this: My flatmate (tom@harbour.example)\n  Better not to send this")
    (one,) = json.loads(added("drafts", "--json", "--note").out)["drafts"]
    assert one["verdict"]["schema"] == "askwell.verdict/1"


def test_trouble_is_told_and_shows_in_the_status(added: Call, box: Box, tmp_path: Path) -> None:
    path = tmp_path / "home" / "accounts.toml"
    path.write_text(path.read_text().replace(str(box.server.tls_port), "1"))
    ran = added("drafts")
    assert ran.status == 2
    assert "work: localhost does not answer on port 1." in ran.out
    assert json.loads(added("drafts", "--json").out)["trouble"].startswith("work: ")


def test_without_a_mailbox(call: Call) -> None:
    ran = call("drafts")
    assert ran.status == 2
    assert "There is no mailbox" in ran.err


def test_one_account_is_watched_at_a_time(added: Call, tmp_path: Path) -> None:
    path = tmp_path / "home" / "accounts.toml"
    path.write_text(path.read_text() + path.read_text().replace("[work]", "[other]"))
    ran = added("drafts", "--watch")
    assert ran.status == 2
    assert "Name one of work, other." in ran.err
