"""Where the writer's sign-off ends and the block with title, firm and telephone begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from .lines import ANGLE, BLANK, COLON, HEADER, QUOTE, RULE, TEXT
from .marks import Marks

_LONGEST_BLOCK: Final = 14
_PHONE: Final = re.compile(r"\+?\d[\d ()./\u00a0-]{5,24}\d")
_LABEL: Final = re.compile(
    r"^\W*(?:tel|tlf|telefon|phone|mobile?|mob|cell|fax|e-?mail|e-?post|web|direct|office|skype|org\.? ?nr|"
    r"[tmpfe])\b\s*[.:]",
    re.IGNORECASE,
)
_BLOCK_CODES: Final = frozenset({TEXT, COLON, HEADER, ANGLE})
_POSTSCRIPT: Final = ("ps", "p.s", "p.p.s", "nb:", "n.b", "edit:")


def has_contact(line: str) -> bool:
    """Whether a line holds a telephone number, an address of mail or web, or the label of one."""
    text = line.strip()[:120]
    if "@" in text or "www." in text or "http" in text or _LABEL.match(text):
        return True
    found = _PHONE.search(text)
    return found is not None and sum(sign.isdigit() for sign in found.group()) >= 7


def is_card_like(line: str) -> bool:
    """Whether a line could stand on a visiting card: short, and no sentence."""
    text = line.strip()
    if len(text) > 100 or text[-1] in "?!" or text.lower().startswith(_POSTSCRIPT):
        return False
    words = text.split()
    if has_contact(text):
        return len(words) <= 12 and not _reads_as_sentence(words, 7)
    return len(words) <= 9 and not _reads_as_sentence(words, 4)


def _reads_as_sentence(words: Sequence[str], at_least: int) -> bool:
    if len(words) < at_least:
        return False
    plain = sum(word[0].islower() for word in words)
    return plain * 3 > len(words) * 2 or (words[-1].endswith(".") and plain > 1)


def is_name_like(line: str) -> bool:
    """ "Anna", "Anna B. Berg", "- anna", "/Anna": one to four words, no digits."""
    text = line.strip()
    if not text or len(text) > 40 or text[-1] in "?:;" or text.lower().startswith(_POSTSCRIPT):
        return False
    words = text.lstrip("-–—/~* ").split()
    if not 0 < len(words) <= 4 or any(sign.isdigit() or sign in "@|/" for sign in text[1:]):
        return False
    return len(words) == 1 or all(word[0].isupper() or len(word) <= 3 for word in words)


def after_closing(
    lines: Sequence[str],
    codes: Sequence[str],
    at: int,
    breaks: Callable[[int], bool],
    marks: Marks,
    *,
    signed: bool,
) -> tuple[int, list[int]]:
    """What follows a closing on line `at`: the index of the name line (or `at`), and the signature's lines.
    `breaks` says of a line whether a quoted message begins there; `signed` that the closing has its name."""
    named = at
    for i in range(at + 1, at + 1 if signed else min(len(lines), at + 4)):
        if codes[i] == BLANK:
            continue
        if codes[i] == TEXT and is_name_like(lines[i]):
            named = i
        break
    found: list[int] = []
    i, close = named + 1, named > at or not signed
    while i < len(lines) and len(found) < _LONGEST_BLOCK and i - at < 40:
        if codes[i] == BLANK:
            i, close = i + 1, False
            continue
        block, broken = _block(codes, i, breaks)
        if not block or not _is_card(lines, block, close, marks):
            break
        found += block
        i = block[-1] + 1
        if broken:
            break
    return named, found


def _block(codes: Sequence[str], at: int, breaks: Callable[[int], bool]) -> tuple[list[int], bool]:
    """The lines of text from `at` to the next blank line, and whether a quoted message cut them short."""
    block: list[int] = []
    for i in range(at, min(len(codes), at + _LONGEST_BLOCK)):
        if codes[i] not in _BLOCK_CODES:
            break
        if codes[i] != TEXT and breaks(i):
            return block, True
        block.append(i)
    return block, False


def _is_card(lines: Sequence[str], block: Sequence[int], close: bool, marks: Marks) -> bool:
    if not all(is_card_like(lines[i]) for i in block):
        return False
    return close or any(has_contact(lines[i]) or _has_title(lines[i], marks) for i in block)


def trailing_card(lines: Sequence[str], own: Sequence[bool], last: int, marks: Marks) -> range:
    """The lines of an unannounced signature that ends on line `last`: a name and at least one address or
    number, or a full name and a title, in one block. Empty if there is none or nothing stands before it."""
    first = top = last
    while top >= 0 and own[top] and last - top < 9 and is_card_like(lines[top]):
        if is_name_like(lines[top].split(",")[0]):
            first = top
        top -= 1
    if first == last or not any(own[max(0, first - 40) : first]):
        return range(0)
    block = range(first, last + 1)
    full = top < 0 or (not lines[top].strip() and " " in lines[first].strip())
    if any(has_contact(lines[i]) for i in block) or (
        full and any(_has_title(lines[i], marks) for i in block[1:])
    ):
        return block
    return range(0)


def _has_title(line: str, marks: Marks) -> bool:
    words = [word.strip(",.()/|") for word in line.lower().split()]
    return not marks.titles.isdisjoint(words) or any(word.endswith(marks.title_ends) for word in words)


def is_delimiter(lines: Sequence[str], codes: Sequence[str], at: int) -> bool:
    """Whether a line of dashes opens a signature. "-- " with its space does (RFC 3676 4.3); without the
    space it may divide two parts of a letter, so that what follows must be short."""
    if lines[at].rstrip("\r\n") == "-- ":
        return True
    if lines[at].startswith((" " * 2, "\t")):
        return False
    seen = long = 0
    for i in range(at + 1, min(len(lines), at + 30)):
        if codes[i] in (QUOTE, RULE):
            break
        if lines[i].rstrip("\r\n") == "-- ":
            return long < 3
        if codes[i] != BLANK:
            seen += 1
            long += len(lines[i]) > 50
    return seen <= 12 and long < 4


def is_footer_rule(lines: Sequence[str], codes: Sequence[str], at: int, marks: Marks) -> bool:
    """Whether a ruled line is followed, within six lines, by the words of a list's or a service's footer."""
    rule = lines[at].strip()
    if len(rule) < (20 if rule[0] == "_" else 50):
        return False
    below = " ".join(
        lines[i][:200].lower() for i in range(at + 1, min(len(lines), at + 7)) if codes[i] != QUOTE
    )
    return any(sign in below for sign in marks.footer_signs)


def card_under_rule(
    lines: Sequence[str], codes: Sequence[str], at: int, breaks: Callable[[int], bool]
) -> bool:
    """Whether all that stands under a ruled line, to the end or the next quote, is a visiting card."""
    seen, contact = 0, False
    for i in range(at + 1, len(lines)):
        if codes[i] == BLANK:
            continue
        if codes[i] not in _BLOCK_CODES or (codes[i] != TEXT and breaks(i)):
            break
        seen += 1
        if seen > _LONGEST_BLOCK or not is_card_like(lines[i]):
            return False
        contact = contact or has_contact(lines[i])
    return contact
