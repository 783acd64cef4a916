"""Own asking over the years: what was asked, light, middling or heavy, and below it thanks and help given, on
the same line of time. They are not drawn against each other: it is no account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from askwell.exports.pictures.drawing import box, group, line, words
from askwell.exports.pictures.picture import MARGIN, WIDTH, Picture, Table
from askwell.words import later, say, say_many

MOST_PERIODS = 24
LIGHT, HEAVY = 3.0, 5.0
"""An ask of R below the one is light, from the other on heavy (MODEL.md 3.3)."""
WEIGHTS = (later("light asks"), later("middling asks"), later("heavy asks"))
_LEFT = 152.0
_HIGH = 70.0
_LOW = 30.0


@dataclass(frozen=True, slots=True)
class Years:
    """Days on which favours were asked, with their size (0 to 10), thanks were said, and help was given."""

    asked: tuple[tuple[date, float], ...] = ()
    thanked: tuple[date, ...] = ()
    helped: tuple[date, ...] = ()


def years(found: Years, today: date) -> Picture:
    """By year; by quarter where all lies within four years, by month where it lies within one."""
    every = [day for day, _ in found.asked] + [*found.thanked, *found.helped]
    begun = min(every, default=today)
    length = _length(begun, today)
    last = _period(today, length)
    first = max(_period(begun, length), last - MOST_PERIODS + 1)
    periods = range(min(first, last - 3), last + 1)
    asked = Counter((_period(day, length), _weight(size)) for day, size in found.asked)
    lines = (
        (say("You thanked"), Counter(_period(day, length) for day in found.thanked)),
        (say("You helped"), Counter(_period(day, length) for day in found.helped)),
    )
    wide = (WIDTH - MARGIN - _LEFT) / len(periods)
    parts = [_asks(asked, periods, wide)]
    top = 12 + _HIGH + 10
    for label, counts in lines:
        parts.append(_row(label, counts, periods, wide, top))
        top += _LOW + 10
    parts += [_labels(periods, wide, top + 4, length), _legend(top + 40)]
    return Picture(
        "years",
        say("Your asking over the years"),
        _described(found),
        top + 52,
        "".join(parts),
        _table(asked, lines, periods, length),
    )


def _length(first: date, today: date) -> int:
    """How many months a period has."""
    span = (today - first).days
    return 1 if span <= 366 else 3 if span <= 4 * 366 else 12


def _period(day: date, length: int) -> int:
    return (day.year * 12 + day.month - 1) // length


def _named(period: int, length: int) -> str:
    year, month = divmod(period * length, 12)
    if length == 12:
        return str(year)
    return (
        f"{year}-{month + 1:02}" if length == 1 else say("{year}, quarter {n}", year=year, n=month // 3 + 1)
    )


def _weight(size: float) -> int:
    return 0 if size < LIGHT else 1 if size < HEAVY else 2


def _asks(asked: Counter[tuple[int, int]], periods: range, wide: float) -> str:
    most = max((sum(asked[period, w] for w in range(3)) for period in periods), default=0) or 1
    floor = 12 + _HIGH
    parts = [words(say("You asked"), _LEFT - 12, floor - 4, "label", "end", 21)]
    for at, period in enumerate(periods):
        y, bars, hints = floor, [], []
        for weight in (2, 1, 0):
            count = asked[period, weight]
            if count:
                high = _HIGH * count / most
                y -= high
                kind = "mine" + (" light", " middling", "")[weight]
                bars.append(box(_LEFT + at * wide + 2, y + 0.5, wide - 4, high - 1, kind))
                hints.append(f"{say(WEIGHTS[weight])}: {count}")
        parts.append(group(bars, "; ".join(hints)))
    return "".join([*parts, line(_LEFT, floor, WIDTH - MARGIN, floor, "axis")])


def _row(label: str, counts: Counter[int], periods: range, wide: float, top: float) -> str:
    most = max((counts[one] for one in periods), default=0) or 1
    parts = [words(label, _LEFT - 12, top + _LOW - 4, "label", "end", 21)]
    for at, period in enumerate(periods):
        if count := counts[period]:
            high = _LOW * count / most
            mark = box(_LEFT + at * wide + 2, top + _LOW - high, wide - 4, high, "both")
            parts.append(group([mark], say_many("{count} time", "{count} times", count)))
    return "".join([*parts, line(_LEFT, top + _LOW, WIDTH - MARGIN, top + _LOW, "axis")])


def _labels(periods: range, wide: float, top: float, length: int) -> str:
    step = max(1, -(-len(periods) // 8)) if length != 3 else 4
    shown = [(at, one) for at, one in enumerate(periods) if (one % 4 == 0 if length == 3 else at % step == 0)]
    return "".join(
        words(
            _named(one, length) if length != 3 else str(one * 3 // 12),
            _LEFT + (at + 0.5) * wide,
            top + 8,
            "quiet",
            "middle",
        )
        for at, one in shown
    )


def _legend(top: float) -> str:
    parts, x = [], _LEFT
    for kind, label in zip(("mine light", "mine middling", "mine"), WEIGHTS, strict=True):
        parts += [box(x, top - 9, 10, 10, kind), words(say(label), x + 16, top, "quiet")]
        x += 34 + 7.2 * len(say(label))
    return "".join(parts)


def _described(found: Years) -> str:
    if not found.asked:
        return say("No favour that you asked for is known.")
    weights = Counter(_weight(size) for _, size in found.asked)
    said = ", ".join(f"{say(WEIGHTS[w])}: {weights[w]}" for w in range(3) if weights[w])
    return say("What you asked for ({counts}), with your thanks and your help below.", counts=said)


def _table(
    asked: Counter[tuple[int, int]],
    lines: Sequence[tuple[str, Counter[int]]],
    periods: Iterable[int],
    length: int,
) -> Table:
    head = (say("When"), *(say(one) for one in WEIGHTS), *(label for label, _ in lines))
    rows = [
        (
            _named(period, length),
            *(str(asked[period, w]) for w in range(3)),
            *(str(counts[period]) for _, counts in lines),
        )
        for period in periods
    ]
    return Table(head, tuple(one for one in rows if set(one[1:]) != {"0"}))
