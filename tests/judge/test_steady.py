"""A standing that is taken to hold until a day is the same on every day until then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.judge.line import line, pack, unpack
from askwell.judge.standing import standing
from askwell.judge.steady import FAR, steady_until
from askwell.ledger.history import Event, History
from askwell.ledger.person import Person

TODAY = date(2026, 5, 4)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
OUTCOMES = ("open", "open", "holding", "granted", "partly", "declined", "answered", "withdrawn")


@st.composite
def events(draw: st.DrawFn) -> Event:
    ago = draw(st.integers(-40, 60) | st.integers(-40, 900))
    kind = draw(
        st.sampled_from(("message",) * 4 + ("meeting", "ask", "ask", "favour", "favour", "thanks", "need"))
        | st.sampled_from(("report_back", "offer", "intro", "nudge", "note"))
    )
    by = "both" if kind == "meeting" else draw(st.sampled_from(("me", "them")))
    at = NOON - timedelta(days=ago, hours=draw(st.integers(0, 20)))
    ask = kind == "ask"
    outcome = draw(st.sampled_from(OUTCOMES)) if ask else draw(st.sampled_from(("", "taken")))
    closed = draw(st.none() | st.integers(0, 60)) if ask and outcome not in ("open", "holding") else None
    return Event(
        at,
        kind,
        by,
        text=f"{kind} {ago}",
        source=draw(st.sampled_from(("said:1", "a@x"))),
        about=draw(st.sampled_from(("advice", "job", "chat", "other"))),
        favour=draw(st.booleans()) if ask else kind == "favour",
        size=draw(st.sampled_from((1.0, 3.0, 5.0, 9.0))),
        outcome=outcome,
        closed=at + timedelta(days=closed) if closed is not None else None,
        words=draw(st.sampled_from((5, 80))),
        pause=kind == "message" and draw(st.integers(0, 9)) == 0,
    )


@st.composite
def histories(draw: st.DrawFn) -> History:
    floor = draw(st.sampled_from(("", "", "new", "warming", "established", "close")))
    circle = draw(st.sampled_from(("professional", "professional", "personal")))
    person = Person("kari", "Kari Nordmann", ("kari@x.example",), circle=circle, floor=floor)
    found = draw(st.lists(events(), max_size=14))
    regular = draw(st.sampled_from((0, 0, 6, 25)))
    start = draw(st.integers(0, 200))
    for n in range(regular):  # so that close ties are among them
        at = NOON - timedelta(days=start + 9 * n)
        found += [Event(at, "message", "me", words=60), Event(at + timedelta(1), "message", "them", words=60)]
    return History(person, tuple(sorted(found, key=lambda one: one.at)))


@settings(max_examples=150, deadline=None)
@given(histories(), st.data())
def test_nothing_changes_before_the_day_until_which_it_holds(history: History, data: st.DataObject) -> None:
    found = standing(history, TODAY)
    until = steady_until(history, found, TODAY)
    assert until >= TODAY
    days = (until - TODAY).days
    looked_at = {0, days, *data.draw(st.lists(st.integers(0, days), max_size=6)), *range(min(days, 8))}
    for n in sorted(looked_at):
        assert line(standing(history, TODAY + timedelta(days=n))) == line(found), n


ALONE = {
    "favour": Event(NOON, "favour", "them", source="said:1", about="advice", favour=True, size=2.0),
    "large favour": Event(NOON, "favour", "them", source="said:1", about="job", favour=True, size=9.0),
    "ask that was met": Event(
        NOON, "ask", "me", source="a@x", about="chat", favour=True, size=3.0, outcome="granted", closed=NOON
    ),
    "ask that was refused": Event(
        NOON, "ask", "me", source="a@x", about="job", favour=True, size=9.0, outcome="declined", closed=NOON
    ),
    "need": Event(NOON, "need", "them", text="somebody who can read proofs", source="a@x"),
    "letter": Event(NOON, "message", "them", words=50),
}


@pytest.mark.parametrize("name", ALONE)
@pytest.mark.parametrize("ago", [-5, -1, 0, 1, 5, 13, 14, 15, 59, 89, 90, 119, 180, 363, 365])
def test_no_single_thing_lasts_too_long(name: str, ago: int) -> None:
    """With much had, so that giving back is thought of; and the day on which it may change is not far off."""
    old = NOON - timedelta(days=700)
    had = [Event(old, "favour", "them", source="said:2", about="job", favour=True, size=9.0)] * 2
    thanked = Event(NOON - timedelta(days=698), "thanks", "me", source="said:3")
    told = replace(thanked, kind="report_back")
    one = ALONE[name]
    moved = replace(
        one, at=one.at - timedelta(days=ago), closed=one.closed - timedelta(days=ago) if one.closed else None
    )
    thanks = replace(thanked, at=moved.at + timedelta(hours=1))
    much = (had[0], replace(had[0], at=old + timedelta(days=1)), thanked, told)
    for events in ((moved,), (moved, thanks), (*much, moved)):
        history = History(Person("kari", "Kari"), events)
        found = standing(history, TODAY)
        days = (steady_until(history, found, TODAY) - TODAY).days
        for n in {*range(min(days, 3) + 1), *range(max(0, days - 2), days + 1)}:
            assert line(standing(history, TODAY + timedelta(days=n))) == line(found), n


@settings(max_examples=60, deadline=None)
@given(st.lists(histories(), max_size=3))
def test_a_line_comes_back_as_it_was(many: list[History]) -> None:
    lines = [line(standing(one, TODAY)) for one in many]
    assert unpack(map(pack, lines)) == lines


def test_who_has_long_been_silent_holds_for_years() -> None:
    old = tuple(Event(NOON - timedelta(days=2000 + n), "message", "them", words=50) for n in range(9, 0, -1))
    history = History(Person("kari", "Kari"), old)
    until = steady_until(history, standing(history, TODAY), TODAY)
    assert until >= TODAY + timedelta(days=FAR)


def test_a_silence_after_an_ask_is_looked_at_every_day() -> None:
    ask = Event(NOON - timedelta(days=3), "ask", "me", about="chat", favour=True, size=3.0, outcome="open")
    history = History(Person("kari", "Kari"), (ask,))
    assert steady_until(history, standing(history, TODAY), TODAY) == TODAY


def test_what_is_no_line_is_refused() -> None:
    with pytest.raises(ValueError, match="no line"):
        unpack(["[1, 2]"])
