"""The mbox form (RFC 4155 and its relatives): streaming, in constant memory, resumable.

A message begins at a `From ` line with a date in it, at the start of the file or after a blank line.
That holds for classic mailboxes, public list archives (`From edd at debian.org  Fri May 22 …`, and the
form with letters hidden), and Takeout (`From 1790…@xxx Mon Mar 04 11:20:34 +0000 2024`). Line ends may
be LF or CRLF. `>From ` inside a message is turned back into `From `.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from askwell.sources.record import Item, Raw, Skipped
from askwell.words import later

BLOCK = 1 << 20
LARGEST = 64 << 20
_LINE = 1 << 10
_DATE = (
    rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:[A-Z][a-z]{2} +\d{1,2}|\d{1,2} +[A-Z][a-z]{2})"
    rb" +(?:\d{4} +)?\d{1,2}:\d\d(?::\d\d)?(?: +[+-]?\w+)?(?: +\d{4})?"
)
_FROM = re.compile(rb"From [^\r\n]{0,400}?" + _DATE + rb"[^\r\n]{0,80}\r?\n")
_BLANK = (b"\n\n", b"\n\r\n")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


class Mbox:
    """Mailbox files of all programs that write `From ` lines."""

    name = "mbox"

    def recognises(self, path: Path, head: bytes) -> bool:  # noqa: ARG002
        return _FROM.match(head.lstrip(b"\r\n")) is not None

    def read(self, path: Path, start: int = 0) -> Iterator[Item]:
        with path.open("rb") as file:
            file.seek(start)
            yield from _messages(file, path.name, start)


def _messages(file: BinaryIO, name: str, start: int) -> Iterator[Item]:
    """Split at `From ` lines. What is longer than LARGEST is read past in constant memory and skipped."""
    buffer, at, dropped, searched = b"", start, 0, 0
    while block := file.read(BLOCK):
        buffer += block
        begin = 0
        for end in _ends(buffer, searched):
            yield _item(buffer[begin:end], name, at, at + end - begin, dropped)
            at += end - begin
            begin, dropped = end, 0
        if dropped or len(buffer) - begin > LARGEST:
            cut = max(0, len(buffer) - begin - _LINE)
            dropped, at, begin = dropped + cut, at + cut, begin + cut
        buffer = buffer[begin:]
        searched = max(0, len(buffer) - _LINE)
    if not dropped and _FROM.match(buffer.lstrip(b"\r\n")) and not any(one in buffer for one in _BLANK):
        yield Skipped(f"{name} at byte {at}", later("cut short within its headers"), at + len(buffer))
    elif buffer.strip() or dropped:
        yield _item(buffer, name, at, at + len(buffer), dropped)


def _ends(buffer: bytes, searched: int) -> Iterator[int]:
    """Where messages end: before each `From ` line that has a date and a blank line before it."""
    at = buffer.find(b"\nFrom ", searched)
    while at >= 0:
        if buffer.endswith(_BLANK, max(0, at - 2), at + 1) and _FROM.match(buffer, at + 1):
            yield at + 1
        at = buffer.find(b"\nFrom ", at + 1)


def _item(data: bytes, name: str, at: int, offset: int, dropped: int) -> Raw | Skipped:
    where = f"{name} at byte {at - dropped}"
    if dropped:
        return Skipped(where, f"a message of over {LARGEST >> 20} MB", offset)
    head = _FROM.match(data.lstrip(b"\r\n"))
    if head is None:
        return Skipped(where, "text before the first message", offset)
    body = data.lstrip(b"\r\n")[head.end() :]
    if b">From " in body:
        body = _QUOTED.sub(rb"\1", body)
    return Raw(body, where, offset)


SOURCE = Mbox()
