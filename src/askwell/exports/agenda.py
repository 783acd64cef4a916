"""What is due as an iCalendar feed (RFC 5545, with the names and refresh time of RFC 7986)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from askwell.exports.contentlines import escaped, folded

MORNING = "PT9H"
"""An alarm rings nine hours into the day, local time."""
REFRESH = "PT1H"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing due: `kind` is a category, `id` stays the same while it waits."""

    kind: str
    id: str
    title: str
    day: date
    text: str = ""


def agenda(title: str, entries: Iterable[Entry], now: datetime, *, alarms: bool = True) -> str:
    """A calendar of whole days. It blocks no time. The same entries at the same moment give the same text."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Askwell//Askwell//EN", "CALSCALE:GREGORIAN"]
    lines += [f"NAME:{escaped(title)}", f"X-WR-CALNAME:{escaped(title)}"]
    lines += [f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}", f"X-PUBLISHED-TTL:{REFRESH}"]
    for one in sorted(entries, key=lambda each: (each.day, each.id)):
        lines += _event(one, now, alarms)
    return "".join(map(folded, [*lines, "END:VCALENDAR"]))


def _event(one: Entry, now: datetime, alarms: bool) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(one.id.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}@askwell.invalid"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    # A newer day is a newer version: clients that keep what they have look at SEQUENCE.
    yield f"SEQUENCE:{one.day.toordinal()}"
    yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(one.title)}"
    if one.text:
        yield f"DESCRIPTION:{escaped(one.text)}"
    yield f"CATEGORIES:{escaped(one.kind)}"
    yield from ("TRANSP:TRANSPARENT", "CLASS:PRIVATE")
    if alarms:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(one.title)}")
        yield from (f"TRIGGER:{MORNING}", "END:VALARM")
    yield "END:VEVENT"
