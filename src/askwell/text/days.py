"""Days counted from a message's own date: what a matched expression of `dates` resolves to.

Every resolver takes the named groups of a match (lower case), the word tables of the language and the date to
count from, and returns the day, or None without a date to count from. Figures that are no date (45/13) are a
ValueError.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

Got = Mapping[str, str]
Words = Mapping[str, Mapping[str, Any]]


def _full(got: Got, words: Words, on: dt.date | None) -> dt.date | None:
    """A day and a month, with the year if it is written, else the next such day."""
    figure, written = got.get("m") or got.get("m2"), got.get("y") or got.get("y2")
    month = int(figure) if figure else int(words["month"][got["month"]])
    day = int(got["d"])
    if month > 12 >= day and figure:
        month, day = day, month
    if written:
        year = int(written)
        return dt.date(year + 2000 if year < 100 else year, month, day)
    if on is None:
        dt.date(2024, month, day)  # a leap year: is this a date at all?
        return None
    for year in range(on.year, on.year + 5):
        try:
            then = dt.date(year, month, day)
        except ValueError:
            if (month, day) != (2, 29):
                raise
            continue
        if then >= on:
            return then
    return None


def _relative(got: Got, words: Words, on: dt.date | None) -> dt.date | None:
    return on + dt.timedelta(int(words["relative"][got["relative"]])) if on else None


def _now(_got: Got, _words: Words, on: dt.date | None) -> dt.date | None:
    return on


def _within(got: Got, words: Words, on: dt.date | None) -> dt.date | None:
    if on is None:
        return None
    count = int(got["n"]) if "n" in got else int(words["number"][got["number"]])
    unit, days = got["unit"], int(words["unit"][got["unit"]])
    if days == 0:
        minutes = count * (1 if unit.startswith("min") else 60)
        return on + dt.timedelta(minutes // (24 * 60))
    if unit.startswith(("working", "business", "weekday", "virke", "arbeid", "yrke")):
        return _working(on, count)
    return on + dt.timedelta(count * days)


def _working(on: dt.date, count: int) -> dt.date:
    """`count` working days after `on`, holidays not known."""
    day = on + dt.timedelta(count // 5 * 7)
    left = count % 5
    while left or day.weekday() > 4:
        day += dt.timedelta(1)
        left -= left > 0 and day.weekday() <= 4
    return day


def _weekday(got: Got, words: Words, on: dt.date | None) -> dt.date | None:
    """The next such day; the "next" one, and "neste", is that of the coming calendar week."""
    if on is None:
        return None
    if "d" in got:
        return _month_day(got, words, on)
    wanted = int(words["weekday"][got["weekday"]])
    shift = int(words["shift"].get(got.get("shift", "").strip(), 0))
    if shift or "week" in got:
        return on + dt.timedelta(7 - on.weekday() + wanted)
    return on + dt.timedelta((wanted - on.weekday() - 1) % 7 + 1)


def _period(got: Got, words: Words, on: dt.date | None) -> dt.date | None:
    """The last day of a week (its Friday), weekend, month, quarter or year."""
    if "weekday" in got:
        return _weekday(got, words, on)
    if on is None:
        return None
    shift = int(words["shift"].get(got.get("shift", "").strip(), 0))
    if "month" in got:
        first = _full({"d": "1", "month": got["month"]}, words, on.replace(day=1))
        return _month_end(first) if first else None
    return _last_day(str(words["period"][got["period"]]), shift, on)


def _last_day(period: str, shift: int, on: dt.date) -> dt.date:
    if period == "week":
        friday = on + dt.timedelta(4 - on.weekday() + 7 * shift)
        return friday if friday >= on else on + dt.timedelta(6 - on.weekday())
    if period == "weekend":
        return on + dt.timedelta(6 - on.weekday() + 7 * shift)
    months = {"month": 1, "quarter": 3}.get(period, 12)
    last = (on.month - 1) // months * months + months - 1 + shift * months
    return _month_end(dt.date(on.year + last // 12, last % 12 + 1, 1))


def _month_end(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(4)).replace(day=1) - dt.timedelta(1)


def _week(got: Got, _words: Words, on: dt.date | None) -> dt.date | None:
    """The Friday of an ISO week."""
    week = int(got["w"])
    if on is None:
        dt.date.fromisocalendar(2026, week, 5)
        return None
    year = on.isocalendar().year
    friday = dt.date.fromisocalendar(year, week, 5)
    return friday if friday >= on else dt.date.fromisocalendar(year + 1, week, 5)


def _month_day(got: Got, _words: Words, on: dt.date | None) -> dt.date | None:
    day = int(got["d"])
    if not 1 <= day <= 31:
        raise ValueError(day)
    if on is None:
        return None
    first = on.replace(day=1)
    for _ in range(12):
        if day <= _month_end(first).day and first.replace(day=day) >= on:
            return first.replace(day=day)
        first = _month_end(first) + dt.timedelta(1)
    return None


def _month(got: Got, words: Words, on: dt.date | None) -> dt.date | None:
    return _full({"d": "1", "month": got["month"]}, words, on) if on else None


def _feast(got: Got, words: Words, on: dt.date | None) -> dt.date | None:
    if on is None:
        return None
    rule = str(words["feast"][got["feast"]])
    if rule == "month":
        return _month_end(on)
    if rule in ("easter", "whitsun"):
        days = 0 if rule == "easter" else 49
        return next(d for y in (on.year, on.year + 1) if (d := _easter(y) + dt.timedelta(days)) >= on)
    month, day = rule.split("-")
    return _full({"d": day, "m": month}, words, on)


def _easter(year: int) -> dt.date:
    """Easter Sunday, by the anonymous Gregorian rule (Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


RESOLVE: dict[str, Callable[[Got, Words, dt.date | None], dt.date | None]] = {
    "iso": _full,
    "day_month": _full,
    "numeric": _full,
    "week": _week,
    "end_of": _period,
    "relative": _relative,
    "now": _now,
    "within": _within,
    "weekday": _weekday,
    "period": _period,
    "feast": _feast,
    "month_day": _month_day,
    "month": _month,
    "clock": _now,
    "part": _now,
}
