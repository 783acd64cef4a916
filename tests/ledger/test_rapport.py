"""MODEL.md 3.2: the fixture values, and properties P1 to P11."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.ledger.history import Event, History
from askwell.ledger.person import Person
from askwell.ledger.rapport import contact, rank, rapport, rapport_of, weight

TODAY = date(2026, 1, 1)
KARI = Person("kari", "Kari Nordmann")
YEAR_OF_WEEKS = {7 * week: "coffee" for week in range(52)}
YEAR_OF_MONTHS = {2 + 30 * month: "both" for month in range(12)} | {20 + 91 * n: "coffee" for n in range(4)}


def event(ago: int, what: str, people: int = 1) -> list[Event]:
    at = datetime.combine(TODAY - timedelta(days=ago), datetime.min.time(), UTC) + timedelta(hours=10)
    if what in ("coffee", "crowd"):
        return [Event(at, "meeting", "both", people=people)]
    sides = ("me", "them") if what == "both" else (what,)
    return [Event(at, "message", side, words=60, people=people) for side in sides]


def events(days: dict[int, str], people: int = 1) -> tuple[Event, ...]:
    return tuple(one for ago, what in days.items() for one in event(ago, what, people))


FIXTURES = [
    ("met once", {1: "coffee"}, 1, 0, 23.6, "new", ""),
    ("and a mail each way", {7: "coffee", 6: "both"}, 1, 0, 33.1, "warming", ""),
    ("three exchanges in five weeks", {35: "both", 21: "both", 7: "both"}, 1, 0, 40.0, "warming", ""),
    ("monthly for six months", {2 + 30 * k: "both" for k in range(6)}, 1, 0, 60.7, "established", ""),
    ("monthly, and coffee each quarter", YEAR_OF_MONTHS, 1, 0, 85.4, "close", ""),
    ("a weekly colleague", YEAR_OF_WEEKS, 1, 0, 100.0, "close", ""),
    ("the same, eight months later", YEAR_OF_WEEKS, 1, 241, 77.6, "dormant", "close"),
    ("three and a half years later", YEAR_OF_WEEKS, 1, 1278, 23.0, "dormant", "close"),
    ("cold mails", dict.fromkeys((1, 9, 20, 33, 50), "me"), 1, 0, 0.0, "new", ""),
    ("large meetings", {7 * k: "crowd" for k in range(20)}, 30, 0, 4.1, "unknown", ""),
    ("nothing", {}, 1, 0, 0.0, "unknown", ""),
]


@pytest.mark.parametrize(("name", "days", "people", "later", "score", "stage", "was"), FIXTURES)
def test_fixture_values(
    name: str, days: dict[int, str], people: int, later: int, score: float, stage: str, was: str
) -> None:
    found = rapport(History(KARI, events(days, people)), TODAY + timedelta(days=later))
    assert (found.stage, found.was) == (stage, was), name
    assert found.score == pytest.approx(score, abs=0.1), name


def test_twenty_mails_each_way_in_one_day_are_one_day() -> None:
    day = events({1: "both"}) * 20
    found = rapport(History(KARI, day), TODAY)
    assert (round(found.score, 1), found.stage) == (17.4, "new")


def test_long_dormant_is_said_after_three_years() -> None:
    old = History(KARI, events(YEAR_OF_WEEKS))
    assert rapport(old, TODAY + timedelta(days=1278)).long_dormant
    assert not rapport(old, TODAY + timedelta(days=241)).long_dormant


def test_a_floor_holds_and_never_lowers() -> None:
    knows = replace(KARI, floor="established")
    found = rapport(History(knows, ()), TODAY)
    assert (found.stage, found.score, found.by_floor) == ("established", 45.0, True)
    found = rapport(History(knows, events(YEAR_OF_MONTHS)), TODAY)
    assert (found.stage, found.by_floor) == ("close", False)


def test_an_act_read_in_a_message_is_not_counted_twice() -> None:
    at = datetime(2025, 12, 1, tzinfo=UTC)
    short = Event(at, "message", "me", words=5, source="<a@b>")
    assert weight(Event(at, "ask", "me", source="<a@b>")) == 0.0
    assert weight(Event(at, "ask", "me", source="said:4")) == 1.0
    assert weight(short) == 0.6
    assert weight(replace(short, pause=True)) == 0.0


days = st.integers(0, 900)
one_event = st.tuples(
    days, st.sampled_from(("me", "them", "both", "coffee", "crowd")), st.integers(1, 40)
).map(lambda drawn: event(*drawn))
some_events = st.lists(one_event, max_size=30).map(lambda many: tuple(e for few in many for e in few))


@given(some_events)
def test_p1_the_score_stays_in_its_range(given_events: tuple[Event, ...]) -> None:
    assert 0.0 <= rapport(History(KARI, given_events), TODAY).score <= 100.0


@given(some_events, one_event)
def test_p2_p3_an_event_more_never_lowers_anything(all_events: tuple[Event, ...], more: list[Event]) -> None:
    before = rapport(History(KARI, all_events), TODAY)
    after = rapport(History(KARI, (*all_events, *more)), TODAY)
    assert after.score >= before.score - 1e-9
    # A resting tie that is woken is what it is now: to rest is no step among those of the living.
    assert before.stage == "dormant" or rank(after.stage) >= rank(before.stage)
    active = before.silent is not None and before.silent <= 180
    assert not (active and after.stage == "dormant")


@given(some_events, st.integers(0, 2000))
def test_p4_time_alone_never_raises_the_score(all_events: tuple[Event, ...], later: int) -> None:
    history = History(KARI, all_events)
    now, then = rapport(history, TODAY), rapport(history, TODAY + timedelta(days=later))
    assert then.score <= now.score + 1e-9


@given(st.lists(days, max_size=20))
def test_p5_a_monologue_is_no_rapport(agos: list[int]) -> None:
    mine = tuple(one for ago in agos for one in event(ago, "me"))
    assert rapport(History(KARI, mine), TODAY).score == 0.0


@given(some_events, days)
def test_p6_an_automatic_answer_changes_nothing(all_events: tuple[Event, ...], ago: int) -> None:
    automatic = replace(event(ago, "them")[0], pause=True)
    assert rapport(History(KARI, (*all_events, automatic)), TODAY) == rapport(
        History(KARI, all_events), TODAY
    )


@given(some_events, st.randoms(use_true_random=False))
def test_p7_order_plays_no_part(all_events: tuple[Event, ...], chance: object) -> None:
    shuffled = list(all_events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rapport(History(KARI, tuple(shuffled)), TODAY) == rapport(History(KARI, all_events), TODAY)


@given(some_events, st.integers(1, 400))
def test_p8_the_future_counts_for_nothing(all_events: tuple[Event, ...], ahead: int) -> None:
    future = event(-ahead, "both")
    assert rapport(History(KARI, (*all_events, *future)), TODAY) == rapport(History(KARI, all_events), TODAY)


@given(some_events)
def test_p9_the_same_day_and_direction_again_changes_nothing(all_events: tuple[Event, ...]) -> None:
    assert rapport(History(KARI, all_events * 2), TODAY) == rapport(History(KARI, all_events), TODAY)


@given(some_events)
def test_p10_depth_does_not_ask_who_wrote(all_events: tuple[Event, ...]) -> None:
    other = {"me": "them", "them": "me", "both": "both"}
    turned = tuple(replace(one, by=other[one.by]) for one in all_events)
    depth = rapport(History(KARI, all_events), TODAY).depth
    assert rapport(History(KARI, turned), TODAY).depth == pytest.approx(depth)


@given(some_events, st.integers(-12, 12))
def test_p11_a_shift_by_whole_blocks_changes_nothing(all_events: tuple[Event, ...], blocks: int) -> None:
    shift = timedelta(days=30 * blocks)
    moved = tuple(replace(one, at=one.at + shift) for one in all_events)
    before = rapport(History(KARI, all_events), TODAY)
    after = rapport(History(KARI, moved), TODAY + shift)
    assert (after.score, after.stage, after.was) == (before.score, before.stage, before.was)


@given(some_events, some_events)
def test_summaries_of_parts_merge_into_the_whole(one: tuple[Event, ...], other: tuple[Event, ...]) -> None:
    merged = contact(one).merged(contact(other))
    assert merged == contact(other).merged(contact(one))
    assert rapport_of(merged, TODAY) == rapport_of(contact(one + other), TODAY)
