"""The feed of what is due, as another calendar program reads it (the icalendar library)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.app.desk import Desk
from askwell.app.feed import KINDS, feed
from askwell.app.log import log
from askwell.errors import AskwellError
from askwell.exports.agenda import Entry, agenda

STORY = """
me Ingrid Dahl <ingrid@example.no>
person kari "Kari Nordmann" <kari@nordlys.example>
2026-04-20 message me -> kari "Hei Kari! Hvem i HR bør jeg skrive til?" subject="HR"
2026-04-24 message kari -> me "Skriv til Anne Moen i HR: anne@nordlys.example" subject="Sv: HR"
2026-04-24 favour kari -> me contact_detail "ga meg navnet, og mer"
"""


def _events(text: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_thanks_that_are_due_stand_on_today_with_an_alarm(told: Callable[[str], Desk]) -> None:
    (event,) = _events(feed(told(STORY), ["thank"]))
    assert event["summary"] == "Thank: Kari Nordmann"
    assert event["dtstart"].dt == date(2026, 5, 4)
    assert "ga meg navnet, og mer" in event["description"]
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(hours=9)
    assert not _events(feed(told(STORY), ["thank"], alarms=False))[0].walk("VALARM")


def test_an_entry_keeps_its_name_while_it_waits_and_is_gone_when_done(told: Callable[[str], Desk]) -> None:
    desk = told(STORY)
    (now,) = _events(feed(desk, ["thank"]))
    (later,) = _events(feed(replace(desk, today=date(2026, 5, 6)), ["thank"]))
    assert now["uid"] == later["uid"]
    assert later["dtstart"].dt == date(2026, 5, 6)
    assert int(later["sequence"]) > int(now["sequence"])
    log(desk, "thanks me -> kari")
    assert not _events(feed(desk, ["thank"]))


def test_feeds_are_apart_by_kind_and_together_in_one(told: Callable[[str], Desk]) -> None:
    desk = told(STORY)
    apart = [event["uid"] for kind in KINDS for event in _events(feed(desk, [kind]))]
    together = [event["uid"] for event in _events(feed(desk))]
    assert sorted(apart) == sorted(together)
    assert len(set(together)) == len(together) >= 1


def test_an_unknown_kind_is_named(told: Callable[[str], Desk]) -> None:
    with pytest.raises(AskwellError, match="nag"):
        feed(told(STORY), ["nag"])


@given(st.text(), st.text(), st.dates(date(1970, 1, 1), date(9000, 1, 1)))
def test_any_words_survive_the_calendar(title: str, text: str, day: date) -> None:
    from datetime import UTC, datetime

    written = agenda("A", [Entry("thank", title, title, day, text)], datetime(2026, 5, 4, tzinfo=UTC))
    lines = written.encode("utf-8", "replace").split(b"\r\n")
    assert lines[-1] == b"" and all(len(line) <= 75 for line in lines)
    assert sum(line == b"BEGIN:VEVENT" for line in lines) == 1
    (event,) = _events(written)
    assert event["dtstart"].dt == day
