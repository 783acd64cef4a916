"""Zip and tar archives, opened with care: what is in them is looked at like the files of a folder.

Refused, member by member and by name: paths that lead out (`..`, absolute), links, encrypted members,
archives within archives, and members that unpack to far more than they may (a zip bomb). Sizes are
counted while unpacking; what the archive says of them is not believed.

Offsets are bytes of what is unpacked, member after member: so an import that was killed goes on within the
member that it had come to, and the members before it are not parsed again.
"""

from __future__ import annotations

import shutil
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO

from askwell.errors import AskwellError
from askwell.plugins import load
from askwell.sources import tarball
from askwell.sources.record import Appointment, Contact, Item, Owner, Raw, Series, Skipped, Source
from askwell.words import later, say

MOST_MEMBERS = 50_000
LARGEST = 64 << 30
TIGHTEST = 250
SMALL = 16 << 20
HEAD = 1 << 14
_BLOCK = 1 << 20
_DOCUMENTS = (b"[Content_Types].xml", b"_rels/.rels", b"mimetypeapplication/", b"META-INF/")
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    struct.error,
    NotImplementedError,
    EOFError,
    RuntimeError,
    OSError,
    ValueError,
)
"""What opening a damaged archive may end in."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive that may be opened."""

    zip: zipfile.ZipFile
    info: zipfile.ZipInfo

    @property
    def name(self) -> str:
        return self.info.filename

    @property
    def size(self) -> int:
        return self.info.file_size

    def head(self) -> bytes:
        """How it begins; nothing if it cannot be unpacked."""
        try:
            with self.zip.open(self.info) as file:
                return file.read(HEAD)
        except BROKEN:
            return b""

    def stream(self) -> IO[bytes]:
        """All of it, from the start."""
        return self.zip.open(self.info)

    def data(self, most: int) -> bytes:
        """All of it, at most so many bytes; nothing if it cannot be unpacked."""
        try:
            with self.zip.open(self.info) as file:
                return file.read(most)
        except BROKEN:
            return b""


def members(path: Path) -> Iterator[Member | Skipped]:
    """The members of an archive in order, each as one that may be opened or with the reason why not.

    Raises zipfile.BadZipFile if it is none."""
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_MEMBERS:
            yield Skipped(path.name, "an archive of over 50,000 files")
            return
        for info in infos:
            if info.is_dir():
                continue
            why = _why_not(info)
            yield Skipped(f"{path.name}/{info.filename[:200]}", why) if why else Member(archive, info)


def _why_not(info: zipfile.ZipInfo) -> str:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    reasons = {
        later("a path out of the archive"): path.is_absolute() or ".." in path.parts or ":" in path.parts[0],
        later("a link"): stat.S_ISLNK(info.external_attr >> 16),
        later("encrypted"): bool(info.flag_bits & 1),
        later("packed too tightly to be safe"): info.file_size > max(SMALL, TIGHTEST * info.compress_size),
        later("too large"): info.file_size > LARGEST,
    }
    return next((why for why, holds in reasons.items() if holds), "")


class Archive:
    """A zip or tarball of mail, address books or calendars, such as Google Takeout."""

    name = "archive"

    def recognises(self, path: Path, head: bytes) -> bool:  # noqa: ARG002
        zipped = head.startswith(b"PK\x03\x04") and not any(one in head[:400] for one in _DOCUMENTS)
        return zipped or tarball.is_tar(head)

    def read(self, path: Path, start: int = 0) -> Iterator[Item]:
        known = _sources()
        at = 0
        try:
            for one in tarball.members(path) if _tarred(path) else members(path):
                if isinstance(one, Skipped):
                    if at >= start:
                        yield replace(one, offset=at)
                    continue
                begin, at = at, at + one.size
                if at <= start and one.size:
                    continue
                head = one.head if isinstance(one, tarball.TarMember) else one.head()
                found = _member(
                    one.size, head, one.stream, f"{path.name}/{one.name}", known, max(0, start - begin)
                )
                for item in found:
                    inside = item.offset if isinstance(item, Raw | Skipped) else 0
                    yield _offset(item, begin + min(inside, one.size))
        except BROKEN as error:
            raise damaged(path, error) from None

    def extent(self, path: Path) -> int:
        """How many bytes there are to come to, as offsets count them; an estimate for a packed tarball."""
        try:
            if _tarred(path):
                return tarball.extent(path)
            return sum(one.size for one in members(path) if isinstance(one, Member))
        except BROKEN:
            return path.stat().st_size


def _tarred(path: Path) -> bool:
    with path.open("rb") as file:
        return tarball.is_tar(file.read(HEAD))


def damaged(path: Path, error: Exception) -> AskwellError:
    """What is said of an archive that cannot be opened."""
    return AskwellError(
        say("{name} cannot be unpacked: {why}.", name=path, why=say(str(error))),
        say("Download it again, or unpack it and import the folder."),
    )


def _sources() -> tuple[Source, ...]:
    found, _ = load()
    order = {"vcard": 0, "ics": 0, "mbox": 1, "eml": 2, "story": 3, "linkedin": 4}
    good = [one for one in found if hasattr(one, "recognises") and getattr(one, "name", "") != Archive.name]
    return tuple(sorted(good, key=lambda one: order.get(one.name, 9)))  # type: ignore[arg-type]


def _member(
    size: int, head: bytes, stream: Callable[[], IO[bytes]], where: str, known: tuple[Source, ...], start: int
) -> Iterator[Item]:
    if not head.strip():
        yield Skipped(where, later("damaged") if size and not head else later("empty"))
        return
    if head.startswith(_ARCHIVES):
        yield Skipped(where, "an archive within an archive")
        return
    with tempfile.TemporaryDirectory(prefix="askwell-") as folder:
        inside = Path(folder) / "member"
        source = next((one for one in known if one.recognises(inside, head)), None)
        if source is None:
            yield Skipped(where, "nothing that Askwell reads")
            return
        if shutil.disk_usage(folder).free < size + (64 << 20):
            yield Skipped(where, "no room on the disk to unpack it")
            return
        try:
            with stream() as packed, inside.open("wb") as out:
                whole = _unpack(packed, out, size)
        except tarball.TooTightError:
            raise
        except BROKEN:
            whole = False
        if not whole:
            yield Skipped(where, "damaged")
            return
        for item in source.read(inside, start):
            yield _at(item, where)


def _unpack(packed: IO[bytes], out: IO[bytes], size: int) -> bool:
    """Copy a member; False if it is longer or shorter than it said."""
    done = 0
    while block := packed.read(_BLOCK):
        done += len(block)
        if done > size:
            return False
        out.write(block)
    return done == size


def _at(item: Item, where: str) -> Item:
    """The item with its place in the archive."""
    if isinstance(item, Raw | Skipped | Contact | Appointment | Owner):
        return replace(item, where=item.where.replace("member", where, 1))
    if isinstance(item, Series):
        return replace(item, first=replace(item.first, where=item.first.where.replace("member", where, 1)))
    return item


def _offset(item: Item, offset: int) -> Item:
    return replace(item, offset=offset) if isinstance(item, Raw | Skipped) else item


SOURCE = Archive()
