"""TLS on both sides of the gate: never given up, never with what was said before it, never with strangers."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import trustme
from tests.doors.gate.scripted import Scripted
from tests.doors.gate.test_wire_faith import Client

from askwell.app.gate import Decision
from askwell.doors.gate import Wanted, certificate, server_place, split
from askwell.doors.gate.accepted import Accepted
from askwell.doors.gate.beyond import AwayError, Place, reach
from askwell.doors.gate.server import Gate
from askwell.doors.gate.session import Way
from askwell.errors import AskwellError

NOW = datetime(2026, 5, 4, tzinfo=UTC)
Serve = Callable[..., Scripted]


@pytest.fixture
def trust() -> trustme.CA:
    return trustme.CA()


def secured(trust: trustme.CA, name: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.issue_cert(name).configure_cert(context)
    return context


def trusting(trust: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    trust.configure_trust(context)
    return context


def test_the_server_is_reached_by_tls_both_ways(trust: trustme.CA, scripted: Serve) -> None:
    for security in ("tls", "starttls"):
        there = scripted(context=secured(trust), starttls=security == "starttls")
        server = reach(Place("127.0.0.1", there.port, security, trusting(trust)))
        assert server.wire.secure
        assert server.ask(b"EHLO pc").good
        server.close()


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_stranger_or_another_name_is_not_spoken_to(
    trust: trustme.CA, scripted: Serve, security: str
) -> None:
    there = scripted(context=secured(trust), starttls=security == "starttls")
    with pytest.raises(AwayError, match="certificate"):
        reach(Place("127.0.0.1", there.port, security, ssl.create_default_context()))
    other = scripted(context=secured(trust, "mail.example.org"), starttls=security == "starttls")
    with pytest.raises(AwayError, match="certificate"):
        reach(Place("127.0.0.1", other.port, security, trusting(trust)))
    assert not any(one.startswith(b"AUTH") for one in there.commands + other.commands)


def test_a_server_without_starttls_or_that_says_no_to_it(trust: trustme.CA, scripted: Serve) -> None:
    plain = scripted()
    with pytest.raises(AwayError, match="STARTTLS"):
        reach(Place("127.0.0.1", plain.port, "starttls", trusting(trust)))
    no = scripted(offers=("STARTTLS",), answers={b"STARTTLS": b"454 4.7.0 not now\r\n"})
    with pytest.raises(AwayError, match="TLS"):
        reach(Place("127.0.0.1", no.port, "starttls", trusting(trust)))


def test_what_a_server_says_before_tls_is_not_believed_inside_it(trust: trustme.CA, scripted: Serve) -> None:
    evil = b"220 go\r\n250 2.0.0 all is well\r\n"
    there = scripted(offers=("STARTTLS",), answers={b"STARTTLS": evil})
    with pytest.raises(AwayError, match="before TLS"):
        reach(Place("127.0.0.1", there.port, "starttls", trusting(trust)))


@pytest.fixture
def guarded(tmp_path: Path, scripted: Serve) -> Iterator[tuple[Gate, Scripted]]:
    """A gate that mail programs reach from other machines, so that it insists on TLS."""
    there = scripted()
    place = Place("127.0.0.1", there.port, "plain")
    tls = certificate.context(tmp_path, "127.0.0.1", datetime.now(UTC))
    decide = lambda _: Decision(True)  # noqa: E731
    way = Way(partial(reach, place), decide, lambda *_: None, Accepted(), tls=tls, trusted=False)
    with ExitStack() as stack:
        gate = Gate("127.0.0.1", 0, way, patience=60)
        stack.callback(gate.stop, 0.1)
        yield gate, there


def test_no_password_and_no_letter_in_the_clear(guarded: tuple[Gate, Scripted]) -> None:
    gate, there = guarded
    client = Client(gate.port)
    hello = client.say(b"EHLO pc")
    assert b"STARTTLS" in hello
    assert b"AUTH" not in hello
    assert client.say(b"AUTH PLAIN AGEAYg==").startswith(b"538 5.7.11")
    assert client.say(b"MAIL FROM:<a@b.example>").startswith(b"530 5.7.0")
    assert not any(one.startswith((b"AUTH", b"MAIL")) for one in there.commands)


def test_what_a_mail_program_says_before_tls_is_thrown_away(guarded: tuple[Gate, Scripted]) -> None:
    gate, there = guarded
    client = Client(gate.port)
    client.say(b"EHLO pc")
    client.link.sendall(b"STARTTLS\r\nMAIL FROM:<evil@example.net>\r\n")
    assert client.reply().startswith(b"421 4.7.0")
    assert client.file.read() == b""
    assert not any(b"evil" in one for one in there.commands)


def test_the_gates_own_certificate_is_kept_private_and_renewed(tmp_path: Path) -> None:
    certificate.context(tmp_path, "127.0.0.1", NOW)
    path = tmp_path / certificate.FILE
    first = path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    certificate.context(tmp_path, "127.0.0.1", NOW + timedelta(days=700))
    assert path.read_bytes() == first
    certificate.context(tmp_path, "192.0.2.1", NOW)
    assert path.read_bytes() != first
    second = path.read_bytes()
    certificate.context(tmp_path, "192.0.2.1", NOW + timedelta(days=800))
    assert path.read_bytes() != second


def test_where_the_server_is(tmp_path: Path) -> None:
    assert (server_place(Wanted(server="smtp.example.org")).port) == 587
    assert server_place(Wanted(server="smtp.example.org:465")).security == "tls"
    assert server_place(Wanted(server="smtp.example.org")).security == "starttls"
    assert split("[::1]:25", 1) == ("::1", 25)
    assert split("::1", 7) == ("::1", 7)
    for bad in (Wanted(), Wanted(server="x:y"), Wanted(server="127.0.0.1:1587")):
        with pytest.raises(AskwellError):
            server_place(bad)
    with pytest.raises(AskwellError, match="cannot be read"):
        server_place(Wanted(server="x", certificate=str(tmp_path / "none.pem")))
