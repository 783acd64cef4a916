"""MODEL.md 3.6: waiting, holidays, what is learned from own mail, and properties P25 to P30."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.ledger.history import Event, History
from askwell.ledger.holidays import easter, holidays_between, is_holiday
from askwell.ledger.person import Person
from askwell.ledger.quiet import STATES, quiet, silent_days
from askwell.ledger.rhythm import STAGE_PRIORS, Priors, learn, rhythm, still_silent

ASKED = date(2026, 2, 2)
KARI = Person("kari", "Kari Nordmann")


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def line(day: date, by: str, hour: int = 12, pause: bool = False) -> Event:
    return Event(at(day, hour), "message", by, words=60, pause=pause)


def ask(day: date = ASKED, size: float = 3.0) -> tuple[Event, ...]:
    return line(day, "me"), Event(at(day), "ask", "me", about="chat", size=size, outcome="open", favour=True)


def weekly(weeks: int = 10, before: date = ASKED) -> tuple[Event, ...]:
    days = [before - timedelta(days=7 * n) for n in range(weeks, 0, -1)]
    return tuple(one for day in days for one in (line(day, "me"), line(day, "them", 15)))


def state(history: History, days: int, priors: Priors | None = None) -> str:
    return quiet(history, ASKED + timedelta(days=days), priors or Priors()).state


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25), (2000, 4, 23)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


def test_holidays_of_norway() -> None:
    assert is_holiday(date(2026, 7, 15)) and is_holiday(date(2026, 12, 24)) and is_holiday(date(2026, 4, 2))
    assert not is_holiday(date(2026, 8, 1)) and not is_holiday(date(2026, 5, 4))
    assert holidays_between(date(2026, 7, 5), date(2026, 7, 27)) == 21


def test_from_waiting_over_a_fair_reminder_to_quiet() -> None:
    days = (0, 6, 7, 20, 22, 60)
    little_known, weekly_mail = History(KARI, weekly(3) + ask()), History(KARI, weekly() + ask())
    usual = ["waiting", "waiting", "nudge_ok", "nudge_ok"]
    assert [state(little_known, n) for n in days] == [*usual, "slow", "quiet"]
    assert [state(weekly_mail, n) for n in days] == [*usual, "quiet", "quiet"]


def test_one_reminder_is_the_last() -> None:
    nudged = History(KARI, (*weekly(), *ask(), Event(at(ASKED + timedelta(days=8)), "nudge", "me")))
    found = quiet(nudged, ASKED + timedelta(days=12))
    assert (found.state, found.nudges, found.nudge_from) == ("slow", 1, None)


def test_the_day_of_a_fair_reminder_passes_over_holidays() -> None:
    summer = date(2026, 7, 3)
    history = History(KARI, weekly(before=summer) + ask(summer))
    assert quiet(history, date(2026, 7, 10)).nudge_from == date(2026, 7, 31)


def test_an_automatic_answer_stops_the_clock() -> None:
    away = History(KARI, (*weekly(), *ask(), line(ASKED, "them", 13, pause=True)))
    assert silent_days(away, ASKED, ASKED + timedelta(days=14)) == 0
    assert silent_days(away, ASKED, ASKED + timedelta(days=20)) == 6
    assert state(away, 18) == "waiting"


def test_an_old_slow_friend_is_given_more_time() -> None:
    days = [ASKED - timedelta(days=40 * n) for n in range(8, 0, -1)]
    events = tuple(one for day in days for one in (line(day, "me"), line(day + timedelta(days=12), "them")))
    slow = History(KARI, events + ask())
    assert state(slow, 10) == "waiting"
    assert state(slow, 13) == "nudge_ok"


def test_openings_and_waits() -> None:
    pace = rhythm(History(KARI, weekly() + ask()), ASKED + timedelta(days=3))
    assert len(pace.opened) == 10 and all(answered for _, answered in pace.opened)
    assert pace.waits == (0.125,) * 10
    assert (pace.usual_gap, pace.contact_days) == (7.0, 11)


def test_own_mail_replaces_a_prior_only_from_thirty_openings() -> None:
    def strangers(count: int) -> list[History]:
        return [History(replace(KARI, key=f"p{n}"), (line(date(2025, 3, 3), "me"),)) for n in range(count)]

    few, many = learn(strangers(29), ASKED), learn(strangers(30), ASKED)
    assert few.reply["unknown"] == STAGE_PRIORS["unknown"] and not few.learned("unknown")
    assert many.reply["unknown"] == 0.0 and many.learned("unknown")
    assert many.counts["unknown"] == 30
    assert many.silent == Priors().silent


def test_a_fresh_opening_is_not_counted_as_silence() -> None:
    young = [History(KARI, (line(ASKED - timedelta(days=10), "me"),))]
    assert learn(young, ASKED).counts == {}


def test_a_cause_is_named_only_when_asks_are_answered_less_than_other_mail() -> None:
    days = [ASKED - timedelta(days=40 * n) for n in range(20, 0, -1)]
    other = [one for day in days[::2] for one in (line(day, "me"), line(day, "them", 15))]
    ignored = [one for day in days[1::2] for one in ask(day, 5.0)]
    events = tuple(sorted([*other, *ignored, *ask(size=5.0)], key=lambda one: one.at))
    assert quiet(History(KARI, events), ASKED + timedelta(days=40)).says_cause
    answered = tuple(one for one in events if one.kind != "ask" or one.at.date() == ASKED)
    assert not quiet(History(KARI, answered), ASKED + timedelta(days=40)).says_cause


stages = st.sampled_from(("new", "warming", "established", "close"))
waits = st.lists(st.floats(0, 29), max_size=10).map(lambda many: tuple(sorted(many)))


@given(st.floats(0, 40), st.floats(0, 40), waits)
def test_p25_an_answer_grows_rarer_with_silence(one: float, other: float, own: tuple[float, ...]) -> None:
    sooner, later = sorted((one, other))
    assert still_silent(later, own) <= still_silent(sooner, own) + 1e-12


def test_p26_closer_stages_answer_more() -> None:
    shares = [STAGE_PRIORS[stage] for stage in ("unknown", "new", "warming", "established", "close")]
    assert shares == sorted(shares)


@given(st.integers(1, 12), st.integers(0, 1), st.integers(0, 200), st.integers(0, 200))
def test_p27_a_state_never_goes_back_as_silence_grows(weeks: int, nudges: int, one: int, other: int) -> None:
    reminders = tuple(Event(at(ASKED, 13), "nudge", "me") for _ in range(nudges))
    history = History(KARI, weekly(weeks) + ask() + reminders)
    sooner, later = sorted((one, other))
    # after half a year an ask has lapsed, and there is nothing to wait for
    if later <= 180:
        assert STATES.index(state(history, sooner)) <= STATES.index(state(history, later))


@given(st.integers(1, 150), st.integers(0, 100))
def test_p28_any_word_from_them_clears_it(after: int, later: int) -> None:
    heard = History(KARI, (*weekly(), *ask(), line(ASKED + timedelta(days=after), "them")))
    assert state(heard, after + later) == "in_touch"


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 90))
def test_p29_holidays_never_worsen_it(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    assert silent_days(History(KARI), start, end) <= days


@given(st.integers(0, 150))
def test_p30_of_a_new_contact_no_cause_is_named(days: int) -> None:
    found = quiet(History(KARI, weekly(2) + ask(size=9.0)), ASKED + timedelta(days=days))
    assert not found.known and not found.says_cause
