"""Header blocks that Outlook, Notes and others put above the message they quote or forward."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .lines import ANGLE, BLANK, COLON, HEADER, RULE, TEXT, header_name
from .marks import Marks

_LONGEST: Final = 24
_FOLDED: Final = 4
_FOLDS: Final = frozenset({TEXT, COLON, ANGLE})
_CLOCK: Final = re.compile(r"\d{1,2}[:.]\d{2}")


def header_block(lines: Sequence[str], codes: Sequence[str], at: int, marks: Marks) -> tuple[int, set[str]]:
    """Where the block of header lines that begins at `at` ends (exclusive), and which fields it has."""
    fields: set[str] = set()
    end, folded, blanks = at, 0, 0
    for i in range(at, min(len(lines), at + _LONGEST)):
        code = codes[i]
        if code == BLANK:
            blanks += 1
            if blanks > 2 or (fields >= {"from", "subject"} and blanks):
                break
            continue
        name = header_name(lines[i].strip(), marks) if code == HEADER else None
        if name is None:
            folded += 1
            if folded > _FOLDED or blanks or code not in _FOLDS:
                break
            continue
        if name in fields and name not in ("to", "copy", "other"):
            break
        fields.add(name)
        end, folded, blanks = i + 1, 0, 0
    return end, fields


def is_header_block(lines: Sequence[str], fields: set[str], at: int, end: int) -> bool:
    """Whether the fields are those of a message, and not a travel plan's From, To and Date."""
    address = _has_address(lines[at:end])
    if "from" in fields:
        return {"from", "sent"} <= fields or (len(fields) > 1 and ("subject" in fields or address))
    if "to" in fields and not fields.isdisjoint(("sent", "date")):
        return "subject" in fields or address
    return {"to", "subject", "copy"} <= fields


def _has_address(lines: Sequence[str]) -> bool:
    return any("@" in line or "mailto:" in line for line in lines)


def lead_in(lines: Sequence[str], codes: Sequence[str], at: int) -> int:
    """The first of up to five short lines above a block without From, one of which holds a clock time: the
    name and date that Notes puts there. `at` itself if there are none."""
    i, blanks = at - 1, 0
    while i >= 0 and codes[i] == BLANK and blanks < 2:
        i, blanks = i - 1, blanks + 1
    start, clock = at, False
    while i >= 0 and at - i < 8 and codes[i] not in (BLANK, RULE) and len(lines[i].strip()) <= 90:
        clock = clock or bool(_CLOCK.search(lines[i]))
        start, i = i, i - 1
    return start if clock else at
