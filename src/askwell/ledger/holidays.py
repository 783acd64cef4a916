"""When Norwegians are away: fellesferie, Christmas and Easter. Silence on these days says nothing (3.6)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache


@lru_cache(maxsize=64)
def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher), for years from 1583."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def is_holiday(day: date) -> bool:
    """Weeks 28 to 30, 22 December to 1 January, and from Palm Sunday to Easter Monday."""
    if 28 <= day.isocalendar().week <= 30:
        return True
    if (day.month == 12 and day.day >= 22) or (day.month == 1 and day.day == 1):
        return True
    sunday = easter(day.year)
    return sunday - timedelta(days=7) <= day <= sunday + timedelta(days=1)


def holidays_between(start: date, end: date, most: int = 400) -> int:
    """How many days after `start`, up to and with `end`, are holidays; `most` caps how many are looked at."""
    days = min(most, (end - start).days)
    return sum(is_holiday(start + timedelta(days=n)) for n in range(1, days + 1))
