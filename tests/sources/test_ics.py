"""Calendars: who met when, with everything that calendars do to it."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.sources.ics import SOURCE, appointments
from askwell.sources.record import Appointment, Series, Skipped
from askwell.sources.recurrence import MOST, times

TODAY = datetime(2026, 5, 4, 12, tzinfo=UTC)
KARI = "ATTENDEE;PARTSTAT=ACCEPTED;CN=Kari:mailto:Kari@x.no"


def calendar(*events: str, head: str = "") -> bytes:
    inside = "".join(f"BEGIN:VEVENT\n{one.strip()}\nEND:VEVENT\n" for one in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{inside}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def taken_place(data: bytes) -> list[str]:
    """The times of all appointments up to today, with their summaries."""
    found = []
    for one in appointments(data, "c"):
        assert not isinstance(one, Skipped)
        every = times(one, TODAY) if isinstance(one, Series) else [one]
        found += [f"{each.start.astimezone(UTC):%Y-%m-%d %H:%M} {each.summary}" for each in every]
    return found


def only(data: bytes) -> Appointment:
    (found,) = appointments(data, "c")
    assert isinstance(found, Appointment)
    return found


def test_an_appointment_is_read_whole() -> None:
    one = only(
        calendar(
            f"UID:1\nDTSTART;TZID=Europe/Oslo:20260320T090000\nSUMMARY:Kaffe\\, Fuglen\n{KARI}\n"
            "ORGANIZER:MAILTO:me@x.no\nATTENDEE;CUTYPE=ROOM:mailto:room@x.no\nATTENDEE;PARTSTAT=DECLINED:mailto:\n"
            " ola@x.no\nATTENDEE:mailto:c_18@resource.calendar.google.com\nATTENDEE:urn:uuid:7\n"
            "BEGIN:VALARM\nSUMMARY:alarm\nATTENDEE:mailto:alarm@x.no\nEND:VALARM",
            head="X-WR-CALNAME:me@x.no\n",
        )
    )
    assert one.start == datetime(2026, 3, 20, 8, tzinfo=UTC)
    assert (one.summary, one.owner, one.off, one.whole_day) == ("Kaffe, Fuglen", "me@x.no", False, False)
    assert [(guest.address, guest.answer) for guest in one.guests] == [
        ("kari@x.no", "ACCEPTED"),
        ("ola@x.no", "DECLINED"),
        ("me@x.no", ""),
    ]


@pytest.mark.parametrize(
    "zone",
    ["Europe/Oslo", "W. Europe Standard Time", '"W. Europe Standard Time"', "/mozilla.org/2005/Europe/Oslo"],
)
def test_zones_by_all_their_names(zone: str) -> None:
    assert only(calendar(f"DTSTART;TZID={zone}:20260701T090000")).start == datetime(2026, 7, 1, 7, tzinfo=UTC)


def test_a_zone_that_only_the_calendar_knows() -> None:
    own = (
        "BEGIN:VTIMEZONE\nTZID:Vårt\nBEGIN:DAYLIGHT\nTZOFFSETTO:+0300\nEND:DAYLIGHT\n"
        "BEGIN:STANDARD\nTZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    one = only(calendar("DTSTART;TZID=Vårt:20260701T090000", head=own))
    assert one.start == datetime(2026, 7, 1, 7, tzinfo=UTC)


def test_a_repeated_meeting_keeps_its_hour_and_knows_moved_and_left_out_days() -> None:
    data = calendar(
        "UID:w\nDTSTART;TZID=Europe/Oslo:20260318T090000\nRRULE:FREQ=WEEKLY;BYDAY=WE\nSUMMARY:Møte\n"
        "EXDATE;TZID=Europe/Oslo:20260401T090000",
        "UID:w\nRECURRENCE-ID;TZID=Europe/Oslo:20260408T090000\nDTSTART;TZID=Europe/Oslo:20260409T100000\n"
        "SUMMARY:Møte flyttet",
    )
    assert taken_place(data) == [
        "2026-03-18 08:00 Møte",
        "2026-03-25 08:00 Møte",
        "2026-04-15 07:00 Møte",
        "2026-04-22 07:00 Møte",
        "2026-04-29 07:00 Møte",
        "2026-04-09 08:00 Møte flyttet",
    ]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;COUNT=3", ["04-28", "04-29", "04-30"]),
        ("FREQ=DAILY;INTERVAL=3;UNTIL=20260503T120000Z", ["04-28", "05-01"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH", ["04-28", "04-30"]),
        ("FREQ=MONTHLY;BYDAY=-1TU", ["04-28"]),
        ("FREQ=SECONDLY", ["04-28"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", ["04-28"]),
        ("nonsense", ["04-28"]),
    ],
)
def test_rules(rule: str, days: list[str]) -> None:
    data = calendar(f"UID:r\nDTSTART:20260428T080000Z\nRRULE:{rule}")
    assert taken_place(data) == [f"2026-{day} 08:00 " for day in days]


def test_of_an_endless_series_the_newest_are_kept() -> None:
    found = taken_place(calendar("UID:d\nDTSTART:19990101T080000Z\nRRULE:FREQ=DAILY"))
    assert len(found) == MOST
    assert found[-1] == "2026-05-04 08:00 "


def test_called_off_and_whole_days() -> None:
    assert only(calendar("DTSTART:20260301T080000Z\nSTATUS:CANCELLED")).off
    assert only(calendar("DTSTART:20260301T080000Z", head="METHOD:CANCEL\n")).off
    assert only(calendar("DTSTART;VALUE=DATE:20260301")).whole_day


def test_what_is_broken_says_why() -> None:
    found = list(appointments(calendar("UID:1\nSUMMARY:x", "DTSTART:20261399T080000Z")[:-20], "c"))
    assert [one.why for one in found if isinstance(one, Skipped)] == [
        "an appointment without a date",
        "an appointment without a date",
        "a calendar that is cut off",
    ]


def test_hostile_calendars_are_read_in_little_time() -> None:
    hostile = [
        b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 100_000,
        b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 200_000 + b"END:X\n" * 200_000,
        calendar("DTSTART:20260301T080000Z\n" + "ATTENDEE:mailto:a@b.no\n" * 100_000),
        calendar("DTSTART:20260301T080000Z\nRDATE:" + "20260301T080000Z," * 100_000),
        calendar(*["DTSTART:19000101T080000Z\nRRULE:FREQ=DAILY;BYDAY=MO;BYMONTH=2;BYMONTHDAY=30"] * 20),
        calendar("DTSTART:19000101T080000Z\nRRULE:FREQ=YEARLY;INTERVAL=999999;BYDAY=" + "MO," * 50_000),
        calendar("DTSTART;TZID=" + "x" * 1_000_000 + ":20260301T080000"),
        calendar("DTSTART;TZID=../../../etc/passwd:20260301T080000"),
    ]
    started = time.process_time()
    for data in hostile:
        for one in appointments(data, "c"):
            if isinstance(one, Series):
                list(times(one, TODAY))
    assert time.process_time() - started < 60


@given(st.binary(max_size=300))
def test_any_bytes_are_appointments_or_skipped(data: bytes) -> None:
    SOURCE.recognises(Path("x"), data)
    list(appointments(calendar() + data, "c"))
    list(appointments(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260301T080000Z\n" + data, "c"))


@given(st.text("FREQ=DAILYWKMONTHS;,0123456789-+BYSETPO", max_size=60))
def test_any_rule_comes_to_an_end(rule: str) -> None:
    start = datetime(2026, 1, 1, 8, tzinfo=UTC)
    one = Series(Appointment("u", start, False, "", ()), f"FREQ=MONTHLY;{rule}")
    assert len(list(times(one, TODAY))) <= MOST
