"""Patches, program code, logs and tables: in a message, and yet nobody's sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

_PATCH: Final = ("diff --git ", "diff -", "--- a/", "+++ ", "@@ -", "Index: ", "*** a/", "===== ")
_SUMMARY: Final = re.compile(r"\S{1,120} +\| +\d+ [+-]*$|\d+ files? changed, ")
_SIGNS: Final = re.compile(r"""[{}()\[\];=<>_/\\|#$&*+:"'0-9%@^~]""")
_CODE_END: Final = (";", "{", "}", "});", "*/", "\\", "->", "&&", "||")
_COLUMNS: Final = re.compile(r"\S {3,}\S|\t")
_CALL: Final = re.compile(r"\w\([^)]{0,80}\)|\w = \S")
_KEYWORD: Final = re.compile(
    r"(?:def|class|return|import|from \S+ import|print|public|static|void|int|if \(|for \(|while|else|"
    r"#include|\$|\| )\b"
)
_INDENTED_FIELD: Final = re.compile(r"(?: {2,}|\t)\s*\S[^:]{0,24}: +\S|(?: {6,}|\t)\s*\S[^|]*\|")
_STAMP: Final = re.compile(r"[\[(]?\d{1,4}[-/:.]\d\d[-/:.]\d\d")
_SHORTEST_RUN: Final = 3
_CODE_SIGNS: Final = ("{", "};", ");", "0x", " = ", "->", "\t", "    ", "::", "|")


def opens_patch(line: str, first: str) -> bool:
    """Whether a line, `first` its first letter, can only be the beginning of a patch or of its summary."""
    if first in "d-+@I*=" and line.startswith(_PATCH):
        return True
    return ("|" in line or "changed, " in line) and _SUMMARY.match(line.strip()[:200]) is not None


def may_hold_code(text: str) -> bool:
    """A quick look that lets ordinary letters pass."""
    return any(sign in text for sign in _CODE_SIGNS)


def technical_runs(
    lines: Sequence[str], live: Iterable[tuple[int, bool]], known: dict[int, bool]
) -> list[int]:
    """Own lines in runs of three or more that look like code, a log or a table.

    `live` names the lines that are not blank, and says which are the writer's own; `known` says of the lines
    looked at before what they look like, and is added to.
    """

    def looks(i: int) -> bool:
        if i not in known:
            known[i] = _is_technical(lines[i][:200])
        return known[i]

    found: list[int] = []
    for block in _blocks(live):
        at = _SHORTEST_RUN - 1
        while at < len(block):  # a run of three cannot slip between looks at every third line
            if looks(block[at]):
                first, after = at, at + 1
                while first and looks(block[first - 1]):
                    first -= 1
                while after < len(block) and looks(block[after]):
                    after += 1
                found += block[first:after] if after - first >= _SHORTEST_RUN else ()
                at = after
            at += _SHORTEST_RUN
    return found


def _blocks(live: Iterable[tuple[int, bool]]) -> list[list[int]]:
    """The writer's own lines, parted where others stand between them."""
    return [[i for i, _ in block] for own, block in groupby(live, key=itemgetter(1)) if own]


def _is_technical(line: str) -> bool:
    text = line.strip()
    if len(text) < 2:
        return bool(text) and text in "{}"
    if text.endswith(_CODE_END) or _STAMP.match(text):
        return True
    if (text[0] == "<" and text[-1] == ">") or _is_statement(text) or _INDENTED_FIELD.match(line):
        return True
    signs = len(_SIGNS.findall(text))
    return signs * 4 > len(text) or (signs * 8 > len(text) and _COLUMNS.search(text) is not None)


def _is_statement(text: str) -> bool:
    if ("(" in text or " = " in text) and _CALL.search(text):
        return True
    return "<- " in text or _KEYWORD.match(text) is not None
