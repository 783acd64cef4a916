"""Maildir: a folder with `cur` and `new`, one message a file; Maildir++ subfolders are Maildirs too.

`tmp` holds deliveries that are not finished and is left alone. A message with the flag D is a draft:
it was not sent, so it is skipped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from askwell.sources.eml import SOURCE as EML
from askwell.sources.record import Item, Raw, Skipped

_DELIVERED = ("cur", "new")


class Maildir:
    """A mailbox folder as Dovecot, Postfix, mutt and notmuch keep it."""

    name = "maildir"

    def recognises(self, path: Path, head: bytes) -> bool:  # noqa: ARG002
        return path.is_dir() and any((path / part).is_dir() for part in _DELIVERED)

    def read(self, path: Path, start: int = 0) -> Iterator[Item]:  # noqa: ARG002
        for part in _DELIVERED:
            folder = path / part
            if not folder.is_dir():
                continue
            for entry in sorted(os.scandir(folder), key=lambda one: one.name):
                yield from _one(entry, f"{path.name}/{part}/{entry.name}")


def _one(entry: os.DirEntry[str], where: str) -> Iterator[Item]:
    if not entry.is_file():
        return
    if "D" in entry.name.rpartition(":2,")[2] and ":2," in entry.name:
        yield Skipped(where, "a draft")
        return
    for item in EML.read(Path(entry.path)):
        yield Raw(item.data, where) if isinstance(item, Raw) else Skipped(where, getattr(item, "why", ""))


SOURCE = Maildir()
