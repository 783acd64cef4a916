"""The user's own mail server: reached, secured and asked, one command at a time.

Its certificate is checked as a browser would, and TLS is never given up because the server does not offer it
(RFC 8314): a letter waits rather than go where anybody can read it.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass

from askwell.doors.gate.wire import LongError, LostError, Wire
from askwell.words import say

PATIENCE = 300.0
"""Seconds for a reply to a command (RFC 5321 4.5.3.2)."""
LAST_PATIENCE = 600.0
"""Seconds for the reply to a whole letter."""
CONNECTING = 15.0
_LONGEST = 4096
_MOST_LINES = 200


class AwayError(Exception):
    """The server cannot be used: in a few words for its user, why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server is, and how it is spoken to: `security` is tls, starttls or plain."""

    host: str
    port: int
    security: str
    context: ssl.SSLContext | None = None

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered, as it answered it."""

    code: int
    raw: bytes

    @property
    def good(self) -> bool:
        return 200 <= self.code < 300

    @property
    def texts(self) -> tuple[bytes, ...]:
        """Its lines without codes."""
        return tuple(line[4:] for line in self.raw.split(b"\r\n")[:-1])


class Server:
    """An open connection to the server. Anything that goes wrong in it raises LostError."""

    def __init__(self, wire: Wire, greeting: Reply) -> None:
        self.wire = wire
        self.greeting = greeting

    def ask(self, line: bytes, patience: float = PATIENCE) -> Reply:
        """Say a line (without its end), and hear the reply to it."""
        self.wire.send(line + b"\r\n")
        return hear(self.wire, patience)

    def close(self) -> None:
        self.wire.close()


def hear(wire: Wire, patience: float) -> Reply:
    """The next reply (RFC 5321 4.2). Raises LostError if it is none."""
    raw = bytearray()
    for _ in range(_MOST_LINES):
        try:
            line = wire.line(_LONGEST, patience)
        except LongError:
            break
        line = line.rstrip(b"\r\n")
        if len(line) < 3 or not line[:3].isdigit() or line[3:4] not in (b"", b" ", b"-"):
            break
        raw += line[:3] + (line[3:4] or b" ") + line[4:] + b"\r\n"
        if line[3:4] != b"-":
            return Reply(int(line[:3]), bytes(raw))
    raise LostError("its answer was no SMTP")


def reach(place: Place, connecting: float = CONNECTING, patience: float = PATIENCE) -> Server:
    """Connect, and begin TLS as the place says. The server's greeting may be a refusal. Raises AwayError."""
    try:
        link = socket.create_connection((place.host, place.port), connecting)
    except OSError as error:
        why = say("it did not answer") if isinstance(error, TimeoutError) else error.strerror or str(error)
        raise AwayError(say("{server} cannot be reached: {why}", server=place, why=why)) from None
    wire = Wire(link, patience)
    try:
        return _secured(wire, place)
    except LostError as error:
        wire.close()
        raise AwayError(say("{server} cannot be used: {why}", server=place, why=error)) from None
    except BaseException:
        wire.close()
        raise


def _secured(wire: Wire, place: Place) -> Server:
    if place.security == "tls":
        wire.wrap(_context(place), place.host)
    server = Server(wire, hear(wire, PATIENCE))
    if place.security == "starttls" and server.greeting.good:
        offers = server.ask(b"EHLO " + wire.address.encode())
        if not any(text.strip().upper() == b"STARTTLS" for text in offers.texts):
            raise LostError("it offers no STARTTLS")
        if not server.ask(b"STARTTLS").good:
            raise LostError("it would not begin TLS")
        wire.wrap(_context(place), place.host)
    return server


def _context(place: Place) -> ssl.SSLContext:
    return place.context or ssl.create_default_context()
