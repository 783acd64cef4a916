"""A user's corrections over a reading. They win, and hold for newer readers: they name words, not places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from askwell.ledger.entries import Correction
from askwell.text.reading import Act, Pattern, Reading

OUTCOMES = ("granted", "partly", "declined", "answered", "withdrawn")
_DROPS = {
    "no_ask": ("ask", "nudge"),
    "no_thanks": ("thanks",),
    "no_favour": ("grant", "offer", "introduction_made"),
}
_CHANGES: dict[str, dict[str, Any]] = {
    "for_me": {"beneficiary": "self"},
    "for_third_party": {"beneficiary": "third_party"},
    "routine": {"favour": False},
    "favour": {"favour": True},
}


def corrected(reading: Reading, corrections: Iterable[Correction]) -> Reading:
    """The reading with the corrections of its message put in."""
    for one in corrections:
        reading = _apply(reading, one)
    return reading


def said_outcome(act: Act, corrections: Iterable[Correction]) -> Correction | None:
    """What the user has said became of an ask, the latest word first."""
    said = [one for one in corrections if one.what in OUTCOMES and _meant(act, one)]
    return max(said, key=lambda one: one.at) if said else None


def _meant(act: Act, correction: Correction) -> bool:
    """Whether these are the words of the act. A newer reader may cut them a little otherwise."""
    act_words, words = " ".join(act.text.split()), " ".join(correction.words.split())
    return not words or words in act_words or act_words in words


def _apply(reading: Reading, correction: Correction) -> Reading:
    drops = _DROPS.get(correction.what, ())
    hit = [act for act in reading.acts if _meant(act, correction)]
    if drops:
        gone = [act for act in hit if act.act in drops]
        acts = tuple(act for act in reading.acts if act not in gone)
        return replace(reading, acts=acts, patterns=_apart(reading, gone))
    if change := _CHANGES.get(correction.what):
        asks = [act for act in hit if act.act == "ask"]
        acts = tuple(replace(act, **change) if act in asks else act for act in reading.acts)
        patterns = _apart(reading, asks) if correction.what == "routine" else reading.patterns
        if correction.what == "for_me":
            patterns = tuple(one for one in patterns if one.id != "third_party_ask")
        return replace(reading, acts=acts, patterns=patterns)
    return reading


def _apart(reading: Reading, gone: list[Act]) -> tuple[Pattern, ...]:
    """The patterns that do not lie within the words of acts that are gone."""
    return tuple(
        pattern
        for pattern in reading.patterns
        if not any(act.span[0] < pattern.span[1] and pattern.span[0] < act.span[1] for act in gone)
    )
