"""How well the user and a person know each other by what passed between them: MODEL.md 3.1 and 3.2.

Contact *days* are counted, not messages (Ureña-Carrion 2020): per direction and day the weightiest event
stands for all. Days are UTC dates; nothing here knows what day it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from askwell.ledger.history import MINE, THEIRS, Event, History

HALF_LIFE = 180.0
"""Days after which a contact counts half as much for depth."""

FAINT = 0.25
"""An event lighter than this (a meeting of thirty) adds to depth, but is no sign of life."""

DORMANT_AFTER = 180
LONG_DORMANT_AFTER = 3 * 365
LEAST_SCORE = {"unknown": 0.0, "new": 0.0, "warming": 15.0, "established": 45.0, "close": 70.0}

_LONG_WORDS = 40
_RANK = {"unknown": 0.0, "new": 1.0, "dormant": 1.5, "warming": 2.0, "established": 3.0, "close": 4.0}
_CHANNEL = {"chat": 0.6, "call": 1.5, "phone": 1.5}


@dataclass(frozen=True, slots=True)
class Contact:
    """Contact days in each direction, as `date.toordinal()` -> weight. Summaries of parts can be merged,
    so that one new message costs one day and not a recomputed network."""

    theirs: Mapping[int, float] = field(default_factory=dict)
    mine: Mapping[int, float] = field(default_factory=dict)

    def merged(self, other: Contact) -> Contact:
        """Both together; order plays no part, and what is in both counts once."""
        return Contact(_heavier(self.theirs, other.theirs), _heavier(self.mine, other.mine))


@dataclass(frozen=True, slots=True)
class Rapport:
    """`score` (0 to 100) and its parts `depth` (0-60), `history` (0-20) and `recency` (0-20), and the stage.

    `was` is the stage that a dormant tie had. `exchanges` counts the fewer of the two sides' contact days,
    `span` the days from first to last contact, `silent` the days since their last sign of life (None
    if there was none). `last` is the last contact of either, `last_theirs` theirs. `by_floor` says that the
    stage is the user's word, not the mail's.
    """

    score: float
    stage: str
    was: str = ""
    depth: float = 0.0
    history: float = 0.0
    recency: float = 0.0
    exchanges: int = 0
    span: int = 0
    silent: int | None = None
    last: date | None = None
    last_theirs: date | None = None
    by_floor: bool = False

    @property
    def long_dormant(self) -> bool:
        """Three years or more without a word from them (Levin, Walter & Murnighan 2011)."""
        return self.stage == "dormant" and self.silent is not None and self.silent >= LONG_DORMANT_AFTER

    @property
    def components(self) -> tuple[tuple[str, float], ...]:
        """The parts behind `--why`, in points."""
        return (
            ("depth", round(self.depth, 1)),
            ("history", round(self.history, 1)),
            ("recency", round(self.recency, 1)),
            ("exchanges", float(self.exchanges)),
            ("span_days", float(self.span)),
        )


def rank(stage: str) -> float:
    """Where a stage stands; dormant lies between new and warming."""
    return _RANK[stage]


def weight(event: Event) -> float:
    """How much one event says of a relationship: channel over the root of how many took part (3.1).

    An act that was read in a message weighs nothing: its message is an event of its own.
    """
    base = _base(event)
    return base if event.people <= 1 else base / math.sqrt(event.people)


def _base(event: Event) -> float:
    if event.kind == "message":
        if event.pause:
            return 0.0
        return _CHANNEL.get(event.channel, 1.0 if event.words >= _LONG_WORDS else 0.6)
    if event.kind == "meeting":
        if event.channel in ("call", "phone"):
            return 1.5
        if event.people <= 1:
            return 2.0
        return 1.0 if event.people <= 8 else 0.2
    said = event.source.startswith("said:") and event.kind != "outcome"  # that one is a note to oneself
    return 1.0 if said or event.kind == "note" else 0.0


def contact(events: Iterable[Event]) -> Contact:
    """The contact days in some events, in any order."""
    theirs: dict[int, float] = {}
    mine: dict[int, float] = {}
    for event in events:
        heavy = weight(event)
        if heavy <= 0:
            continue
        day = event.at.toordinal()
        if event.by != MINE and theirs.get(day, 0.0) < heavy:
            theirs[day] = heavy
        if event.by != THEIRS and mine.get(day, 0.0) < heavy:
            mine[day] = heavy
    return Contact(theirs, mine)


def rapport(history: History, today: date) -> Rapport:
    """The rapport with a person on a day; events after it count for nothing. The person's floor holds."""
    return rapport_of(contact(history.events), today, history.person.floor)


def rapport_of(days: Contact, today: date, floor: str = "") -> Rapport:
    """The same from a summary of contact days."""
    found = _measure(days, today.toordinal())
    stage, was = _stage(found), ""
    if found.silent is not None and found.silent > DORMANT_AFTER:
        last = today.toordinal() - found.silent
        before = _stage(_measure(days, last))
        best = max(stage, before, key=rank)
        if rank(best) >= rank("warming"):
            stage, was = "dormant", best
    return _with_floor(found, stage, was, floor)


def _with_floor(found: Rapport, stage: str, was: str, floor: str) -> Rapport:
    score = found.score
    by_floor = floor in LEAST_SCORE and rank(floor) > rank(stage)
    if by_floor:
        stage, was, score = floor, "", max(score, LEAST_SCORE[floor])
    return Rapport(
        score,
        stage,
        was,
        found.depth,
        found.history,
        found.recency,
        found.exchanges,
        found.span,
        found.silent,
        found.last,
        found.last_theirs,
        by_floor,
    )


def _measure(days: Contact, today: int) -> Rapport:
    theirs, mine = _until(days.theirs, today), _until(days.mine, today)
    depth = 60 * (1 - math.exp(-math.sqrt(_faded(theirs, today) * _faded(mine, today)) / 8))
    in_days = {day for day, w in theirs.items() if w >= FAINT}
    out_days = {day for day, w in mine.items() if w >= FAINT}
    # Blocks of thirty days, so that a shift by whole blocks changes nothing (P11).
    months = len({day // 30 for day in in_days} & {day // 30 for day in out_days})
    breadth = 20 * min(1.0, math.log2(1 + months) / math.log2(13))
    exchanges = min(len(in_days), len(out_days))
    both = in_days | out_days
    silent = today - max(in_days) if in_days else None
    recency = 0.0 if silent is None else 20 * 2 ** (-silent / 60) * min(1.0, exchanges / 4)
    return Rapport(
        score=min(100.0, depth + breadth + recency),
        stage="",
        depth=depth,
        history=breadth,
        recency=recency,
        exchanges=exchanges,
        span=max(both) - min(both) if both else 0,
        silent=silent,
        last=date.fromordinal(max(both)) if both else None,
        last_theirs=date.fromordinal(max(in_days)) if in_days else None,
    )


def _stage(found: Rapport) -> str:
    if found.last is None:
        return "unknown"
    if found.score >= LEAST_SCORE["close"] and found.exchanges >= 10 and found.span >= 180:
        return "close"
    if found.score >= LEAST_SCORE["established"] and found.exchanges >= 4 and found.span >= 45:
        return "established"
    if found.score >= LEAST_SCORE["warming"] and found.exchanges >= 2:
        return "warming"
    return "new"


def _until(days: Mapping[int, float], today: int) -> Mapping[int, float]:
    if not days or max(days) <= today:
        return days
    return {day: w for day, w in days.items() if day <= today}


def _faded(days: Mapping[int, float], today: int) -> float:
    return math.fsum(w * 2 ** (-(today - day) / HALF_LIFE) for day, w in days.items())


def _heavier(one: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    both = dict(one)
    for day, heavy in other.items():
        both[day] = max(heavy, both.get(day, 0.0))
    return both
