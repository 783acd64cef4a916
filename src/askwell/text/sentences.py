"""Sentences of a mail as spans: lines first (blank lines, bullets, greetings, hard wraps), then full stops.

Linear in the length of the text: every character is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

Span = tuple[int, int]

LONGEST = 700
"""Code points. A longer sentence is cut at a space, so that hostile texts stay cheap."""

_WRAP = 48
"""A line at least this long that ends without a stop is taken for a hard-wrapped one."""

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_BULLET = re.compile(r"[ \t\u00a0]{0,20}(?:[-*•‣◦▪·–—]|\(?\d{1,2}[.)]|\(?[a-zA-Z][)])[ \t\u00a0]")
_STOP = re.compile(
    r"[.!?…。]{1,9}[\"'”’»)\]]{0,3}(?=\s)|[\U0001F300-\U0001FAFF☀-➿][\ufe0f\u200d]{0,2}(?=\s)|:\)(?=\s)"
)
_NEXT_SMALL = re.compile(r"\s{1,40}[a-zæøåäöéèü]")


@cache
def _abbreviations() -> frozenset[str]:
    """Words, without the last stop, after which a stop does not end a sentence."""
    return frozenset(
        (resources.files("askwell.text") / "lexicons/abbreviations.txt").read_text("utf-8").split()
    )


def split(text: str) -> list[Span]:
    """The spans of the sentences of a mail, in order, tight, each with a letter or digit in it."""
    found: list[Span] = []
    for start, end in _blocks(text):
        _split_block(text, start, end, found)
    return found


def _blocks(text: str) -> list[Span]:
    """Runs of lines that belong together, because one continues the other."""
    blocks: list[Span] = []
    start = end = -1
    line_end = -1
    last_length = 0
    for match in _LINE.finditer(text):
        line = match.group()
        if line.isspace():
            continue
        bare = line.strip()
        touching = start >= 0 and text.count("\n", line_end, match.start()) <= 1
        bullet = _BULLET.match(line) is not None
        if touching and not bullet and _continues(text[end - 1], last_length, bare):
            end = match.start() + len(line.rstrip())
        else:
            if start >= 0:
                blocks.append((start, end))
            start = match.start() + (len(line) - len(line.lstrip()))
            end = match.start() + len(line.rstrip())
        line_end, last_length = match.end(), len(bare)
    if start >= 0:
        blocks.append((start, end))
    return blocks


def _continues(last: str, length: int, bare: str) -> bool:
    if bare[0].islower():
        return last not in ".!?:" and (length >= 25 or last != ",")
    return length >= _WRAP and last not in '.!?:…"”»'


def _split_block(text: str, start: int, end: int, found: list[Span]) -> None:
    bullet = _BULLET.match(text, start, end)
    here = bullet.end() if bullet else start
    for match in _STOP.finditer(text, here, end):
        if _ends(text, match, end):
            _add(text, here, match.end(), found)
            here = match.end()
    _add(text, here, end, found)


def _ends(text: str, match: re.Match[str], end: int) -> bool:
    stop = match.group()
    small = _NEXT_SMALL.match(text, match.end(), end)
    if stop[0] in "!?":
        return small is None or stop[-1] in "!?"
    if small:
        return False
    if stop != ".":
        return True
    window = text[max(0, match.start() - 14) : match.start()]
    word = window.split()[-1].lstrip("(\"'«“").lower() if window and not window[-1].isspace() else ""
    if len(word) == 1 and word.isalpha():
        return word in "iå"
    if word in _abbreviations():
        return False
    return not (word.isdigit() and len(word) <= 2 and _month_follows(text, match.end()))


def _month_follows(text: str, here: int) -> bool:
    word = text[here : here + 5].strip().lower()
    return word[:3] in {
        "jan",
        "feb",
        "mar",
        "apr",
        "mai",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "okt",
        "oct",
        "nov",
        "des",
        "dec",
    }


def _add(text: str, start: int, end: int, found: list[Span]) -> None:
    words = text[start:end].strip()
    if not words:
        return
    start = text.index(words[0], start)
    end = start + len(words)
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        found.append((start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start and (text[start].isalnum() or any(map(str.isalnum, text[start:end]))):
        found.append((start, end))
