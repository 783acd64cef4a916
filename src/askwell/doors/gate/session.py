"""One mail program's session: every command goes on to the server, every reply comes back as it was given.

Only a whole letter waits: it is taken in, judged, and then given on or refused. 250 is said only when the
server has said it. The dot that ends a letter is sent on only while the mail program is still there, so that
a letter which its sender believes lost is not sent.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from askwell.app.gate import Decision, Submitted, plain
from askwell.doors.gate import letters
from askwell.doors.gate.accepted import Accepted
from askwell.doors.gate.beyond import LAST_PATIENCE, AwayError, Reply, Server
from askwell.doors.gate.letters import Taken
from askwell.doors.gate.offers import largest, offered
from askwell.doors.gate.wire import LongError, LostError, Wire
from askwell.words import say

LONGEST_COMMAND = 16_384
"""Octets of a command: RFC 4954 4 asks for 12,288 in AUTH."""
LARGEST = 1 << 28
"""Octets of a letter, where the server names no size."""
MOST_MISTAKES = 20
_ADDRESS = re.compile(rb"<\s*(?:@[^:>]*:)?([^>]*)>")
_WEB = (b"GET", b"POST", b"PUT", b"HEAD", b"OPTIONS", b"CONNECT", b"HOST:", b"USER-AGENT:", b"CONTENT-TYPE:")


@dataclass(frozen=True, slots=True)
class Way:
    """What all sessions of a gate share. `tls` secures the mail program's side: with `implicit` from the
    start, else by STARTTLS; `trusted` says that this side needs no TLS (it does not leave the machine)."""

    reach: Callable[[], Server]
    decide: Callable[[Submitted], Decision]
    tell: Callable[[str, Decision, int], None]
    accepted: Accepted
    tls: ssl.SSLContext | None = None
    implicit: bool = False
    trusted: bool = True
    folder: str | None = None
    note: str = ""
    now: Callable[[], datetime] = lambda: datetime.now().astimezone()


class Session:
    """A connection of a mail program. `run` returns when it has ended."""

    def __init__(self, wire: Wire, way: Way) -> None:
        self.wire = wire
        self.way = way
        self.server: Server | None = None
        self.busy = False
        self._mistakes = 0
        self._size = 0
        self._in_hand = ""
        self._unheard = b""
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._sender: bytes | None = None
        self._to: list[bytes] = []
        self._utf8 = False

    def run(self) -> None:
        """Serve until the mail program or the server is done. Never raises LostError."""
        try:
            with contextlib.suppress(LostError):
                if self.way.implicit and self.way.tls:
                    self.wire.wrap(self.way.tls, None)
                if self._greet():
                    while self._one():
                        pass
        finally:
            self._let_go(self._unheard)
            self.wire.close()
            if self.server:
                self.server.close()

    # -- replies -------------------------------------------------------------------------------

    def _say(self, code: int, status: str, text: str) -> bool:
        utf8 = text.encode("utf-8" if self._utf8 else "ascii", "replace")
        line = f"{code} {status + ' ' if status else ''}".encode() + utf8.replace(b"\r", b" ")
        self.wire.send(line.replace(b"\n", b" ")[:510] + b"\r\n")
        return code != 421

    def _pass_back(self, reply: Reply) -> bool:
        self.wire.send(reply.raw)
        return reply.code != 421

    def _mistake(self, code: int, status: str, text: str) -> bool:
        self._mistakes += 1
        if self._mistakes > MOST_MISTAKES:
            return self._say(421, "4.7.0", "too many mistakes")
        return self._say(code, status, text)

    def _greet(self) -> bool:
        try:
            self.server = self.way.reach()
        except AwayError as error:
            return self._say(421, "4.4.1", plain(f"Askwell: {error}"))
        if not self.server.greeting.good:
            self._pass_back(self.server.greeting)
            return False
        return self._say(220, "", "localhost ESMTP Askwell gate")

    def _lost(self, error: LostError) -> bool:
        return self._say(421, "4.4.2", plain(f"Askwell: {say('the mail server is gone: {why}', why=error)}"))

    # -- commands ------------------------------------------------------------------------------

    def _one(self) -> bool:
        """One command. Returns whether another may come."""
        try:
            line = self.wire.line(LONGEST_COMMAND)
        except LongError:
            return self._mistake(500, "5.5.6", "line too long")
        self._let_go()  # whoever speaks on has heard the reply
        if not line.endswith(b"\r\n") or re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line[:-2]):
            return self._mistake(500, "5.5.2", "a line ends with CR LF, and has no control characters")
        line = line[:-2]
        verb = line.split(b" ", 1)[0].strip().upper()
        if verb in _WEB:
            return self._say(421, "4.7.0", "this is a mail server")  # a web page must not talk to it
        handler = self._HANDLERS.get(verb)
        if handler is None:
            return self._mistake(502 if verb == b"BDAT" else 500, "5.5.1", "command not known")
        return handler(self, line)

    def _ask(self, line: bytes) -> Reply:
        if self.server is None:
            raise LostError("closed")
        return self.server.ask(line)

    def _forward(self, line: bytes) -> Reply | None:
        """The server's reply, passed back; None if it is gone, and that was said."""
        try:
            reply = self._ask(line)
        except LostError as error:
            self._lost(error)
            return None
        return reply if self._pass_back(reply) else None

    def _hello(self, line: bytes) -> bool:
        self._begin_anew()
        if not line[4:].strip():
            return self._mistake(501, "5.5.4", "say who you are: EHLO name")
        try:
            reply = self._ask(line)
        except LostError as error:
            return self._lost(error)
        if not reply.good or line[:4].upper() == b"HELO":
            return self._pass_back(reply)
        first, *texts = reply.texts
        self._size = largest(texts)
        able = self.way.tls is not None and not self.wire.secure
        lines = [first, *offered(texts, auth=self._private, starttls=able)]
        marks = [b"250-"] * (len(lines) - 1) + [b"250 "]
        self.wire.send(b"".join(mark + one + b"\r\n" for mark, one in zip(marks, lines, strict=True)))
        return True

    @property
    def _private(self) -> bool:
        return self.wire.secure or self.way.trusted

    def _starttls(self, line: bytes) -> bool:  # noqa: ARG002
        if self.way.tls is None or self.wire.secure:
            return self._mistake(503, "5.5.1", "TLS cannot begin here")
        if self.wire.ahead:
            return self._say(421, "4.7.0", "nothing may be said before TLS has begun")
        self._say(220, "2.0.0", "begin")
        self.wire.wrap(self.way.tls, None)
        self._begin_anew()
        return True

    def _auth(self, line: bytes) -> bool:
        """Pass a sign-in on, both ways, until the server has decided. Nothing of it is kept or told."""
        if not self._private:
            return self._mistake(538, "5.7.11", "begin TLS first")
        reply = self._forward(line)
        while reply is not None and reply.code == 334:
            try:
                answer = self.wire.line(LONGEST_COMMAND)
            except LongError:
                answer = b"*\r\n"
            reply = self._forward(answer.rstrip(b"\r\n"))
        if reply is not None and not reply.good:
            self._mistakes += 1
        return reply is not None

    def _mail(self, line: bytes) -> bool:
        if not self._private:
            return self._mistake(530, "5.7.0", "begin TLS first")
        reply = self._forward(line)
        if reply is not None and reply.good:
            found = _ADDRESS.search(line)
            self._sender = found[1].strip() if found else b""
            self._utf8 = bool(re.search(rb"\sSMTPUTF8\b", line, re.I))
        return reply is not None

    def _rcpt(self, line: bytes) -> bool:
        reply = self._forward(line)
        found = _ADDRESS.search(line)
        if reply is not None and reply.good and found:
            self._to.append(found[1].strip())
        return reply is not None

    def _simple(self, line: bytes) -> bool:
        return self._forward(line) is not None

    def _reset(self, line: bytes) -> bool:
        self._begin_anew()
        return self._forward(line) is not None

    def _quit(self, line: bytes) -> bool:
        self._forward(line)
        return False

    # -- letters -------------------------------------------------------------------------------

    def _data(self, line: bytes) -> bool:  # noqa: ARG002
        if self._sender is None:
            return self._mistake(503, "5.5.1", "MAIL first")
        if not self._to:
            return self._mistake(554, "5.5.1", "no valid recipients")
        self.busy = True
        try:
            self._say(354, "", "end with a dot on a line of its own")
            with contextlib.closing(letters.take(self.wire, self._size or LARGEST, self.way.folder)) as taken:
                return self._judged(taken)
        except OSError as error:
            why = error.strerror or str(error)
            self._say(452, "4.3.1", plain(f"Askwell: {say('no room for the letter here: {why}', why=why)}"))
            return False
        finally:
            self.busy = False
            self._begin_anew()

    def _judged(self, taken: Taken) -> bool:
        if taken.large:
            return self._refuse(552, "5.3.4", "the letter is larger than the server takes")
        if taken.smuggling:
            return self._refuse(
                550, "5.5.2", "a dot stands alone beside a bare CR or LF; only CR LF ends a line"
            )
        if letters.is_named(taken):
            self._in_hand = self._key(taken)
            if (reply := self.way.accepted.take(self._in_hand)) is not None:
                self._unheard = reply if reply.startswith(b"2") else b""  # a doubt is told twice at most
                self._reset_server()
                self.wire.send(reply)
                return True
        words = tuple(one.decode("utf-8", "replace") for one in (self._sender or b"", *self._to))
        shown = Submitted(letters.shown(taken), words[0], words[1:], self.way.now(), self._utf8)
        decision = self.way.decide(shown)
        if decision.passes:
            return self._send_on(taken, decision)
        self.way.tell("held", decision, taken.size)
        going_on = self._refuse(550, "5.7.1", decision.line)
        return going_on and self._note(decision)

    def _let_go(self, unheard: bytes = b"") -> None:
        """No letter is in this session's hand any more."""
        if self._in_hand:
            self.way.accepted.leave(self._in_hand, unheard)
        self._in_hand, self._unheard = "", b""

    def _key(self, taken: Taken) -> str:
        digest = hashlib.sha256(b"\0".join((self._sender or b"", *sorted(self._to))))
        taken.file.seek(0)
        while piece := taken.file.read(1 << 16):
            digest.update(piece)
        return digest.hexdigest()

    def _refuse(self, code: int, status: str, text: str) -> bool:
        """Refuse a letter, and have the server forget its envelope."""
        self._reset_server()
        return self._say(code, status, text)

    def _reset_server(self) -> None:
        with contextlib.suppress(LostError):  # if it is gone the next command will tell
            self._ask(b"RSET")

    def _send_on(self, taken: Taken, decision: Decision) -> bool:
        ended = False
        try:
            reply = self._ask(b"DATA")
            if reply.code == 354 and self.server:
                letters.give(taken, self.server.wire)
                if self.wire.gone():
                    self.server.close()  # without the dot that ends it, no server takes a letter
                    self.way.tell("left", decision, taken.size)
                    return False
                ended = True
                reply = self.server.ask(b".", LAST_PATIENCE)
        except LostError as error:
            self.way.tell("lost", decision, taken.size)
            if not ended:
                return self._lost(error)
            text = say("the mail server went away before it answered: see whether the letter arrived")
            self._unheard = f"451 4.4.2 {plain(f'Askwell: {text}')}\r\n".encode()
            self.wire.send(self._unheard)  # and if nobody hears it now, it is said at the next try
            return True
        if reply.good:
            self._unheard = reply.raw
        self.way.tell("sent" if reply.good else "refused", decision, taken.size)
        return self._pass_back(reply)

    def _note(self, decision: Decision) -> bool:
        """Mail the full verdict to its user, by the session that is open; no trouble if it fails."""
        if self.way.note and self._sender is not None:
            from askwell.doors.gate.note import composed

            with contextlib.suppress(LostError):
                to = self.way.note.encode()
                begun = self._ask(b"MAIL FROM:<" + self._sender + b">").good
                if begun and self._ask(b"RCPT TO:<" + to + b">").good and self._ask(b"DATA").code == 354:
                    mail = composed(decision, self._sender.decode("utf-8", "replace"), self.way.note)
                    if self._ask(mail + b".").good:
                        self.way.tell("noted", decision, len(mail))
                else:
                    self._ask(b"RSET")
        return True

    _HANDLERS: dict[bytes, Callable[[Session, bytes], bool]] = {  # noqa: RUF012
        b"EHLO": _hello,
        b"HELO": _hello,
        b"STARTTLS": _starttls,
        b"AUTH": _auth,
        b"MAIL": _mail,
        b"RCPT": _rcpt,
        b"DATA": _data,
        b"RSET": _reset,
        b"NOOP": _simple,
        b"VRFY": _simple,
        b"HELP": _simple,
        b"QUIT": _quit,
    }
