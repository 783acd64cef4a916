"""A story file (docs/story.md): people, entries and messages as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from askwell.errors import AskwellError
from askwell.ledger.story import parse
from askwell.sources.record import Item

_LINE = re.compile(rb"(?:me|goal|interest|offer) +\S|person +\S+ +\"|\d{4}-\d\d-\d\d(?:T\S+)? +[a-z_]+ ")


class StoryFile:
    """A ledger as text."""

    name = "story"

    def recognises(self, path: Path, head: bytes) -> bool:  # noqa: ARG002
        lines = (line.strip() for line in head.removeprefix(b"\xef\xbb\xbf").split(b"\n"))
        first = next((line for line in lines if line and not line.startswith(b"#")), b"")
        return _LINE.match(first) is not None

    def read(self, path: Path, start: int = 0) -> Iterator[Item]:
        if start:
            return
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            what = f"{path.name}:{line}: byte {error.object[error.start]:#x} is not UTF-8"
            raise AskwellError(what, "Save the story as UTF-8 and import it again.") from None
        yield parse(text, path.name)


SOURCE = StoryFile()
