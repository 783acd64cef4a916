"""The usual pace: gaps between contacts, how long either waits, and what is usual in the whole mailbox (3.6).

`Priors` are a start and are replaced by the user's own mail once there is enough of it. Nobody is trained on
"got a yes": only on whether an answer came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from askwell.ledger.history import MINE, THEIRS, Event, History
from askwell.ledger.rapport import contact, rapport_of

REPLY_WITHIN = 30
INITIATION_AFTER = 3
"""Days of silence on both sides after which a message of the user's opens a new exchange."""
ENOUGH = 30
"""Initiations at a stage from which the user's own share of answers replaces the prior."""

STAGE_PRIORS = {
    "unknown": 0.30,
    "new": 0.45,
    "warming": 0.65,
    "established": 0.75,
    "close": 0.85,
    "dormant": 0.40,
}
STILL_SILENT = (
    (0.0, 1.0),
    (1 / 24, 0.88),
    (0.25, 0.77),
    (1.0, 0.67),
    (2.0, 0.58),
    (3.0, 0.53),
    (5.0, 0.45),
    (7.0, 0.38),
    (10.0, 0.29),
    (14.0, 0.21),
    (21.0, 0.10),
    (30.0, 0.0),
)
"""(days, share of those who answer within 30 days that had not yet): MODEL.md 3.6."""


@dataclass(frozen=True, slots=True)
class Priors:
    """Shares of answers by stage and the waiting curve, with the counts they rest on (0: not own mail)."""

    reply: Mapping[str, float] = field(default_factory=lambda: dict(STAGE_PRIORS))
    silent: tuple[tuple[float, float], ...] = STILL_SILENT
    counts: Mapping[str, int] = field(default_factory=dict)
    waits: int = 0

    def learned(self, stage: str) -> bool:
        """Whether the share for this stage comes from the user's own mail."""
        return self.counts.get(stage, 0) >= ENOUGH


PRIORS = Priors()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The pace with one person, in days.

    `gaps` lie between contact days, `waits` are theirs after a message of the user's that opened an exchange,
    `own_waits` the user's after one of theirs; all sorted. `opened` are (day, answered) of the user's
    openings, without those that are younger than 30 days and unanswered.
    """

    gaps: tuple[int, ...] = ()
    waits: tuple[float, ...] = ()
    own_waits: tuple[float, ...] = ()
    opened: tuple[tuple[date, bool], ...] = ()
    contact_days: int = 0

    @property
    def usual_gap(self) -> float | None:
        """The median gap between contact days, if two are known."""
        return median(self.gaps) if self.gaps else None

    @property
    def long_gap(self) -> float | None:
        """Nine gaps of ten are shorter than this."""
        return quantile(self.gaps, 0.9)

    @property
    def long_wait(self) -> float | None:
        """Four of five answers came sooner than this."""
        return quantile(self.waits, 0.8)


def rhythm(history: History, today: date) -> Rhythm:
    """The pace with a person up to a day."""
    lines = [one for one in history.events if _speaks(one) and one.at.date() <= today]
    lines.sort(key=lambda one: one.at)
    days = sorted({one.at.date() for one in lines})
    openings = _openings(lines, today)
    return Rhythm(
        gaps=tuple(sorted((b - a).days for a, b in pairwise(days))),
        waits=tuple(sorted(wait for _, wait in openings if wait is not None)),
        own_waits=tuple(sorted(_turns(lines, THEIRS))),
        opened=tuple((day, wait is not None) for day, wait in openings),
        contact_days=len(days),
    )


def learn(histories: Iterable[History], today: date) -> Priors:
    """What is usual in the user's own mail: one pass over all histories.

    A stage keeps its prior until 30 openings at that stage are known, the waiting curve until 100 waits are.
    """
    tried: dict[str, int] = {}
    answered: dict[str, int] = {}
    waits: list[float] = []
    for history in histories:
        lines = sorted(
            (one for one in history.events if _speaks(one) and one.at.date() <= today), key=lambda one: one.at
        )
        days = contact(lines)
        for day, wait in _openings(lines, today):
            stage = rapport_of(days, day - timedelta(days=1)).stage
            tried[stage] = tried.get(stage, 0) + 1
            if wait is not None:
                answered[stage] = answered.get(stage, 0) + 1
                waits.append(wait)
    reply = {
        stage: answered.get(stage, 0) / tried[stage] if tried.get(stage, 0) >= ENOUGH else prior
        for stage, prior in STAGE_PRIORS.items()
    }
    curve = _curve(waits) if len(waits) >= 100 else STILL_SILENT
    return Priors(reply, curve, tried, len(waits))


def still_silent(days: float, own: tuple[float, ...], priors: Priors = PRIORS) -> float:
    """The share of those who will answer that are still silent after so many days: 1 falling to 0 at 30.

    The mailbox's curve counts as four waits, this person's own waits as one each.
    """
    general = _on_curve(priors.silent, days)
    if not own:
        return general
    theirs = sum(wait > days for wait in own) / len(own)
    return (4 * general + len(own) * theirs) / (4 + len(own))


def quantile(values: tuple[int, ...] | tuple[float, ...], share: float) -> float | None:
    """The value below which that share of the sorted values lies; None of none."""
    if not values:
        return None
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (place - low) * (values[high] - values[low])


def _speaks(event: Event) -> bool:
    return event.kind in ("message", "meeting") and not event.pause


def _openings(lines: list[Event], today: date) -> list[tuple[date, float | None]]:
    """The user's messages after three days of silence, with the days until their next sign of life."""
    found: list[tuple[date, float | None]] = []
    last: Event | None = None
    for one, answer in zip(lines, _next_of_theirs(lines), strict=True):
        silence = (one.at - last.at).total_seconds() / 86400 if last else REPLY_WITHIN
        last = one
        if one.kind != "message" or one.by != MINE or silence < INITIATION_AFTER:
            continue
        wait = (answer.at - one.at).total_seconds() / 86400 if answer else None
        if wait is not None and wait <= REPLY_WITHIN:
            found.append((one.at.date(), wait))
        elif (today - one.at.date()).days >= REPLY_WITHIN:
            found.append((one.at.date(), None))
    return found


def _next_of_theirs(lines: list[Event]) -> list[Event | None]:
    """For each event the next one that is not only the user's."""
    found: list[Event | None] = []
    answer: Event | None = None
    for one in reversed(lines):
        found.append(answer)
        answer = answer if one.by == MINE else one
    return found[::-1]


def _turns(lines: list[Event], first: str) -> Iterable[float]:
    """How long the other side took when the turn changed, in days."""
    for before, after in pairwise(lines):
        if before.by == first and after.by != first and after.kind == "message":
            wait = (after.at - before.at).total_seconds() / 86400
            if wait <= REPLY_WITHIN:
                yield wait


def _curve(waits: list[float]) -> tuple[tuple[float, float], ...]:
    points = [(days, sum(wait > days for wait in waits) / len(waits)) for days, _ in STILL_SILENT[:-1]]
    return (*points, (30.0, 0.0))


def _on_curve(curve: tuple[tuple[float, float], ...], days: float) -> float:
    before = curve[0]
    for point in curve:
        if days <= point[0]:
            width = point[0] - before[0]
            part = (days - before[0]) / width if width else 0.0
            return before[1] + max(0.0, part) * (point[1] - before[1])
        before = point
    return curve[-1][1]
