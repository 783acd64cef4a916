"""Files that a browser sends: streamed to a folder in the home as they come, of a size that fits, under names
that stay inside it. The folder is removed when the import is over."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from askwell.errors import AskwellError
from askwell.words import say

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FOLDER = "uploads"
LARGEST = 16 * 1024**3
"""Bytes of one import."""
SPARE = 256 * 1024**2
"""Bytes that must stay free on the disk."""
MOST = 100_000
"""Files of one import: a Maildir has one a message."""
DEEPEST = 12
LONGEST_FIELD = 10_000
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\\ud800-\udfff]')


@dataclass
class Upload:
    """What came: the fields of the form, and the files, as paths under `folder`."""

    folder: Path
    fields: dict[str, list[str]] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)

    @property
    def tops(self) -> tuple[Path, ...]:
        """What to import: each file, or the folder it came in, relative to `folder`."""
        found = (one.relative_to(self.folder).parts[0] for one in self.files)
        return tuple(Path(one) for one in dict.fromkeys(found))

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def room(home: Path, size: int) -> None:
    """Raises AskwellError if the disk has no room for so many bytes."""
    if shutil.disk_usage(home).free < size + SPARE:
        raise AskwellError(
            say("There is no room on the disk for these files."),
            say("Make room, or import them from where they lie: askwell import."),
            http_status=413,
        )


def sweep(home: Path) -> None:
    """Remove what a server that was stopped in the middle has left, and nothing of one that still runs."""
    for folder in (home / FOLDER).glob("*"):
        if not _runs(folder.name.partition("-")[0]):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(process: str) -> bool:
    if not process.isdigit() or sys.platform == "win32":  # there a signal 0 would end it
        return False
    try:
        os.kill(int(process), 0)
    except (OSError, OverflowError):
        return False
    return True


async def receive(
    stream: AsyncIterator[bytes], content_type: str, home: Path, wanted: dict[str, str]
) -> Upload:
    """Take a form in as it streams. `wanted` are fields that must have come, with these values, before the
    first file. Raises AskwellError; then nothing is left of it."""
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise unfit()
    folder = home / FOLDER / f"{os.getpid()}-{secrets.token_hex(8)}"
    folder.mkdir(mode=0o700, parents=True)
    taker = _Taker(Upload(folder), wanted)
    try:
        parser = MultipartParser(options[b"boundary"], taker.callbacks(), LARGEST)
        async for chunk in stream:
            parser.write(chunk)
        parser.finalize()
    except FormParserError:
        taker.upload.remove()
        raise unfit() from None
    except BaseException:
        taker.upload.remove()
        raise
    finally:
        taker.close()
    return taker.upload


def unfit() -> AskwellError:
    """What is said of a form that is none."""
    return AskwellError(
        say("What was sent is no form with files."), say("Open the page anew and try again."), http_status=422
    )


def safe(name: str) -> Path:
    """A file's name as the browser gave it, as a path that leads nowhere else; folders are kept, for a
    Maildir is made of them."""
    parts = [_UNFIT.sub("_", part).strip()[:100] for part in name.replace("\\", "/").split("/")]
    kept = [part for part in parts if part.strip(". ")][-DEEPEST:]
    return Path(*kept) if kept else Path("file")


class _Taker:
    """Puts the parts of a form where they belong, as they come."""

    def __init__(self, upload: Upload, wanted: dict[str, str]) -> None:
        self.upload = upload
        self.wanted = wanted
        self._headers: dict[bytes, bytes] = {}
        self._name = self._value = b""
        self._field = ""
        self._words = bytearray()
        self._file: IO[bytes] | None = None

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_name,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._start,
            "on_part_data": self._data,
            "on_part_end": self._end,
        }

    def close(self) -> None:
        if self._file:
            self._file.close()

    def _begin(self) -> None:
        self._headers = {}
        self._words = bytearray()

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._name = self._value = b""

    def _start(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._field = options.get(b"name", b"").decode("utf-8", "replace")[:100]
        self._file = None
        if b"filename" in options:
            self._open(options[b"filename"].decode("utf-8", "replace"))

    def _open(self, name: str) -> None:
        for wanted, value in self.wanted.items():
            if value not in self.upload.fields.get(wanted, ()):
                raise AskwellError(
                    say("This form is from an earlier time, or from elsewhere."),
                    say("Open the page anew and try again; nothing was changed."),
                    http_status=403,
                )
        if len(self.upload.files) >= MOST:
            raise AskwellError(
                say("These are more than {count} files.", count=f"{MOST:,}"),
                say("Import them from where they lie: askwell import."),
                http_status=413,
            )
        if not name:  # a field for files that was left empty
            return
        path = free(self.upload.folder, safe(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("xb")
        self.upload.files.append(path)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._file:
            self._file.write(data[start:end])
        elif len(self._words) < LONGEST_FIELD:
            self._words += data[start:end]

    def _end(self) -> None:
        if self._file:
            self._file.close()
            self._file = None
        else:
            words = self._words.decode("utf-8", "replace")
            self.upload.fields.setdefault(self._field, []).append(words)


def free(folder: Path, name: Path) -> Path:
    """A path in the folder that is not taken; neither it nor a folder on the way to it is a file already."""
    for number in range(10_000):
        tried = name.with_name(f"{number}-{name.name}") if number else name
        path = folder / tried
        if not path.exists() and not any((folder / one).is_file() for one in tried.parents):
            return path
        if number and len(name.parts) > 1:
            name = Path("_".join(name.parts))
    raise unfit()
