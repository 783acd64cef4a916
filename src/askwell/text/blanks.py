"""A masked letter without its blanked lines, and the way back to the places in the masked one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from askwell.text.reading import Span


@dataclass(frozen=True, slots=True)
class Closed:
    """The lines that are left, and where each of them begins: here, and in the masked letter."""

    text: str
    here: tuple[int, ...] = (0,)
    there: tuple[int, ...] = (0,)

    def place(self, at: int) -> int:
        """The place in the masked letter."""
        line = bisect_right(self.here, at) - 1
        return at - self.here[line] + self.there[line]

    def span(self, span: Span) -> Span:
        """The span in the masked letter; one over several lines takes the blanks between them along."""
        start, end = span
        return (self.place(start), self.place(end - 1) + 1) if end > start else (self.place(start),) * 2


def close_up(masked: str) -> Closed:
    """Leave out the lines of nothing but spaces, which stand for words of others, and the empty lines right
    below them. Empty lines of the writer's own stay."""
    kept: list[str] = []
    here: list[int] = []
    there: list[int] = []
    at = length = 0
    gone = False
    lines = masked.split("\n")
    for line in lines:
        bare = line.strip("\r")
        gone = bare.isspace() or (gone and not bare)
        if not gone:
            kept.append(line)
            here.append(length)
            there.append(at)
            length += len(line) + 1
        at += len(line) + 1
    return (
        Closed("\n".join(kept), tuple(here), tuple(there)) if 0 < len(kept) < len(lines) else Closed(masked)
    )
