"""Patches, program code, logs and tables: in a message, and yet nobody's sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_PATCH: Final = ("diff --git ", "diff -", "--- a/", "+++ ", "@@ -", "Index: ", "*** a/", "===== ")
_SUMMARY: Final = re.compile(r"\S{1,120} +\| +\d+ [+-]*$|\d+ files? changed, ")
_SIGNS: Final = re.compile(r"""[{}()\[\];=<>_/\\|#$&*+:"'0-9%@^~]""")
_CODE_END: Final = (";", "{", "}", "});", "*/", "\\", "->", "&&", "||")
_COLUMNS: Final = re.compile(r"\S {3,}\S|\t")
_CODE: Final = re.compile(
    r"\w\([^)]{0,80}\)|<- |\w = \S|^\s*(?:def|class|return|import|from \S+ import|print|public|static|void|"
    r"int|if \(|for \(|while|else|#include|\$|\| )\b"
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


def technical_runs(lines: Sequence[str], own: Sequence[bool]) -> list[int]:
    """Own lines in runs of three or more that look like code, a log or a table, blank lines apart."""
    found: list[int] = []
    run: list[int] = []
    for i, line in enumerate(lines):
        if own[i] and _is_technical(line[:200]):
            run.append(i)
        elif own[i] or line.strip():
            found += run if len(run) >= _SHORTEST_RUN else ()
            run = []
    return found + (run if len(run) >= _SHORTEST_RUN else [])


def _is_technical(line: str) -> bool:
    text = line.strip()
    if len(text) < 2:
        return bool(text) and text in "{}"
    if text.endswith(_CODE_END) or _STAMP.match(text):
        return True
    if (text[0] == "<" and text[-1] == ">") or _CODE.search(text) or _INDENTED_FIELD.match(line):
        return True
    signs = len(_SIGNS.findall(text))
    return signs * 4 > len(text) or (_COLUMNS.search(text) is not None and signs * 8 > len(text))
