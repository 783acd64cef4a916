"""Days on a line: where a day lies between the first and the last, and where to put marks on the axis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from askwell.exports.pictures.drawing import line, words

LEAST_SPAN = 60
"""Days that an axis covers at least, so that three letters in a week are not a lifetime."""
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
_MARKS = 8


@dataclass(frozen=True, slots=True)
class Timescale:
    """From `first` at `left` to `last` at `right`, in the picture's units."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day lies; days outside lie at the ends."""
        part = (day - self.first).days / max(1, (self.last - self.first).days)
        return self.left + min(1.0, max(0.0, part)) * (self.right - self.left)

    def column(self, day: date, count: int) -> int:
        """In which of so many equal columns a day lies, from 0."""
        part = (self.at(day) - self.left) / (self.right - self.left)
        return min(count - 1, int(part * count))

    def middle(self, column: int, count: int) -> float:
        """The middle of a column."""
        return self.left + (column + 0.5) * (self.right - self.left) / count

    def marks(self) -> Iterator[tuple[date, str]]:
        """At most nine firsts of months or years within the line, as they are written."""
        months = _month(self.last) - _month(self.first) + 1
        step = next((one for one in _STEPS if months / one <= _MARKS), _STEPS[-1])
        first, last = _month(self.first), _month(self.last)
        for month in range(first // step * step, last + 1, step):
            day = date(max(1, month // 12), month % 12 + 1, 1)
            if day >= self.first:
                yield day, f"{day.year}" if step >= 12 else f"{day.year:04}-{day.month:02}"

    def axis(self, y: float, top: float) -> str:
        """The line with its marks at `y`, and thin rules up to `top`."""
        parts = [line(self.left, y, self.right, y, "axis")]
        for day, label in self.marks():
            x = self.at(day)
            anchor = "end" if x > self.right - 24 else "start" if x < self.left + 24 else "middle"
            parts += [line(x, top, x, y, "rule"), words(label, x, y + 16, "quiet", anchor)]
        return "".join(parts)


def timescale(first: date, today: date, left: float, right: float) -> Timescale:
    """A line from the first day to today, of sixty days at least."""
    return Timescale(min(first, today - timedelta(days=LEAST_SPAN)), today, left, right)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
