"""Whether a letter that a model wrote says only what its sources say: the draft, and Askwell's own letter.

Names, numbers, days and addresses must stand in a source. Thanks, offers, promises and news of how it went
must be about what a source tells. An ask must be of a kind that a source asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from askwell.app.plainwords import words
from askwell.text.reading import Act, Reading
from askwell.text.sentences import split

_NUMBER = re.compile(r"\d[\d.,:/-]*")
_PLACE = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_CLAIMS = ("thanks", "offer", "commit", "report_back", "introduction_made", "grant")
_STEM = 5
_MOST_NEW = 1
_MOST_NEW_TOLD = 2
_SMALL = ("advice", "tip", "info", "chat", "routine_work")
"""Asks that are always smaller ones than what they stand for."""


def strays(text: str, reading: Reading, sources: Iterable[str], readings: Sequence[Reading]) -> str:
    """What the letter says that no source says, in fixed words; empty if nothing. `readings` are those of the
    sources that are letters."""
    told = "\n".join(sources)
    stems = _stems(told) | _stems(" ".join(words("generic")))
    claims = [act for act in reading.acts if act.act in _CLAIMS]
    if _new(_PLACE, text, told) or _new(_NUMBER, text, told):
        found = "It has a number, a link or an address that the draft does not have."
    elif _new_names(text, told):
        found = "It has a name that the draft does not have."
    elif _days(text) - _days(told):
        found = "It names a day that the draft does not name."
    elif _new_asks(reading, readings):
        found = "It asks for something else than the draft and the example do."
    elif any(_unheard(act, text, stems, readings) for act in claims):
        found = "It gives thanks, offers or promises for what the draft and example do not tell."
    elif _news(text, reading, stems):
        found = "It tells something that the draft and the example do not tell."
    else:
        found = ""
    return found


def _new(pattern: re.Pattern[str], text: str, told: str) -> bool:
    known = {one.strip(".,:") for one in pattern.findall(told)}
    return any(one.strip(".,:") not in known for one in pattern.findall(text))


def _new_names(text: str, told: str) -> bool:
    """Whether a word has a capital inside a sentence that no source has at all."""
    known = {one.lower() for one in _WORD.findall(told)}
    for start, end in split(text):
        for word in list(_WORD.finditer(text, start, end))[1:]:
            said = word[0]
            if (
                said[0].isupper()
                and said.lower() not in known
                and not said.startswith("I")
                and "\n" not in (text[max(0, word.start() - 1) : word.start()])
            ):
                return True
    return False


def _days(text: str) -> set[str]:
    return {one.lower() for one in _WORD.findall(text)} & words("days")


def _new_asks(reading: Reading, readings: Sequence[Reading]) -> bool:
    known = {act.about for one in readings for act in one.asks} | {*_SMALL}
    return any(act.favour and act.about not in known and (act.size or 0) > 2 for act in reading.asks)


def _news(text: str, reading: Reading, stems: set[str]) -> bool:
    """Whether a sentence that neither asks nor leaves a way out has more than a few words of its own."""
    free = [act.span for act in reading.asks]
    free += [one.span for one in reading.positives if one.id == "easy_out"]
    return any(
        len(_stems(text[start:end]) - stems) > _MOST_NEW_TOLD
        for start, end in split(text)
        if not any(a < end and start < b for a, b in free)
    )


def _unheard(act: Act, text: str, stems: set[str], readings: Sequence[Reading]) -> bool:
    """Whether an act claims what no source tells: an offer or a promise where none makes one, or words of its
    own."""
    if act.act not in ("thanks", "grant") and not any(
        act.act == one.act for each in readings for one in each.acts
    ):
        return True
    return len(_stems(text[act.span[0] : act.span[1]]) - stems) > _MOST_NEW


def _stems(text: str) -> set[str]:
    return {one.lower()[:_STEM] for one in _WORD.findall(text) if len(one) > 3}
