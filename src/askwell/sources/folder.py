"""Finding what is in a file or folder: every file is looked at and given to the source that knows it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from askwell.errors import AskwellError
from askwell.sources.record import Skipped, Source
from askwell.words import say

HEAD = 1 << 14
_NOT_MAIL = {"tmp", ".notmuch", ".git", "dovecot.index.cache"}


def find(path: Path, sources: Sequence[Source]) -> Iterator[tuple[Source, Path] | Skipped]:
    """The parts of `path` with the source for each, in order of name. Links to folders are not followed.

    Raises AskwellError if the path does not exist or cannot be looked into.
    """
    if not path.exists():
        raise AskwellError(
            say("There is nothing at {path}.", path=path), say("Check the path; quote it if it has spaces.")
        )
    if path.is_file():
        yield _recognise(path, path.name, sources)
        return
    yield from _walk(path, path, sources)


def _walk(folder: Path, top: Path, sources: Sequence[Source]) -> Iterator[tuple[Source, Path] | Skipped]:
    whole = next((source for source in sources if source.recognises(folder, b"")), None)
    if whole:
        yield whole, folder
    try:
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
    except OSError as error:
        yield Skipped(_relative(folder, top), f"cannot be opened: {error.strerror}")
        return
    for entry in entries:
        inside = Path(entry.path)
        if entry.name in _NOT_MAIL or (whole and entry.name in ("cur", "new")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(inside, top, sources)
        elif entry.is_file() and not whole:
            yield _recognise(inside, _relative(inside, top), sources)


def _relative(path: Path, top: Path) -> str:
    return path.relative_to(top.parent).as_posix()


def _recognise(path: Path, where: str, sources: Sequence[Source]) -> tuple[Source, Path] | Skipped:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        return Skipped(where, f"cannot be opened: {error.strerror}")
    if not head.strip():
        return Skipped(where, "empty")
    source = next((source for source in sources if source.recognises(path, head)), None)
    return (source, path) if source else Skipped(where, "nothing that Askwell reads")
