"""Calendars (iCalendar, RFC 5545): who met when. Own reader on the lines that vCard is made of too.

An appointment that was moved (RECURRENCE-ID) stands for the time it was moved from; rooms and other
resources are no guests; zones are found by their IANA name, by the name that Windows gives them, or by
what the calendar itself says of them. Tasks, alarms and free-busy lists are left out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

from askwell.sources.addresses import clean_address
from askwell.sources.contentlines import Line, lines
from askwell.sources.record import Appointment, Guest, Item, Series, Skipped

LARGEST = 256 << 20
MOST_GUESTS = 500
MOST_DATES = 2_000
LONGEST_ZONE = 100
_START = re.compile(rb"\s*BEGIN[ \t]*:[ \t]*VCALENDAR\s", re.I)
_WHEN = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)")
_NOBODY = re.compile(
    r"@(?:resource|group)\.calendar\.google\.com$|@(?:import|unknown)\.calendar\.google\.com$"
)
_ROOMS = ("ROOM", "RESOURCE", "GROUP")
_CANCELLED = "CANCELLED"


class Calendar:
    """Calendars as `.ics` files."""

    name = "ics"

    def recognises(self, path: Path, head: bytes) -> bool:  # noqa: ARG002
        return _START.match(head.removeprefix(b"\xef\xbb\xbf")) is not None

    def read(self, path: Path, start: int = 0) -> Iterator[Item]:  # noqa: ARG002
        if path.stat().st_size > LARGEST:
            yield Skipped(path.name, "a calendar of over 256 MB")
            return
        yield from appointments(path.read_bytes(), path.name)


@dataclass(slots=True)
class _Read:
    """What was seen of a calendar so far."""

    owner: str = ""
    off: bool = False
    zones: dict[str, tzinfo] = field(default_factory=dict)
    events: list[list[Line]] = field(default_factory=list)
    cut: bool = False


def appointments(data: bytes, name: str) -> Iterator[Appointment | Series | Skipped]:
    """The appointments of a calendar, in the order of their first mention."""
    calendar = _taken_apart(data)
    moved: dict[str, set[datetime]] = {}
    read = [_event(event, calendar, f"{name}, event {n}") for n, event in enumerate(calendar.events, 1)]
    for one in read:
        if isinstance(one, _Event) and one.instead:
            moved.setdefault(one.appointment.uid, set()).add(one.instead)
    for one in read:
        if isinstance(one, Skipped):
            yield one
        elif one.instead or not (one.rule or one.dates):
            yield one.appointment
        else:
            without = one.without | moved.get(one.appointment.uid, set())
            yield Series(one.appointment, one.rule, one.dates, frozenset(without))
    if calendar.cut:
        yield Skipped(name, "a calendar that is cut off")


def _taken_apart(data: bytes) -> _Read:
    """The events with their lines; what stands inside an event (alarms) is left out."""
    read = _Read()
    inside: list[str] = []
    lines_here: list[Line] = []
    zone: list[Line] = []
    for line in lines(data):
        if line.name == "BEGIN":
            inside.append(line.value.upper())
            if inside[-1] == "VEVENT":
                lines_here = []
            elif inside[-1] == "VTIMEZONE":
                zone = []
        elif line.name == "END" and inside:
            ended = inside.pop()
            if ended == "VEVENT":
                read.events.append(lines_here)
            elif ended == "VTIMEZONE":
                _keep_zone(read, zone)
        elif inside[-1:] == ["VEVENT"]:
            lines_here.append(line)
        elif "VTIMEZONE" in inside:
            zone.append(line)
        elif inside[-1:] == ["VCALENDAR"]:
            _of_calendar(read, line)
    read.cut = bool(inside)
    return read


def _of_calendar(read: _Read, line: Line) -> None:
    if line.name == "METHOD":
        read.off = line.value.upper() == "CANCEL"
    elif line.name == "X-WR-CALNAME" and "@" in line.value and " " not in line.value:
        read.owner = clean_address(line.value)


def _keep_zone(read: _Read, zone: list[Line]) -> None:
    """A zone under the calendar's own name for it; its offset without summer time if nobody knows it."""
    said = {line.name: line.value for line in zone}
    name = said.get("TZID", "")
    found = _zone(name) or _zone(said.get("X-LIC-LOCATION", ""))
    offsets = [one for line in zone if line.name == "TZOFFSETTO" and (one := _OFFSET.match(line.value))]
    if name and found:
        read.zones[name] = found
    elif name and offsets:
        least = min(offsets, key=lambda one: int(one[1] + one[2] + one[3]))
        minutes = int(least[2]) * 60 + int(least[3])
        if minutes < 24 * 60:
            read.zones[name] = timezone(timedelta(minutes=-minutes if least[1] == "-" else minutes))


@dataclass(frozen=True, slots=True)
class _Event:
    appointment: Appointment
    rule: str
    dates: tuple[datetime, ...]
    without: frozenset[datetime]
    instead: datetime | None


def _event(event: list[Line], calendar: _Read, where: str) -> _Event | Skipped:
    said: dict[str, list[Line]] = {}
    for line in event:
        said.setdefault(line.name, []).append(line)
    start = next((_when(line.value, line, calendar) for line in said.get("DTSTART", ())), None)
    if start is None:
        return Skipped(where, "an appointment without a date")
    summary = next((line.text for line in said.get("SUMMARY", ())), "")
    status = next((line.value.upper() for line in said.get("STATUS", ())), "")
    appointment = Appointment(
        uid=next((line.value for line in said.get("UID", ())), where),
        start=start,
        whole_day="T" not in said["DTSTART"][0].value,
        summary=" ".join(summary.split())[:300],
        guests=_guests(said),
        owner=calendar.owner,
        off=calendar.off or status == _CANCELLED,
        where=where,
    )
    rule = next((line.value for line in said.get("RRULE", ())), "")
    dates = tuple(_all_dates(said.get("RDATE", ()), calendar))
    without = frozenset(_all_dates(said.get("EXDATE", ()), calendar))
    moved = next((_when(line.value, line, calendar) for line in said.get("RECURRENCE-ID", ())), None)
    return _Event(appointment, rule, dates, without, moved and moved.astimezone(UTC))


def _guests(said: dict[str, list[Line]]) -> tuple[Guest, ...]:
    found: dict[str, Guest] = {}
    for line in (*said.get("ATTENDEE", ())[:MOST_GUESTS], *said.get("ORGANIZER", ())[:1]):
        address = clean_address(
            line.value.split(":", 1)[-1] if line.value[:7].lower() == "mailto:" else line.value
        )
        if "@" not in address:
            address = clean_address(line.params.get("EMAIL", ""))
        room = line.params.get("CUTYPE", "").upper() in _ROOMS or _NOBODY.search(address)
        if "@" in address and "/" not in address and not room:
            found.setdefault(address, Guest(address, line.params.get("PARTSTAT", "").upper()))
    return tuple(found.values())


def _all_dates(said: list[Line] | tuple[()], calendar: _Read) -> Iterator[datetime]:
    for line in said[:MOST_DATES]:
        for value in line.value.split(",")[:MOST_DATES]:
            if (at := _when(value.partition("/")[0], line, calendar)) is not None:
                yield at.astimezone(UTC)


def _when(value: str, line: Line, calendar: _Read) -> datetime | None:
    """A date or time, aware. A whole day begins at midnight UTC; a time of no zone is taken as UTC."""
    found = _WHEN.fullmatch(value.strip())
    if found is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if not 1900 <= day.year <= 2200:
            return None
        if found[4] is None:
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        name = line.params.get("TZID", "")
        zone = UTC if found[7] or not name else calendar.zones.get(name) or _zone(name) or UTC
        clock = (int(found[4]), int(found[5]), min(59, int(found[6])))
        return datetime(day.year, day.month, day.day, *clock, tzinfo=zone)
    except ValueError:
        return None


def _zone(name: str) -> tzinfo | None:
    """The zone of an IANA name, also at the end of a path (Mozilla), or of a Windows name."""
    return _named_zone(name.strip('"')) if len(name) < LONGEST_ZONE else None


@lru_cache(maxsize=200)
def _named_zone(name: str) -> tzinfo | None:
    for one in (name, _windows().get(name, ""), "/".join(name.split("/")[-2:])):
        try:
            if one and not one.startswith("/"):
                return ZoneInfo(one)
        except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
            continue
    return None


@lru_cache(maxsize=1)
def _windows() -> dict[str, str]:
    path = resources.files("askwell.sources") / "windows_zones.toml"
    return {str(name): str(zone) for name, zone in tomllib.loads(path.read_text("utf-8")).items()}


SOURCE = Calendar()
