"""One mail in a file of its own: `.eml`, a raw message of any name, also Apple Mail's `.emlx`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from askwell.sources.record import Item, Raw, Skipped

LARGEST = 64 << 20
_HEADER = rb"[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n"
_START = re.compile(rb"\s*(?:\d+ *\r?\n)?(?:>?From [^\n]*\n)?(?:" + _HEADER + rb"(?:[ \t][^\n]*\n){0,50}){2}")
_KNOWN = re.compile(rb"^(?:From|Date|Message-ID|Received|Return-Path|To|Subject|Mime-Version):", re.I | re.M)
_EMLX = re.compile(rb"\s*\d+ *\r?\n")


class Eml:
    """A single raw message."""

    name = "eml"

    def recognises(self, path: Path, head: bytes) -> bool:  # noqa: ARG002
        return _START.match(head) is not None and _KNOWN.search(head) is not None

    def read(self, path: Path, start: int = 0) -> Iterator[Item]:
        size = path.stat().st_size
        if start >= size > 0:
            return
        if size > LARGEST:
            yield Skipped(path.name, f"a message of over {LARGEST >> 20} MB", size)
            return
        data = path.read_bytes()
        if count := _EMLX.match(data):
            length = int(count[0])
            data = data[count.end() : count.end() + length]
        yield Raw(data, path.name, size)


SOURCE = Eml()
