"""Lines that repeat the message replied to, without any mark of a quote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_SHINGLE: Final = 4
_LONG_LINE: Final = 6
_LARGEST: Final = 200_000


def repeated(lines: Sequence[str], parent: str) -> list[bool]:
    """Which lines stand in `parent` (its first 200,000 characters), in runs worth calling a quote.

    A line of six words or more repeats if each four words in a row of it do, so that a newly wrapped quote
    is seen too; a shorter one must be a line of the parent. A run needs one long line or two lines.
    """
    text = parent[:_LARGEST]
    whole = {line for line in (_plain(line) for line in text.split("\n")) if line}
    words = " ".join(_plain(line) for line in text.split("\n")).split()
    shingles = {tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}
    found = [False] * len(lines)
    run: list[int] = []
    weight = 0
    for i, line in enumerate([*lines, "\0"]):
        plain = _plain(line)
        if not plain:
            continue
        parts = plain.split()
        long = len(parts) >= _LONG_LINE and all(
            tuple(parts[k : k + _SHINGLE]) in shingles for k in range(len(parts) - _SHINGLE + 1)
        )
        if long or plain in whole:
            run.append(i)
            weight += 2 if long else 1
            continue
        if weight >= 2:
            for k in run:
                found[k] = True
        run, weight = [], 0
    return found


def _plain(line: str) -> str:
    return " ".join(line[:2000].lstrip("> ").lower().split())
