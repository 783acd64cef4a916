"""What a mail server does wrong is told with the account and a remedy, and never with the password."""

import socket
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dovecot import dovecot, needed

from askwell.errors import AskwellError
from askwell.sources import imap_session
from askwell.sources.imap_fetch import Head, heads, letters, numbers, status
from askwell.sources.imap_folders import mailboxes
from askwell.sources.imap_session import Server, Session, signed_in
from askwell.sources.record import Raw, Skipped

WORD = "løyndom-9137"
Answer = Callable[[bytes], bytes | None]
READY = b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n"


@contextmanager
def scripted(greeting: bytes | None, answers: dict[bytes, bytes] | None = None) -> Iterator[int]:
    """A server that greets, then answers a command by its name; `TAG` in an answer becomes the command's
    tag. It hangs up at a command that it has no answer for; without a greeting at once. The port."""
    listener = socket.create_server(("127.0.0.1", 0))
    given = {
        b"CAPABILITY": b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nTAG OK done\r\n",
        b"LOGOUT": b"* BYE bye\r\nTAG OK done\r\n",
    }
    given |= answers or {}

    def serve() -> None:
        while True:
            try:
                link, _ = listener.accept()
            except OSError:
                return
            with link, link.makefile("rb") as lines:
                try:
                    if greeting is None:
                        continue
                    link.sendall(greeting)
                    if b"CUT" in greeting:
                        continue
                    _talk(link, lines, given)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(60)


def _talk(link: socket.socket, lines: object, given: dict[bytes, bytes]) -> None:
    for line in lines:  # type: ignore[attr-defined]
        tag, _, rest = line.strip().partition(b" ")
        name = (
            b" ".join(rest.upper().split()[:2])
            if rest.upper().startswith(b"UID")
            else rest.upper().split()[0]
        )
        if name == b"AUTHENTICATE":
            link.sendall(b"+ \r\n")
            next(lines)  # type: ignore[call-overload]
        answer = given.get(name, b"TAG OK done\r\n" if name == b"AUTHENTICATE" else None)
        if answer is None:
            return
        link.sendall(answer.replace(b"TAG", tag))
        if b"CUT" in answer:
            return


def at(port: int, **more: object) -> Server:
    return replace(Server("work", "127.0.0.1", port, "ingrid@example.no", security="plain"), **more)  # type: ignore[arg-type]


def trouble(
    server: Server, secret: str = WORD, then: Callable[[Session], object] | None = None
) -> AskwellError:
    """The error of signing in and doing something; named, with a remedy, and without the password."""
    with pytest.raises(AskwellError) as error, signed_in(server, secret) as session:
        if then:
            then(session)
    found = error.value
    assert found.message.startswith("work: ")
    assert found.hint
    told = "".join((*traceback.format_exception(found), found.message, found.hint, repr(found.__dict__)))
    assert secret not in told
    return found


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap_session, "WAITING", 0.3)
    monkeypatch.setattr(imap_session, "CONNECTING", 0.3)


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert f"does not answer on port {port}" in trouble(at(port)).message


def test_no_such_host() -> None:
    assert "there is no server called imap.invalid" in trouble(at(1, host="imap.invalid")).message


@pytest.mark.parametrize(
    "greeting",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"SSH-2.0-OpenSSH_9\r\n",
        b"220 smtp\r\n",
        b"\xff\xfe\r\n",
        None,
        b"* BYE go away\r\n",
    ],
)
def test_what_answers_is_no_mailbox(greeting: bytes | None) -> None:
    with scripted(greeting) as port:
        assert "speaks no IMAP" in trouble(at(port)).message


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("security", ["plain", "tls"])
def test_a_server_that_says_nothing(security: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert "takes too long to answer" in trouble(at(port, security=security)).message


def test_no_tls_on_this_port() -> None:
    with scripted(READY) as port:
        error = trouble(at(port, security="tls", host="localhost"))
    assert f"speaks no TLS on port {port}" in error.message
    assert "993" in error.hint


def test_starttls_that_is_not_offered_stops_before_the_password() -> None:
    with scripted(READY) as port:
        assert "offers no STARTTLS" in trouble(at(port, security="starttls")).message


@pytest.mark.parametrize(
    ("words", "shown"),
    [(b"[ALERT] Make a password for programs", "Make a password for programs"), (WORD.encode(), "")],
)
def test_a_refused_password(words: bytes, shown: str) -> None:
    with scripted(READY, {b"AUTHENTICATE": b"TAG NO " + words + b"\r\n"}) as port:
        error = trouble(at(port))
        assert "the password was refused for ingrid@example.no" in error.message
        assert shown in error.message
        assert "askwell source add imap work" in error.hint
        assert "takes no tokens" in trouble(at(port, xoauth2=True)).message
    tokens = READY.replace(b"AUTH=PLAIN", b"AUTH=PLAIN AUTH=XOAUTH2")
    caps = b"* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2\r\nTAG OK done\r\n"
    said = {b"AUTHENTICATE": b"TAG NO " + words + b"\r\n", b"CAPABILITY": caps}
    with scripted(tokens, said) as port:
        error = trouble(at(port, xoauth2=True))
        assert "the token was refused; it may have expired" in error.message
        assert shown in error.message


def test_a_server_that_takes_no_passwords_here() -> None:
    caps = b"* CAPABILITY IMAP4rev1 LOGINDISABLED\r\nTAG OK done\r\n"
    with scripted(b"* OK ready\r\n", {b"CAPABILITY": caps}) as port:
        assert "takes no passwords" in trouble(at(port)).message


def test_an_old_server_and_a_password_outside_ascii() -> None:
    caps = b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n"
    with scripted(b"* OK ready\r\n", {b"CAPABILITY": caps, b"LOGIN": b"TAG OK done\r\n"}) as port:
        assert "plain letters" in trouble(at(port)).message
        with signed_in(at(port), "plain") as session:
            assert not session.gmail


FOUND = {
    b"NAMESPACE": b"TAG OK done\r\n",
    b"LIST": b'* LIST () "/" INBOX\r\nTAG OK done\r\n',
    b"STATUS": b"* STATUS INBOX (MESSAGES 2 UIDNEXT 3 UIDVALIDITY 7)\r\nTAG OK done\r\n",
    b"EXAMINE": b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\nTAG OK [READ-ONLY] done\r\n",
    b"UID SEARCH": b"* SEARCH 1 2\r\nTAG OK done\r\n",
}


def everything(session: Session) -> list[Raw | Skipped]:
    (box,) = mailboxes(session.client)
    state = status(session.client, box.name)
    session.client.select_folder(box.name, readonly=True)
    found: list[Raw | Skipped] = []
    for uids in numbers(session.client, 0, state):
        there, _ = heads(session.client, uids, gmail=False, ids=True)
        found += letters(session.client, there, "work/INBOX")
    return found


@pytest.mark.parametrize("cut", ["LIST", "STATUS", "EXAMINE", "UID SEARCH", "UID FETCH"])
def test_a_server_that_hangs_up_at_any_command(cut: str) -> None:
    answers = {name: answer for name, answer in FOUND.items() if name != cut.encode()}
    with scripted(READY, answers) as port:
        error = trouble(at(port), then=everything)
    assert "has broken off the connection" in error.message
    assert "goes on from there" in error.hint


def test_a_server_that_hangs_up_in_the_middle_of_a_letter() -> None:
    half = b"* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 90 BODY[]<0> {90}\r\nFrom: CUT"
    with scripted(READY, FOUND | {b"UID FETCH": half}) as port:
        assert "broken off" in trouble(at(port), then=everything).message


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (b"UID SEARCH", b"* SEARCH one two\r\nTAG OK done\r\n"),
        (b"STATUS", b"* STATUS INBOX (MESSAGES)\r\nTAG OK done\r\n"),
        (b"STATUS", b"* STATUS INBOX ((((\r\nTAG OK done\r\n"),
        (b"LIST", b"* LIST (((\r\nTAG OK done\r\n"),
        (b"UID FETCH", b"* 1 FETCH (UID x FLAGS\r\nTAG OK done\r\n"),
        (b"UID FETCH", b"* 1 FETCH nonsense\r\nTAG OK done\r\n"),
        (b"EXAMINE", b"TAG NO there is no such folder\r\n"),
        (b"UID SEARCH", b"* SEARCH " + b"1 " * 600_000 + b"\r\nTAG OK done\r\n"),
        (b"STATUS", b"gibberish\r\n"),
    ],
)
def test_an_answer_that_makes_no_sense(command: bytes, answer: bytes) -> None:
    with scripted(READY, FOUND | {command: answer}) as port:
        trouble(at(port), then=everything)


WORDS = st.sampled_from(
    [b"* ", b"TAG ", b"OK ", b"NO ", b"BYE", b"(", b")", b'"', b"{3}\r\n", b"\r\n", b"NIL", b"\\", b"1", b" ",
     b"FETCH", b"UID", b"BODY[]<0>", b"STATUS", b"LIST", b"NAMESPACE", b"SEARCH", b"[", b"]", b"CAPABILITY",
     b"&", b"\xff", b"(" * 5000, b"4294967296", b"EXISTS", b"\x00"]
)  # fmt: skip
ANY = st.lists(WORDS, max_size=12).map(b"".join) | st.binary(max_size=60)


@settings(max_examples=150)
@given(
    st.sampled_from(
        [b"CAPABILITY", b"NAMESPACE", b"LIST", b"STATUS", b"EXAMINE", b"UID SEARCH", b"UID FETCH"]
    ),
    ANY,
    st.booleans(),
)
def test_whatever_a_server_answers_is_told_or_read(command: bytes, answer: bytes, ends: bool) -> None:
    found = {name: said + b"CUT" * (name == command and not ends) for name, said in FOUND.items()}
    found[command] = answer + (b"\r\nTAG OK done\r\n" if ends else b"CUT")
    with scripted(READY, found) as port:
        try:
            with signed_in(at(port), WORD) as session:
                everything(session)
        except AskwellError as error:
            assert error.message.startswith("work: ")
            assert error.hint
            assert WORD not in error.message + error.hint


@settings(max_examples=60)
@given(ANY)
def test_whatever_a_server_greets_with(greeting: bytes) -> None:
    with scripted(greeting + b"\r\nCUT", {}) as port:
        assert trouble(at(port))


def test_a_letter_that_cannot_be_handed_out_is_skipped_alone() -> None:
    class Broken:
        def fetch(self, uids: list[int], _: object) -> dict[int, dict[bytes, object]]:
            if 2 in uids:
                raise imap_session.imaplib.IMAP4.error("NO cannot read")
            return {uid: {b"BODY[]<0>": b"x"} for uid in uids if uid != 3}

    wanted = [Head(uid, 9, draft=False) for uid in (1, 2, 3, 4)]
    found = list(letters(Broken(), wanted, "work/INBOX"))  # type: ignore[arg-type]
    assert [(one.where, getattr(one, "why", "")) for one in found] == [
        ("work/INBOX UID 1", ""),
        ("work/INBOX UID 2", "the server could not hand it out"),
        ("work/INBOX UID 3", "taken away on the server before it was read"),
        ("work/INBOX UID 4", ""),
    ]
    assert [one.offset for one in found] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("said", "draft"),
    [
        ({b"FLAGS": (b"\\Draft",)}, True),
        ({b"FLAGS": (), b"X-GM-LABELS": (b"\\Draft", b"Reise")}, True),
        ({b"FLAGS": (b"\\Seen", b"draft"), b"X-GM-LABELS": (b"Drafts", 7)}, False),
        ({}, False),
    ],
)
def test_drafts_are_told_by_flag_or_gmails_label(said: dict[bytes, object], draft: bool) -> None:
    class Told:
        def fetch(self, *_: object) -> dict[int, dict[bytes, object]]:
            return {1: said}

    (one,), missing = heads(Told(), [1, 2], gmail=True, ids=False)  # type: ignore[arg-type]
    assert (one.draft, missing) == (draft, [2])


def test_faults_of_ours_are_not_blamed_on_the_server() -> None:
    with scripted(READY) as port, pytest.raises(KeyError), signed_in(at(port), WORD):
        raise KeyError("ours")


def test_certificates() -> None:
    needed()
    with dovecot() as server:
        secure = Server(
            "work", "localhost", server.tls_port, "i@example.no", certificate=str(server.authority)
        )
        with signed_in(secure, server.password):
            pass
        error = trouble(replace(secure, certificate=""), server.password)
        assert "nobody known vouches for the certificate of localhost, so nothing was sent" in error.message
        assert "--certificate" in error.hint
        error = trouble(replace(secure, host="127.0.0.1"), server.password)
        assert "is for another server than 127.0.0.1" in error.message
        own = replace(secure, certificate=str(server.top / "server.pem"))
        with signed_in(own, server.password):  # the server's own certificate may be trusted itself
            pass
        for wrong in (server.top / "missing.pem", server.top / "conf"):
            error = trouble(replace(secure, certificate=str(wrong)), server.password)
            assert "cannot be used" in error.message


def test_a_certificate_that_has_expired(tmp_path: Path) -> None:
    needed()
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    old = authority.issue_cert("localhost", not_after=datetime.now(UTC) - timedelta(days=2))
    with dovecot() as server:
        server.stop()
        (server.top / "server.pem").write_bytes(b"".join(one.bytes() for one in old.cert_chain_pems))
        old.private_key_pem.write_to_path(str(server.top / "server.key"))
        server.start()
        late = Server(
            "work", "localhost", server.tls_port, "i@example.no", certificate=str(tmp_path / "authority.pem")
        )
        assert "has expired" in trouble(late, server.password).message
