"""What a source yields: one format each, never touching the store, never deciding who is who."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from askwell.ledger.story import Story


@dataclass(frozen=True, slots=True)
class Raw:
    """One mail as bytes. `where` names its place for people, `offset` is the place after it, in bytes."""

    data: bytes
    where: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not used, with its place and the reason, counted and shown."""

    where: str
    why: str
    offset: int = 0


Item = Raw | Skipped | Story


class Source(Protocol):
    """A format. Recognised by content, never by file name."""

    name: str

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the file that begins with `head`, or the folder (empty `head`), is of this format."""
        ...

    def read(self, path: Path, start: int = 0) -> Iterator[Item]:
        """All that is in it, in order, from the byte offset `start`. Raises AskwellError if it cannot."""
        ...
