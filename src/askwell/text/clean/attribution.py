"""Lines that say whose words follow: "On … wrote:", "Den … skrev …:", also wrapped over up to four lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .lines import ANGLE, BLANK, COLON, HEADER, LOOKED_AT, QUOTE, TEXT
from .marks import Marks

_LOOK_BACK: Final = 3
_TIME_OR_YEAR: Final = re.compile(r"\b(?:\d{1,2}[:.]\d{2}|(?:19|20)\d\d)\b|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_WORD: Final = re.compile(r"[^\W\d_]+(?:\(a\))?")


def attribution_start(
    lines: Sequence[str], codes: Sequence[str], end: int, marks: Marks
) -> tuple[int, bool] | None:
    """Where the attribution that ends on line `end` starts, and whether what follows it is a quote unmarked
    by ">"; None if the line ends no attribution.

    A full attribution (opener, verb, date or address) stands on its own; a thin one ("Anna wrote:") only
    counts with a quoted line under it, because people write "Anna wrote:" themselves.
    """
    quoted = _next_is_quote(codes, end)
    joined = ""
    for start in range(end, max(-1, end - _LOOK_BACK - 1), -1):
        if start < end and codes[start] not in (TEXT, COLON, ANGLE, HEADER):
            break
        joined = lines[start].strip()[:LOOKED_AT] + " " + joined
        strength = _strength(joined.strip(), start < end, codes[end] == ANGLE, marks)
        if strength == "full" or (strength == "thin" and quoted):
            return start, not quoted
    return None


def _next_is_quote(codes: Sequence[str], at: int) -> bool:
    for code in codes[at + 1 : at + 6]:
        if code != BLANK:
            return code == QUOTE
    return False


def _strength(joined: str, wrapped: bool, angle: bool, marks: Marks) -> str:
    """ "full", "thin" or "" for a candidate."""
    text = joined.strip("-_* ")
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return ""
    opener = text.split(None, 1)[0].strip(".,\"'").lower()
    opens = opener in marks.openers or opener in marks.weekdays or text[0].isdigit()
    dated = _TIME_OR_YEAR.search(text) is not None
    address = "@" in text
    if angle and text[-1] != ":":
        return "thin" if text[0].isdigit() and address else ""
    verb = not marks.verbs.isdisjoint(words)
    at_end = not marks.verbs.isdisjoint(words[-2:]) or words[-1] == "skrev" or text[-2:] == ">:"
    if verb and opens and (dated or address) and (at_end or _verb_then_name(words, marks)):
        return "full"
    if verb and at_end and address and not wrapped:
        return "full" if _TIME_OR_YEAR.search(text) or text.count(" ") < 6 else "thin"
    if opener in marks.quoting or (opens and (dated or address)):
        return "thin"
    if at_end and verb:
        return "thin" if not wrapped and len(words) <= 12 else ""
    weak = not wrapped and len(words) <= 6 and not marks.weak_verbs.isdisjoint(words[-2:])
    return "thin" if address and not wrapped or weak else ""


def _verb_then_name(words: Sequence[str], marks: Marks) -> bool:
    """The Norwegian and German order: the verb before a name of up to six words."""
    return not marks.verbs.isdisjoint(words[-8:])
