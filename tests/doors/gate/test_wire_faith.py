"""What goes through the gate byte for byte, and what hostile or broken talk is answered with."""

from __future__ import annotations

import base64
import hashlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.doors.gate.scripted import Scripted

from askwell.app.gate import Decision, Submitted
from askwell.doors.gate import letters, session
from askwell.doors.gate.accepted import Accepted
from askwell.doors.gate.beyond import Place, reach
from askwell.doors.gate.server import Gate
from askwell.doors.gate.session import Way
from askwell.doors.gate.wire import Wire
from askwell.words import language, set_language

SIGNED = (
    b"DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=s;\r\n\tb=abc\r\nMessage-ID: <1@example.org>\r\n"
    b"Subject: =?utf-8?q?Bl=C3=A5b=C3=A6r?=\r\nContent-Type: multipart/signed; boundary=x\r\n\r\n--x\r\n\r\n"
    b"trailing spaces   \t\r\n\r\n\r\n--x\r\nContent-Type: application/pgp-signature\r\n\r\nabc=\r\n--x--\r\n"
)


class Client:
    """A mail program by hand."""

    def __init__(self, port: int) -> None:
        self.link = socket.create_connection(("127.0.0.1", port), 60)
        self.file = self.link.makefile("rb")
        self.greeting = self.reply()

    def reply(self) -> bytes:
        lines = [self.file.readline()]
        while lines[-1][3:4] == b"-":
            lines.append(self.file.readline())
        return b"".join(lines)

    def say(self, line: bytes) -> bytes:
        self.link.sendall(line + b"\r\n")
        return self.reply()

    def begin(self, *to: bytes) -> None:
        self.say(b"EHLO pc.example")
        assert self.say(b"MAIL FROM:<ingrid@example.org>").startswith(b"250")
        for one in to or (b"tom@harbour.example",):
            assert self.say(b"RCPT TO:<" + one + b">").startswith(b"250")
        assert self.say(b"DATA").startswith(b"354")

    def send(self, data: bytes) -> bytes:
        """A letter, with what doubles its dots left to the caller."""
        self.link.sendall(data + b".\r\n")
        return self.reply()

    def drips(self) -> bool:
        """Say one letter more; whether the other side was still there."""
        try:
            self.link.sendall(b"O")
        except OSError:
            return False
        return True

    def close(self) -> None:
        self.file.close()
        self.link.close()


Guard = Callable[..., tuple[Gate, Scripted]]


@pytest.fixture
def guard() -> Iterator[Guard]:
    """A gate before a scripted server. `decide` stands in for the judges; options go to the server."""
    with ExitStack() as stack:

        def start(
            decide: Callable[[Submitted], Decision] = lambda _: Decision(True),
            patience: float = 60,
            most: int = 100,
            told: list[str] | None = None,
            **how: Any,
        ) -> tuple[Gate, Scripted]:
            server = Scripted(**how)
            stack.callback(server.close)
            tell: Any = (lambda what, *_: told.append(what)) if told is not None else lambda *_: None
            place = Place("127.0.0.1", server.port, "plain")
            way = Way(partial(reach, place), decide, tell, Accepted())
            gate = Gate("127.0.0.1", 0, way, patience=patience, most=most)
            stack.callback(gate.stop, 0.1)
            return gate, server

        yield start


# -- byte for byte ---------------------------------------------------------------------------------


def test_a_signed_letter_arrives_as_it_was(guard: Guard) -> None:
    gate, server = guard()
    client = Client(gate.port)
    client.say(b"EHLO pc.example")
    mail = b"MAIL FROM:<ingrid@example.org> SIZE=1234 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=QQ314159"
    assert client.say(mail) == b"250 2.1.0 sender fine\r\n"
    rcpt = b"RCPT TO:<tom@harbour.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;tom@harbour.example"
    client.say(rcpt)
    client.say(b"DATA")
    assert client.send(SIGNED) == b"250 2.0.0 queued as 4711\r\n"
    (letter,) = server.letters
    assert hashlib.sha256(letter.data).digest() == hashlib.sha256(SIGNED).digest()
    assert (letter.mail, letter.to) == (mail + b"\r\n", [rcpt + b"\r\n"])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"..\r\n",
        b"..a dot\r\n...two\r\n",
        b"x" * 200_000 + b"\r\n",
        b"bare\nline\rfeeds\n\r\n",
        b"\x00\xff\xfe 8 bit \xe6\xf8\xe5\r\n",
        b"no end of a header",
    ],
)
def test_odd_letters_pass_untouched(guard: Guard, body: bytes) -> None:
    gate, server = guard()
    client = Client(gate.port)
    client.begin()
    whole = b"Subject: x\r\n\r\n" + body + (b"" if body.endswith(b"\r\n") or not body else b"\r\n")
    assert client.send(whole).startswith(b"250")
    assert server.letters[0].data == whole


def test_an_empty_letter(guard: Guard) -> None:
    gate, server = guard()
    client = Client(gate.port)
    client.begin()
    assert client.send(b"").startswith(b"250")
    assert server.letters[0].data == b""


def test_thirty_megabytes(guard: Guard) -> None:
    seen: list[int] = []

    def decide(letter: Submitted) -> Decision:
        seen.append(len(letter.data))
        assert letter.data.rstrip().endswith(b"the end")
        return Decision(True)

    gate, server = guard(decide)
    client = Client(gate.port)
    client.begin()
    big = b"Subject: x\r\nContent-Type: text/plain\r\n\r\n" + (b"A" * 76 + b"\r\n") * 390_000 + b"the end\r\n"
    assert client.send(big).startswith(b"250")
    assert len(server.letters[0].data) == len(big) > 30_000_000
    assert seen == [pytest.approx(156_000, rel=0.1)]  # the bulk of an attachment is not for the judge


def test_ten_megabytes_of_headers(guard: Guard) -> None:
    gate, server = guard(lambda letter: Decision(len(letter.data) <= letters.SHOWN + (1 << 16)))
    head = b"".join(b"X-%07d: %s\r\n" % (n, b"a" * 60) for n in range(145_000))
    client = Client(gate.port)
    client.begin()
    assert client.send(head + b"\r\nhi\r\n").startswith(b"250")
    assert len(server.letters[0].data) == len(head) + 6


def test_sign_ins_are_passed_on_and_both_ways(guard: Guard) -> None:
    gate, server = guard()
    client = Client(gate.port)
    hello = client.say(b"EHLO pc.example")
    assert b"AUTH PLAIN LOGIN XOAUTH2" in hello
    assert not {b"CHUNKING", b"XCLIENT"} & set(hello.split())
    token = base64.b64encode(b"user=ingrid\1auth=Bearer abc\1\1")
    assert client.say(b"AUTH XOAUTH2 " + token).startswith(b"235")
    assert b"heard " + token + b"\r\n" in server.commands
    assert client.say(b"AUTH LOGIN").startswith(b"334")
    assert client.say(b"aW5ncmlk").startswith(b"334")
    assert client.say(b"d2ludGVy").startswith(b"235")
    assert b"heard aW5ncmlk d2ludGVy\r\n" in server.commands
    assert client.say(b"AUTH PLAIN").startswith(b"334")
    assert client.say(b"A" * 12_288).startswith(b"235")


def test_a_thousand_recipients(guard: Guard) -> None:
    asked: list[int] = []
    gate, server = guard(lambda letter: (asked.append(len(letter.to)), Decision(True))[1])
    client = Client(gate.port)
    client.begin(*(b"p%d@firm.example" % n for n in range(1000)))
    assert client.send(b"Subject: x\r\n\r\nhi\r\n").startswith(b"250")
    assert asked == [1000]
    assert len(server.letters[0].to) == 1000


# -- 250 is the server's word ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({b"DATA": b"451 4.3.0 try later\r\n"}, b"451 4.3.0 try later\r\n"),
        ({b".": b"554 5.7.1 spam\r\n"}, b"554 5.7.1 spam\r\n"),
        ({b"DATA": b""}, b"421 4.4.2"),
    ],
)
def test_codes_come_back_as_given(guard: Guard, answers: dict[bytes, bytes], expected: bytes) -> None:
    gate, _ = guard(answers=answers)
    client = Client(gate.port)
    client.begin()
    assert client.send(b"Subject: x\r\n\r\nhi\r\n").startswith(expected)


@pytest.mark.parametrize(("cut", "code"), [("data", b"421 4.4.2"), ("dot", b"451 4.4.2")])
def test_a_server_that_goes_in_the_middle(guard: Guard, cut: str, code: bytes) -> None:
    gate, server = guard(cut=cut)
    client = Client(gate.port)
    client.begin()
    reply = client.send(b"Subject: x\r\n\r\n" + b"hello again\r\n" * 9)
    assert reply.startswith(code)
    assert server.letters == []
    assert (b"see whether the letter arrived" in reply) is (cut == "dot")


def test_a_server_that_will_not_talk(guard: Guard) -> None:
    gate, _ = guard(greeting=b"554 5.7.1 go away\r\n")
    assert Client(gate.port).greeting == b"554 5.7.1 go away\r\n"
    gate, _ = guard(greeting=b"HTTP/1.1 400 Bad Request\r\n")
    assert Client(gate.port).greeting.startswith(b"421 4.4.1 Askwell: ")
    gate, _ = guard(answers={b"RCPT": b"550-5.1.1 no\r\n550 5.1.1 such user\r\n"})
    client = Client(gate.port)
    client.say(b"EHLO pc.example")
    client.say(b"MAIL FROM:<>")
    assert client.say(b"RCPT TO:<x@y.example>") == b"550-5.1.1 no\r\n550 5.1.1 such user\r\n"
    assert client.say(b"DATA").startswith(b"554 5.5.1")


def test_the_gate_speaks_its_users_language(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "say", lambda text, **_: f"{language()}: {text}")
    set_language("nb")
    try:
        gate, _ = guard(cut="dot")
        client = Client(gate.port)
        client.begin()
        assert b"nb: the mail server went away" in client.send(b"Subject: x\r\n\r\nhi\r\n")
    finally:
        set_language("en")


def test_a_letter_whose_sender_has_gone_is_not_sent(guard: Guard) -> None:
    told: list[str] = []
    held_up = threading.Event()
    gate, server = guard(lambda _: Decision(held_up.wait(60)), told=told)
    client = Client(gate.port)
    client.begin()
    client.link.sendall(b"Subject: x\r\n\r\nhi\r\n.\r\n")
    time.sleep(0.2)
    client.close()
    time.sleep(0.1)
    held_up.set()
    _until(lambda: told == ["left"])
    assert server.letters == []


def test_a_letter_that_arrived_unheard_is_not_sent_twice(guard: Guard) -> None:
    gate, server = guard()
    letter = b"Message-ID: <7@example.org>\r\nSubject: x\r\n\r\nhi\r\n"
    client = Client(gate.port)
    client.begin()
    client.link.sendall(letter + b".\r\n")
    _until(lambda: len(server.letters) == 1)
    client.close()  # without having read the 250
    time.sleep(0.2)
    client = Client(gate.port)
    client.begin()
    assert client.send(letter) == b"250 2.0.0 queued as 4711\r\n"
    assert len(server.letters) == 1
    client.say(b"NOOP")  # it has heard; what comes now is a letter of its own
    client.begin()
    assert client.send(letter).startswith(b"250")
    assert len(server.letters) == 2


def test_a_letter_that_may_have_arrived_is_not_sent_again_unasked(guard: Guard) -> None:
    gate, server = guard(cut="dot")
    letter = b"Message-ID: <8@example.org>\r\nSubject: x\r\n\r\nhi\r\n"
    client = Client(gate.port)
    client.begin()
    client.link.sendall(letter + b".\r\n")
    _until(lambda: server.taken == 1)
    client.close()
    time.sleep(0.2)
    client = Client(gate.port)
    client.begin()
    assert b"see whether the letter arrived" in client.send(letter)
    assert server.taken == 1
    client.begin()
    client.send(letter)
    assert server.taken == 2


# -- hostile talk ----------------------------------------------------------------------------------

ENDS = [b"\n.\r\n", b"\n.\n", b"\r.\r", b"\r\n.\n", b"\r\n.\r.", b"\r.\r\n", b"\n.\r", b"x\r\n.\rx"]


@pytest.mark.parametrize("end", ENDS)
def test_smuggling_is_refused_and_nothing_is_sent(guard: Guard, end: bytes) -> None:
    gate, server = guard()
    client = Client(gate.port)
    client.begin()
    evil = b"Subject: x\r\n\r\nhi" + end + b"MAIL FROM:<evil@example.net>\r\nRCPT TO:<a@b.example>\r\n"
    assert client.send(evil).startswith(b"550 5.5.2")
    assert server.letters == []
    assert not any(b"evil" in one for one in server.commands)
    client.begin()  # and the session goes on
    assert client.send(b"Subject: x\r\n\r\nhi\r\n").startswith(b"250")


def test_what_is_piped_ahead_is_answered_in_order(guard: Guard) -> None:
    gate, server = guard()
    client = Client(gate.port)
    client.link.sendall(
        b"EHLO pc.example\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n"
        b"Subject: x\r\n\r\nhi\r\n.\r\nQUIT\r\n"
    )
    assert [client.reply()[:3] for _ in range(6)] == [b"250", b"250", b"250", b"354", b"250", b"221"]
    assert len(server.letters) == 1


def test_garbage_ends_the_session_and_reaches_no_server(guard: Guard) -> None:
    gate, server = guard()
    client = Client(gate.port)
    client.link.sendall(b"\x16\x03\x01\x02\r\n" * 5 + b"XCLIENT ADDR=1.2.3.4\r\n" * 30)
    codes = [client.reply()[:3] for _ in range(21)]
    assert codes == [b"500"] * 20 + [b"421"]
    assert server.commands == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"NOOP\n", b"500 5.5.2"),
        (b"NOOP\rMAIL FROM:<a@b.example>\r\n", b"500 5.5.2"),
        (b"A" * 20_000 + b"\r\n", b"500 5.5.6"),
        (b"BDAT 5 LAST\r\n", b"502 5.5.1"),
        (b"DATA\r\n", b"503 5.5.1"),
        (b"EHLO\r\n", b"501 5.5.4"),
        (b"STARTTLS\r\n", b"503 5.5.1"),
        (b"POST / HTTP/1.1\r\n", b"421 4.7.0"),
    ],
)
def test_mistakes_are_named(guard: Guard, line: bytes, code: bytes) -> None:
    gate, server = guard()
    client = Client(gate.port)
    client.link.sendall(line)
    assert client.reply().startswith(code)
    assert server.commands == []


def test_a_line_without_an_end_is_cut_off(guard: Guard) -> None:
    gate, _ = guard()
    client = Client(gate.port)
    until = time.monotonic() + 60
    with pytest.raises(OSError):
        while time.monotonic() < until:
            client.link.sendall(b"A" * 65_536)


def test_the_slow_are_let_go_and_do_not_keep_others_out(guard: Guard) -> None:
    gate, server = guard(patience=4, most=5)
    slow = [Client(gate.port) for _ in range(5)]
    for one in slow:
        one.link.sendall(b"EHL")
    client = Client(gate.port)  # takes the place of one of them
    client.begin()
    assert client.send(b"Subject: x\r\n\r\nhi\r\n").startswith(b"250")
    still = slow[1:]
    until = time.monotonic() + 60
    while still:  # a letter now and then does not help
        assert time.monotonic() < until
        time.sleep(0.2)
        still = [one for one in still if one.drips()]
    assert len(server.letters) == 1


def test_a_letter_over_the_servers_size(guard: Guard) -> None:
    gate, server = guard(offers=("SIZE 1000",))
    client = Client(gate.port)
    client.begin()
    assert client.send(b"x" * 100 + b"\r\n" + b"y" * 2000 + b"\r\n").startswith(b"552 5.3.4")
    assert server.letters == []
    client.begin()
    assert client.send(b"small\r\n").startswith(b"250")


PIECES = st.sampled_from([b"\r\n", b"\n", b"\r", b".", b"..", b"a", b"x" * 5000])


@given(st.lists(PIECES, max_size=30), st.integers(1, 7))
def test_a_letter_ends_where_it_ends_however_it_is_cut(pieces: list[bytes], step: int) -> None:
    """The same end, the same bytes and the same word on smuggling, whatever chunks it comes in."""
    body = b"".join(pieces)
    if b"\r\n.\r\n" in b"\r\n" + body + b"\r\n":
        body = body.replace(b".", b"..")
    if b"\r\n.\r\n" in b"\r\n" + body + b"\r\n":
        return
    whole = body + (b"" if body.endswith(b"\r\n") or not body else b"\r\n") + b".\r\nNEXT\r\n"
    expected = whole[: -len(b".\r\nNEXT\r\n")]
    if b"\r\n.\r\n" in (b"\r\n" + expected):
        return
    ours, theirs = socket.socketpair()
    with ours, theirs:

        def push() -> None:
            for start in range(0, len(whole), step if len(whole) < 500 else 997 * step):
                theirs.sendall(whole[start : start + (step if len(whole) < 500 else 997 * step)])

        thread = threading.Thread(target=push)
        thread.start()
        wire = Wire(ours, 60)
        taken = letters.take(wire, 1 << 30)
        thread.join()
        taken.file.seek(0)
        assert taken.file.read() == expected
        assert taken.size == len(expected)
        lone = any(one in b"\r\n" + expected for one in (b"\n.\n", b"\n.\r", b"\r.\r", b"\r.\n"))
        assert taken.smuggling is lone
        assert wire.line(100) == b"NEXT\r\n"
        taken.close()


def _until(true: Callable[[], bool], patience: float = 60) -> None:
    until = time.monotonic() + patience
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)
