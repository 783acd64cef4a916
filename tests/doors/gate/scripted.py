"""A mail server that does what a test tells it: it keeps what it was sent as it came, and fails on demand."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from dataclasses import dataclass, field
from typing import IO

OFFERS = (
    "SIZE 40000000",
    "8BITMIME",
    "SMTPUTF8",
    "DSN",
    "CHUNKING",
    "XCLIENT ADDR",
    "AUTH PLAIN LOGIN XOAUTH2",
)


@dataclass
class Letter:
    """What a server accepted: the envelope's commands as they came, and the letter with its doubled dots."""

    mail: bytes
    to: list[bytes]
    data: bytes


@dataclass
class Scripted:
    """`answers` maps a verb, or a whole command, to a reply; one of b"" closes the connection. `cut` names
    the moment at which it closes: a verb, `data` (inside a letter) or `dot` (before it answers)."""

    offers: tuple[str, ...] = OFFERS
    answers: dict[bytes, bytes] = field(default_factory=dict)
    cut: str = ""
    greeting: bytes = b"220 scripted.example ESMTP\r\n"
    context: ssl.SSLContext | None = None
    starttls: bool = False

    def __post_init__(self) -> None:
        self.letters: list[Letter] = []
        self.commands: list[bytes] = []
        self.taken = 0
        self._link = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._link.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._link.shutdown(socket.SHUT_RDWR)
        self._link.close()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._link.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(link,), daemon=True).start()

    def _talk(self, link: socket.socket) -> None:
        with contextlib.suppress(OSError, EOFError), contextlib.ExitStack() as stack:
            stack.enter_context(link)
            if self.context and not self.starttls:
                link = stack.enter_context(self.context.wrap_socket(link, server_side=True))
            file = stack.enter_context(link.makefile("rwb"))
            self._say(file, self.greeting)
            envelope = Letter(b"", [], b"")
            while line := file.readline():
                self.commands.append(line)
                verb = line.split()[0].upper() if line.split() else b""
                reply = self.answers.get(line.strip(), self.answers.get(verb))
                if self.cut.encode().upper() == verb or reply == b"":
                    return
                if reply is not None:
                    self._say(file, reply)
                elif verb == b"STARTTLS" and self.context:
                    self._say(file, b"220 go\r\n")
                    link = stack.enter_context(self.context.wrap_socket(link, server_side=True))
                    file = stack.enter_context(link.makefile("rwb"))
                else:
                    self._answer(file, verb, line, envelope)

    def _answer(self, file: IO[bytes], verb: bytes, line: bytes, envelope: Letter) -> None:
        if verb == b"EHLO":
            lines = ["scripted.example", *self.offers, *(["STARTTLS"] if self.starttls else [])]
            marks = ["250-"] * (len(lines) - 1) + ["250 "]
            self._say(file, "".join(m + o + "\r\n" for m, o in zip(marks, lines, strict=True)).encode())
        elif verb == b"MAIL":
            envelope.mail, envelope.to = line, []
            self._say(file, b"250 2.1.0 sender fine\r\n")
        elif verb == b"RCPT":
            envelope.to.append(line)
            self._say(file, b"250 2.1.5 recipient fine\r\n")
        elif verb == b"DATA":
            self._say(file, b"354 send it\r\n")
            data = self._letter(file)
            self.taken += data is not None
            if data is None or self.cut == "dot":
                raise EOFError
            answer = self.answers.get(b".", b"250 2.0.0 queued as 4711\r\n")
            if answer.startswith(b"250"):
                self.letters.append(Letter(envelope.mail, envelope.to, data))
            self._say(file, answer)
        elif verb == b"AUTH":
            self._auth(file, line)
        elif verb == b"QUIT":
            self._say(file, b"221 2.0.0 bye\r\n")
            raise EOFError
        else:
            self._say(file, b"250 2.0.0 fine\r\n")

    def _letter(self, file: IO[bytes]) -> bytes | None:
        data = bytearray()
        while True:
            line = file.readline()
            if not line or (self.cut == "data" and len(data) > 10):
                return None
            data += line
            if data == b".\r\n" or data.endswith(b"\r\n.\r\n"):
                return bytes(data[:-3])

    def _auth(self, file: IO[bytes], line: bytes) -> None:
        words = line.split()
        heard = words[2:]
        if words[1].upper() == b"LOGIN":
            for prompt in (b"VXNlcm5hbWU6", b"UGFzc3dvcmQ6"):
                self._say(file, b"334 " + prompt + b"\r\n")
                heard.append(file.readline().strip())
        elif not heard:
            self._say(file, b"334 \r\n")
            heard.append(file.readline().strip())
        self.commands.append(b"heard " + b" ".join(heard) + b"\r\n")
        self._say(file, b"235 2.7.0 welcome\r\n")

    @staticmethod
    def _say(file: IO[bytes], data: bytes) -> None:
        file.write(data)
        file.flush()
