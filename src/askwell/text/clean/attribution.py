"""Lines that say whose words follow: "On … wrote:", "Den … skrev …:", also wrapped over up to four lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .lines import ANGLE, BLANK, COLON, HEADER, LOOKED_AT, QUOTE, TEXT
from .marks import Marks

_LOOK_BACK: Final = 3
_TIME_OR_YEAR: Final = re.compile(r"\b(?:\d{1,2}[:.]\d{2}|(?:19|20)\d\d)\b|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_CLOCK: Final = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_NAME_LINKS: Final = frozenset({"av", "von", "van", "de", "den", "der", "via", "la", "af"})
_ADDRESS: Final = re.compile(r"<[^<>]{0,200}>?|\S{1,100}@\S{1,100}")
_CARRY_ON: Final = frozenset({TEXT, COLON, ANGLE, HEADER})
_SENTENCE: Final = re.compile(r"[^\W\d_]{4}[.?!] +[A-ZÆØÅÄÖÜ][a-zæøåäöü]")
_FROM: Final = ("from ", "fra ", "frå ", "från ", "von ")
_WORD: Final = re.compile(r"[^\W\d_]+(?:\(a\))?")


def attribution_start(
    lines: Sequence[str], codes: Sequence[str], end: int, marks: Marks
) -> tuple[int, bool] | None:
    """Where the attribution that ends on line `end` starts, and whether what follows it is a quote unmarked
    by ">"; None if the line ends no attribution.

    A full attribution (opener, verb, date or address) stands on its own; a thin one ("Anna wrote:") only
    counts with a quoted line under it, because people write "Anna wrote:" themselves.
    """
    if not _may_end(lines[end], codes[end], marks):
        return None
    quoted = _next_is_quote(codes, end)
    joined, thin = "", -1
    for start in range(end, max(-1, end - _LOOK_BACK - 1), -1):
        if start < end and codes[start] not in _CARRY_ON:
            break
        joined = f"{lines[start].strip()[:LOOKED_AT]} {joined}".strip()
        if start < end and _SENTENCE.search(joined):
            break
        strength = _strength(joined, start < end, codes[end] == ANGLE, marks)
        if strength == "full":
            return start, not quoted
        if strength == "thin" and thin < 0:
            thin = start
    return (thin, False) if thin >= 0 and quoted else None


def _may_end(line: str, code: str, marks: Marks) -> bool:
    """A quick look at the last line: it must hold a verb of writing, a digit or an address."""
    text = line[:LOOKED_AT]
    if code == ANGLE or "@" in text or any(sign.isdigit() for sign in text):
        return True
    low = text.lower()
    words = _WORD.findall(low)
    return not (marks.verbs.isdisjoint(words) and marks.weak_verbs.isdisjoint(words)) or low[:12].lstrip(
        "-_* "
    ).startswith(_FROM)


def _next_is_quote(codes: Sequence[str], at: int) -> bool:
    for code in codes[at + 1 : at + 6]:
        if code != BLANK:
            return code == QUOTE
    return False


def _strength(joined: str, wrapped: bool, angle: bool, marks: Marks) -> str:
    """ "full", "thin" or "" for a candidate."""
    text = joined.strip("-_* ")
    words = _WORD.findall(_ADDRESS.sub(" ", text) if "@" in text else text)
    if not text:
        return ""
    opener = text.split(None, 1)[0].strip(".,\"'").lower()
    opens = opener in marks.openers or opener in marks.weekdays or text[0].isdigit()
    address = "@" in text
    if angle and text[-1] != ":":
        return "thin" if text[0].isdigit() and address else ""
    if _verb_closes(words, marks.verbs, marks):
        timed = _CLOCK.search(text) is not None
        whole = text.count("<") == text.count(">") and text[0] != "<"
        few = not wrapped and (timed or text.count(" ") < 6)
        if (opens and (timed or address)) or (address and whole and few):
            return "full"
    return "thin" if _is_thin(text, words, opener, opens, wrapped, marks) else ""


def _is_thin(text: str, words: Sequence[str], opener: str, opens: bool, wrapped: bool, marks: Marks) -> bool:
    if opener in marks.quoting or (opens and ("@" in text or _TIME_OR_YEAR.search(text))):
        return True
    if wrapped:
        return False
    if "@" in text or (_verb_closes(words, marks.verbs, marks) and len(words) <= 12):
        return True
    return len(words) <= 6 and (f"{opener} " in _FROM or _verb_closes(words, marks.weak_verbs, marks))


def _verb_closes(words: Sequence[str], verbs: frozenset[str], marks: Marks) -> bool:
    """Whether a verb of writing stands at the end, or before nothing but a name: the order of Norwegian and
    German ("skrev Anna Berg"). "I wrote about this:" and "skrev jeg" are sentences of one's own."""
    for back in range(1, min(9, len(words) + 1)):
        word = words[-back]
        if word.lower() in verbs:
            return True
        if word.islower() and word not in _NAME_LINKS and (back > 1 or word in marks.no_names):
            return False
    return False
