"""How long answers take, and what was asked: rows of bars that share one scale."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from askwell.exports.pictures.drawing import box, group, line, words
from askwell.exports.pictures.picture import MARGIN, WIDTH, Picture, Table
from askwell.words import later, say, say_many

CLASSES = (
    (1 / 24, later("within an hour")),
    (1.0, later("within a day")),
    (3.0, later("within three days")),
    (7.0, later("within a week")),
    (14.0, later("within a fortnight")),
    (float("inf"), later("later")),
)
"""(days, name): where each class of waits ends."""
MOST_KINDS = 10
_LEFT = 152.0
_HIGH = 26.0


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of favour asked: how often, how often that was answered, and how many still wait."""

    about: str
    count: int
    answered: int
    waiting: int


def counted(days: Sequence[float]) -> tuple[int, ...]:
    """How many of these waits, in days, fall into each of CLASSES."""
    found = [0] * len(CLASSES)
    ends = [end for end, _ in CLASSES]
    for one in days:
        found[bisect_left(ends, one)] += 1
    return tuple(found)


def within(days: float) -> str:
    """How long an answer took, in words."""
    found = say(CLASSES[bisect_left([end for end, _ in CLASSES], days)][1])
    return say("after more than a fortnight") if days > CLASSES[-2][0] else found


def waits(label: str, side: str, days: Sequence[float], top: float) -> str:
    """A row of bars, one a class."""
    found = counted(days)
    most = max(found) or 1
    wide = (WIDTH - MARGIN - _LEFT) / len(CLASSES)
    parts = [words(label, _LEFT - 12, top + _HIGH - 4, "label", "end", 21)]
    for at, count in enumerate(found):
        x, high = _LEFT + at * wide, _HIGH * count / most
        if count:
            hint = say_many("{count} time", "{count} times", count)
            parts.append(group([box(x + 6, top + _HIGH - high, wide - 12, high, side)], hint))
    return "".join([*parts, line(_LEFT, top + _HIGH, WIDTH - MARGIN, top + _HIGH, "axis")])


def classes(top: float) -> str:
    """The names of the classes, below their bars."""
    wide = (WIDTH - MARGIN - _LEFT) / len(CLASSES)
    return "".join(
        words(say(_SHORT[at]), _LEFT + (at + 0.5) * wide, top + 8, "quiet", "middle")
        for at in range(len(CLASSES))
    )


_SHORT = (
    later("an hour"),
    later("a day"),
    later("3 days"),
    later("a week"),
    later("2 weeks"),
    later("later"),
)


def answers(days: Sequence[float], own: Sequence[float]) -> Picture:
    """How long answers to the user's asks took, in days (`days`), and the user's own to those of others."""
    top, parts, rows = 8.0, [], []
    for label, side, values in ((say("They answer"), "theirs", days), (say("You answer"), "mine", own)):
        parts.append(waits(label, side, values, top))
        top += _HIGH + 12
        names = (say(name) for _, name in CLASSES)
        rows += [(label, name, str(count)) for name, count in zip(names, counted(values), strict=True)]
    return Picture(
        "answers",
        say("How long answers take"),
        say("Above, answers to what you asked; below, yours to what you were asked."),
        top + 24,
        "".join(parts) + classes(top + 4),
        Table((say("Who"), say("When"), say("How often")), tuple(rows)),
    )


def kinds(found: Sequence[Kind], name: Callable[[str], str] = str) -> Picture:
    """What the user asked for, the most frequent first; what has no answer yet is hollow."""
    shown = sorted(found, key=lambda one: (-one.count, one.about))[:MOST_KINDS]
    most = max((one.count for one in shown), default=1)
    left, row = 250.0, 26.0
    parts = []
    for at, one in enumerate(shown):
        y, step = 6 + at * row, (WIDTH - MARGIN - 30 - left) / most
        hint = say_many("asked once", "asked {count} times", one.count)
        bars = [box(left, y + 3, step * (one.count - one.waiting), row - 9, "mine")]
        if one.waiting:
            x = left + step * (one.count - one.waiting)
            bars.append(box(x, y + 3, step * one.waiting, row - 9, "mine hollow"))
        parts.append(words(name(one.about), left - 12, y + 16, "label", "end", 35))
        parts.append(group(bars, hint))
        parts.append(words(str(one.count), left + step * one.count + 8, y + 16, "quiet"))
    return Picture(
        "kinds",
        say("What you asked for"),
        say("A bar for each kind of favour; hollow where an answer has not come."),
        12 + row * len(shown),
        "".join(parts),
        Table(
            (say("What"), say("Asked"), say("Answered"), say("Waiting")),
            tuple((name(k.about), str(k.count), str(k.answered), str(k.waiting)) for k in shown),
        ),
    )
