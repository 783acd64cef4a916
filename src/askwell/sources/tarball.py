"""Tar archives, packed with gzip or not, as Google Takeout offers them: read as a stream, member by member.

The same checks as for zips (archive.py). What unpacks to far more than it may ends the reading; a header
that asks for much memory does too.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from askwell.sources.record import Skipped
from askwell.words import later

MOST_MEMBERS = 50_000
LARGEST = 64 << 30
TIGHTEST = 250
SMALL = 16 << 20
HEAD = 1 << 14
_GZIP = b"\x1f\x8b"
_TRAILER, _WRAPS = 4, 1 << 32
_MAGIC = slice(257, 262)


class TooTightError(OSError):
    """It unpacks to far more than it may."""


@dataclass(frozen=True, slots=True)
class TarMember:
    """A file in the stream, which can be read once, before the next is asked for. `head` is how it begins."""

    name: str
    size: int
    head: bytes
    rest: IO[bytes]

    def stream(self) -> IO[bytes]:
        """All of it, from the start."""
        return _Joined(self.head, self.rest)  # type: ignore[return-value]


def is_tar(head: bytes) -> bool:
    """Whether a file that begins like this is a tar archive, perhaps packed with gzip."""
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head, 512)
        except zlib.error:
            return False
    return head[_MAGIC] == b"ustar"


def extent(path: Path) -> int:
    """How many bytes it holds unpacked. Of a packed one only the last 32 bits are told, at its end: as
    many are added as make it no smaller than it is packed."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(2) != _GZIP or size < len(_GZIP) + _TRAILER:
            return size
        file.seek(-_TRAILER, 2)
        told = int.from_bytes(file.read(_TRAILER), "little")
    return told + max(0, (size - told + _WRAPS - 1) // _WRAPS) * _WRAPS


def members(path: Path) -> Iterator[TarMember | Skipped]:
    """The members in order, each as one that may be read or with the reason why not. Raises OSError,
    EOFError, zlib.error or tarfile.TarError where the archive is damaged."""
    with path.open("rb") as raw:
        packed = raw.read(2) == _GZIP
        raw.seek(0)
        plain = gzip.GzipFile(fileobj=raw) if packed else raw
        counted = _Counted(plain, raw)
        with tarfile.open(fileobj=counted, mode="r|", errorlevel=0) as tar:
            yield from _each(tar, counted, path.name)


def _each(tar: tarfile.TarFile, counted: _Counted, name: str) -> Iterator[TarMember | Skipped]:
    number = 0
    while (info := tar.next()) is not None:
        tar.members = []  # type: ignore[attr-defined]  # a stream needs no list of what it has passed
        number += 1
        if number > MOST_MEMBERS:
            yield Skipped(name, later("an archive of over 50,000 files"))
            return
        counted.allow(min(info.size, LARGEST) + SMALL)
        if info.isdir():
            continue
        where = f"{name}/{info.name[:200]}"
        why = _why_not(info)
        if why:
            yield Skipped(where, why)
            continue
        file = tar.extractfile(info)
        if file is not None:
            yield TarMember(info.name, info.size, file.read(HEAD), file)


def _why_not(info: tarfile.TarInfo) -> str:
    path = PurePosixPath(info.name.replace("\\", "/"))
    first = path.parts[0] if path.parts else ""
    reasons = {
        later("a path out of the archive"): path.is_absolute() or ".." in path.parts or ":" in first,
        later("a link"): info.issym() or info.islnk(),
        later("neither a file nor a folder"): not (info.isreg() or info.issym() or info.islnk()),
        later("packed too tightly to be safe"): info.issparse(),
        later("too large"): info.size > LARGEST,
    }
    return next((why for why, holds in reasons.items() if holds), "")


class _Counted(io.RawIOBase):
    """The unpacked stream, which ends in TooTightError if more comes out than may."""

    def __init__(self, plain: IO[bytes] | gzip.GzipFile, raw: IO[bytes]) -> None:
        self._plain = plain
        self._raw = raw
        self._done = 0
        self._until = SMALL

    def allow(self, more: int) -> None:
        """So much more may be read before this is called again."""
        self._until = self._done + more

    def read(self, size: int = -1) -> bytes:
        data = self._plain.read(size)
        self._done += len(data)
        if self._done > self._until or self._done > max(SMALL, TIGHTEST * self._raw.tell()):
            raise TooTightError(later("it is packed too tightly to be safe"))
        return data


class _Joined(io.RawIOBase):
    """The beginning that was looked at, and what follows."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        if self._head:
            data, self._head = self._head, b""
            return data
        return self._rest.read(size)
