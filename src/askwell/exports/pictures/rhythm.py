"""The rhythm of a person: the silence since the last contact, which grows day by day and falls at each
contact, beside what is usual between the two; and how long either takes to answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from askwell.exports.pictures.answers import CLASSES, classes, counted, waits
from askwell.exports.pictures.drawing import box, line, stroke, words
from askwell.exports.pictures.picture import MARGIN, WIDTH, Picture, Table
from askwell.exports.pictures.timescale import Timescale, timescale
from askwell.ledger.history import History
from askwell.ledger.rhythm import Rhythm
from askwell.ledger.rhythm import rhythm as pace_of
from askwell.words import say, say_many

SHOWN_DAYS = 3 * 365
MOST_TEETH = 100
_LEFT = 84.0
_TOP = 12.0
_HIGH = 110.0


def rhythm(history: History, today: date, called: str = "") -> Picture:
    """The last three years up to today, at most a hundred pauses; then the answers of both, by their time."""
    who = called or history.person.name
    pace = pace_of(history, today)
    start = today - timedelta(days=SHOWN_DAYS)
    days = sorted({one.at.date() for one in history.of("message", "meeting") if not one.pause})
    days = [one for one in days if start <= one <= today][-MOST_TEETH:]
    scale = timescale(days[0] if days else today, today, _LEFT, WIDTH - MARGIN)
    floor = _TOP + _HIGH
    parts = [_silences(days, today, pace, scale), scale.axis(floor, _TOP)] if days else []
    top = floor + 30 if days else _TOP
    for label, side, values in (
        (say("{name} answers", name=who), "theirs", pace.waits),
        (say("You answer"), "mine", pace.own_waits),
    ):
        if values:
            parts.append(waits(label, side, values, top))
            top += 34
    if pace.waits or pace.own_waits:
        parts.append(classes(top))
        top += 20
    title = say("The rhythm between you and {name}", name=who)
    return Picture(
        "rhythm", title, _described(pace, days, today), top + 6, "".join(parts), _table(pace, days, who)
    )


def _silences(days: Sequence[date], today: date, pace: Rhythm, scale: Timescale) -> str:
    gaps = [(b - a).days for a, b in pairwise(days)]
    now = (today - days[-1]).days
    most = max([*gaps, now, 7])
    floor = _TOP + _HIGH

    def at(silence: float) -> float:
        return floor - _HIGH * min(1.0, silence / most)

    usual = pace.usual_gap
    band = [box(scale.left, at(usual), scale.right - scale.left, floor - at(usual), "band")] if usual else []
    ticks = []
    for value in _ticks(most):
        label = say_many("{count} day", "{count} days", value)
        ticks += [words(label, scale.left - 8, at(value) + 4, "quiet", "end")]
        ticks += [line(scale.left, at(value), scale.right, at(value), "rule")]
    points: list[tuple[float, float]] = []
    for a, b in pairwise(days):
        points += [(scale.at(a), floor), (scale.at(b), at((b - a).days)), (scale.at(b), floor)]
    last = [(scale.at(days[-1]), floor), (scale.at(today), at(now))]
    tooth = [stroke(points, "tooth")] if points else []
    return "".join([*band, *ticks, *tooth, stroke(last, "tooth still")])


def _ticks(most: int) -> tuple[int, ...]:
    """Two round numbers of days at most, that stand well apart."""
    for step in (2, 5, 10, 20, 50, 100, 200, 400):
        if most / step < 3:
            return tuple(range(step, most + 1, step))
    return (365,)


def _described(pace: Rhythm, days: Sequence[date], today: date) -> str:
    if not days:
        return say("Nothing has passed between you in the last three years, as far as is known.")
    parts = []
    if pace.usual_gap:
        usual = f"{max(1.0, pace.usual_gap):.0f}"
        parts.append(say("Usually {days} days between one contact and the next.", days=usual))
    if pace.long_gap:
        parts.append(say("Nine pauses of ten are no longer than {days} days.", days=f"{pace.long_gap:.0f}"))
    parts.append(say_many("Now it is {count} day.", "Now it is {count} days.", (today - days[-1]).days))
    return " ".join(parts)


def _table(pace: Rhythm, days: Sequence[date], who: str) -> Table:
    rows = [
        (say("Pause up to {day}", day=b.isoformat()), say_many("{count} day", "{count} days", (b - a).days))
        for a, b in pairwise(days[-13:])
    ]
    for label, values in ((say("{name} answers", name=who), pace.waits), (say("You answer"), pace.own_waits)):
        rows += [
            (f"{label}: {name}", say_many("{count} time", "{count} times", count))
            for name, count in zip((say(one) for _, one in CLASSES), counted(values), strict=True)
            if count
        ]
    return Table((say("What"), say("How much")), tuple(rows))
