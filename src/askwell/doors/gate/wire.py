"""One end of a connection: lines and bytes with a time limit, and TLS begun in the middle.

Strict as RFC 5321 2.3.8 asks: a line ends with CR LF and nothing else. What was sent ahead in the clear
before TLS began is never taken as said inside it (CVE-2011-0411).
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import time

CHUNK = 1 << 16


class LostError(Exception):
    """The other side has gone, is too slow, or talks nonsense; says which."""


class LongError(Exception):
    """A line is longer than it may be. It has been read to its end and thrown away."""


class Wire:
    """A connected socket with a buffer. `patience` is in seconds, for whole lines and for each chunk."""

    def __init__(self, link: socket.socket, patience: float) -> None:
        self._link = link
        self._ahead = bytearray()
        self.patience = patience
        self.secure = isinstance(link, ssl.SSLSocket)
        self.since = time.monotonic()
        with contextlib.suppress(OSError):
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @property
    def ahead(self) -> bool:
        """Whether the other side has said more than was asked of it yet."""
        return bool(self._ahead)

    def line(self, most: int, patience: float = 0) -> bytes:
        """The next line with its end. Raises LongError, LostError."""
        until = time.monotonic() + (patience or self.patience)
        looked = thrown = 0
        while True:
            at = self._ahead.find(b"\n", looked)
            if at >= 0:
                line = bytes(self._ahead[: at + 1])
                del self._ahead[: at + 1]
                if thrown or len(line) > most:
                    raise LongError
                return line
            if len(self._ahead) > most:
                thrown += len(self._ahead)
                self._ahead.clear()
                if thrown > 1 << 20:
                    raise LostError("a line without an end")
            looked = len(self._ahead)
            self._ahead += self._receive(until)

    def some(self, until: float) -> bytes:
        """At least one byte, by `until` (of time.monotonic). Raises LostError."""
        if self._ahead:
            found = bytes(self._ahead)
            self._ahead.clear()
            return found
        return self._receive(until)

    def give_back(self, data: bytes) -> None:
        """What was read too far."""
        self._ahead[:0] = data

    def _receive(self, until: float) -> bytes:
        left = until - time.monotonic()
        if left <= 0:
            raise LostError("too slow")
        try:
            self._link.settimeout(left)
            found = self._link.recv(CHUNK)
        except TimeoutError:
            raise LostError("too slow") from None
        except OSError as error:
            raise LostError(str(error)) from None
        if not found:
            raise LostError("closed")
        self.since = time.monotonic()
        return found

    def send(self, data: bytes) -> None:
        """All of it. Raises LostError."""
        try:
            self._link.settimeout(self.patience)
            self._link.sendall(data)
        except OSError as error:
            raise LostError("too slow" if isinstance(error, TimeoutError) else str(error)) from None

    def gone(self) -> bool:
        """Whether the other side has closed, as far as can be seen without waiting."""
        try:
            self._link.settimeout(0)
            found = self._link.recv(CHUNK)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return False
        except OSError:
            return True
        self._ahead += found
        return not found

    def wrap(self, context: ssl.SSLContext, host: str | None) -> None:
        """Begin TLS: as the server if `host` is None, else as a client that wants this name.

        Raises LostError if it fails, or if something was sent ahead.
        """
        if self._ahead:
            raise LostError("something was said before TLS began")
        try:
            self._link.settimeout(min(self.patience, 60))
            self._link = context.wrap_socket(self._link, server_side=host is None, server_hostname=host)
        except OSError as error:
            raise LostError(_why(error)) from None
        self.secure = True

    @property
    def address(self) -> str:
        """This end's own address as SMTP writes it: [192.0.2.1] (RFC 5321 4.1.3)."""
        try:
            name = self._link.getsockname()
        except OSError:
            return "[127.0.0.1]"
        return f"[IPv6:{name[0]}]" if self._link.family == socket.AF_INET6 else f"[{name[0]}]"

    def close(self) -> None:
        """Close it, whatever state it is in. Another thread's reading ends with LostError."""
        with contextlib.suppress(OSError):
            self._link.shutdown(socket.SHUT_RDWR)
        with contextlib.suppress(OSError):
            self._link.close()


def _why(error: OSError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return f"TLS failed: {error.reason or error}"
    return "too slow" if isinstance(error, TimeoutError) else str(error)
