"""A letter on the wire: taken in to a private temporary file exactly as it comes, given on exactly so.

Only CR LF . CR LF ends it (RFC 5321 4.1.1.4). A dot that stands alone for a server that also takes a bare CR
or LF for the end of a line is how a second letter is smuggled in a first one: such a letter is refused.
Other bare CRs and LFs, long lines and odd bytes are no matter of the gate's; the server says what it takes.
"""

from __future__ import annotations

import re
import tempfile
import time
from dataclasses import dataclass
from typing import IO

from askwell.doors.gate.wire import CHUNK, Wire

IN_MEMORY = 1 << 18
SHOWN = 4 << 20
"""Octets that a judge is shown of a letter at most."""
_RUN = 2000
"""Lines of an attachment that are shown before the rest of it is left out (about 150 kB)."""
_SLOWEST = 1000
"""Octets a second that a letter must come with, beyond the first ten minutes."""
_LONE_DOT = re.compile(rb"\.[\r\n]")
_CODED = re.compile(rb"[A-Za-z0-9+/=]{60,200}\r?\n")


@dataclass(slots=True)
class Taken:
    """A letter as it came, still with doubled dots. `smuggling`: a lone dot; `large`: over what was allowed,
    and then the file does not hold it."""

    file: IO[bytes]
    size: int = 0
    smuggling: bool = False
    large: bool = False

    def close(self) -> None:
        """Let go of the letter; nothing of it is left on the disk."""
        self.file.close()


def take(wire: Wire, most: int, folder: str | None = None) -> Taken:
    """Read a letter up to its end. It is kept in memory while small, else in a file without a name in
    `folder`, which goes when it is closed. Raises LostError, and OSError if the disk is full."""
    taken = Taken(tempfile.SpooledTemporaryFile(IN_MEMORY, dir=folder))  # noqa: SIM115 - closed by the session
    try:
        _fill(taken, wire, most)
    except BaseException:
        taken.file.close()
        raise
    return taken


def _fill(taken: Taken, wire: Wire, most: int) -> None:
    started = time.monotonic()
    window, done = b"\r\n", 2  # a letter begins as if a line had just ended; `done` octets are written
    while True:
        until = min(time.monotonic() + wire.patience, started + 600 + taken.size / _SLOWEST)
        window += wire.some(until)
        end = _end(taken, window)
        cut = end if end >= 0 else len(window) - _open(window)
        taken.size += cut - done
        taken.large = taken.large or taken.size > most
        if not taken.large:
            taken.file.write(window[done:cut])
        if end >= 0:
            wire.give_back(window[end + 3 :])
            return
        start = max(0, cut - 2)  # two octets more are kept, to see what stands before a dot
        window, done = window[start:], cut - start


def _open(window: bytes) -> int:
    """How many octets at the end are a dot of which it cannot be said yet what it is."""
    return 1 if window.endswith(b".") else 2 if window.endswith(b".\r") else 0


def _end(taken: Taken, window: bytes) -> int:
    """Where the dot stands that ends the letter, or -1. Other lone dots are noted."""
    for found in _LONE_DOT.finditer(window):
        at = found.start()
        before, after = window[max(0, at - 2) : at], window[at + 1 : at + 3]
        if before == b"\r\n" and after == b"\r\n":
            return at
        undecided = before == b"\r\n" and after == b"\r"
        if before[-1:] in (b"\r", b"\n") and not undecided:
            taken.smuggling = True
    return -1


def give(taken: Taken, wire: Wire) -> None:
    """Send a letter on as it came, without the dot that ends it. Raises LostError."""
    taken.file.seek(0)
    while piece := taken.file.read(CHUNK):
        wire.send(piece)


def is_named(taken: Taken) -> bool:
    """Whether it has a Message-ID: then the same octets again are the same letter."""
    taken.file.seek(0)
    return re.search(rb"\A(?:[^\r\n]+\r\n)*?Message-ID:", taken.file.read(CHUNK), re.I) is not None


def shown(taken: Taken) -> bytes:
    """What a judge is shown: the letter with single dots again, without the bulk of its attachments, and cut
    after SHOWN octets."""
    taken.file.seek(0)
    found = bytearray()
    run = 0
    while len(found) < SHOWN and (line := taken.file.readline(CHUNK)):
        run = run + 1 if _CODED.fullmatch(line) else 0
        if run <= _RUN:
            found += line[1:] if line.startswith(b".") else line
    return bytes(found)
