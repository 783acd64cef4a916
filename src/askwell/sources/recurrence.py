"""When a repeated appointment took place (RFC 5545 3.3.10, 3.8.5): days, weeks, months and years.

Of a rule, FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS and WKST are read; what
repeats by the hour or quicker is no appointment with people and takes place once. The work is bounded:
at most MOST_STEPS periods are looked at, whatever the rule says.
"""

from __future__ import annotations

import calendar
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from askwell.sources.record import Appointment, Series

MOST = 200
MOST_STEPS = 5_000
_LENGTHS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_STEPS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


@dataclass(frozen=True, slots=True)
class Rule:
    """An RRULE taken apart. `days` are (which, weekday); which is 0 for every one in the period."""

    step: str
    every: int = 1
    count: int = 0
    until: date | None = None
    days: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    week_start: int = 0


def parse(text: str) -> Rule | None:
    """The rule, or None if it is none that we read."""
    pairs = (part.partition("=") for part in text.upper().split(";"))
    said = {name.strip(): value.strip() for name, _, value in pairs}
    if said.get("FREQ") not in _STEPS:
        return None
    until = said.get("UNTIL", "")[:8]
    try:
        return Rule(
            step=said["FREQ"],
            every=max(1, int(said.get("INTERVAL", "1")[:6])),
            count=max(0, int(said.get("COUNT", "0")[:6])),
            until=date(int(until[:4]), int(until[4:6]), int(until[6:])) if until else None,
            days=tuple((int(n or 0), _DAYS[day]) for n, day in _DAY.findall(said.get("BYDAY", ""))),
            month_days=_numbers(said.get("BYMONTHDAY", ""), 31),
            months=_numbers(said.get("BYMONTH", ""), 12),
            places=_numbers(said.get("BYSETPOS", ""), 366),
            week_start=_DAYS.get(said.get("WKST", "MO"), 0),
        )
    except ValueError:
        return None


def times(series: Series, until: datetime) -> Iterator[Appointment]:
    """Every time that the appointment took place by `until`, oldest first; the newest MOST of them."""
    found: deque[datetime] = deque(maxlen=MOST)
    first = series.first.start
    for start in _starts(series, until):
        if start.astimezone(UTC) not in series.without:
            found.append(start)
    extra = [one for one in series.dates if one <= until and one not in series.without]
    starts = sorted({*(one.astimezone(UTC) for one in found), *extra})[-MOST:]
    if not starts and first > until:
        starts = [first]  # still to come: said once, by whoever keeps it
    for start in starts:
        yield replace(series.first, start=start.astimezone(UTC))


def _starts(series: Series, until: datetime) -> Iterator[datetime]:
    first = series.first.start
    rule = parse(series.rule)
    if rule is None:
        if first <= until:
            yield first
        return
    for number, day in enumerate(_days(rule, first.date(), until.date()), 1):
        # The clock time stays as it is through summer and winter: the zone is the appointment's own.
        start = datetime.combine(day, first.timetz())
        if start > until or (rule.until and day > rule.until) or (rule.count and number > rule.count):
            return
        yield start


def _days(rule: Rule, first: date, until: date) -> Iterator[date]:
    """The days of a rule from the first on, which counts as one of them. Of a series that nobody counts
    only the newest periods are looked at."""
    yield first
    most = (until - first).days // (_LENGTHS[rule.step] * rule.every) + 2
    for n in range(
        0 if rule.count else max(0, most - MOST_STEPS), min(most, MOST_STEPS) if rule.count else most
    ):
        try:
            period = _period(rule, first, n * rule.every)
        except (OverflowError, ValueError):
            return
        days = sorted({day for day in period if not rule.months or day.month in rule.months})
        if rule.places:
            days = [days[at - 1 if at > 0 else at] for at in rule.places if abs(at) <= len(days)]
        yield from (day for day in sorted(days) if day > first)


def _period(rule: Rule, first: date, ahead: int) -> list[date]:
    """The days that the rule names in the day, week, month or year so many periods ahead."""
    if rule.step == "DAILY":
        day = first + timedelta(days=ahead)
        fits = not rule.days or day.weekday() in {weekday for _, weekday in rule.days}
        return [day] if fits and _on_day(rule, day) else []
    if rule.step == "WEEKLY":
        start = first - timedelta(days=(first.weekday() - rule.week_start) % 7) + timedelta(weeks=ahead)
        weekdays = [weekday for _, weekday in rule.days] or [first.weekday()]
        return [start + timedelta(days=(weekday - rule.week_start) % 7) for weekday in weekdays]
    if rule.step == "MONTHLY":
        months = first.year * 12 + first.month - 1 + ahead
        return _in_month(rule, months // 12, months % 12 + 1, first)
    year = first.year + ahead
    if rule.days and not rule.months and not rule.month_days:
        return _among([date(year, 1, 1) + timedelta(days=n) for n in range(_length(year))], rule)
    months_named = rule.months or ((first.month,) if not rule.month_days else tuple(range(1, 13)))
    return [day for month in months_named for day in _in_month(rule, year, month, first)]


def _in_month(rule: Rule, year: int, month: int, first: date) -> list[date]:
    last = calendar.monthrange(date(year, month, 1).year, month)[1]
    every = [date(year, month, day) for day in range(1, last + 1)]
    if rule.month_days:
        named = [day for day in every if _on_day(rule, day)]
        weekdays = {weekday for _, weekday in rule.days}
        return [day for day in named if not weekdays or day.weekday() in weekdays]
    if rule.days:
        return _among(every, rule)
    return [every[first.day - 1]] if first.day <= last else []


def _on_day(rule: Rule, day: date) -> bool:
    if not rule.month_days:
        return True
    last = calendar.monthrange(day.year, day.month)[1]
    return day.day in rule.month_days or day.day - last - 1 in rule.month_days


def _among(every: list[date], rule: Rule) -> list[date]:
    """The weekdays of a period that BYDAY names: all of them, the second, the last …"""
    found = []
    for which, weekday in rule.days:
        these = [day for day in every if day.weekday() == weekday]
        if not which:
            found += these
        elif abs(which) <= len(these):
            found.append(these[which - 1 if which > 0 else which])
    return found


def _length(year: int) -> int:
    return 366 if calendar.isleap(year) else 365


def _numbers(text: str, most: int) -> tuple[int, ...]:
    numbers = (int(one) for one in text.split(",")[:most] if one)
    return tuple(one for one in numbers if 0 < abs(one) <= most)
