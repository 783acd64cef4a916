"""MODEL.md 3.5: thanks, telling how it went, pauses, and properties P19 to P23."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.ledger import favours
from askwell.ledger.history import Event, History
from askwell.ledger.person import Person

TODAY = date(2026, 11, 25)
KARI = Person("kari", "Kari Nordmann")


def ago(days: int, kind: str, by: str, **more: object) -> Event:
    at = datetime.combine(TODAY - timedelta(days=days), datetime.min.time(), UTC) + timedelta(hours=12)
    closed = more.pop("closed", None)
    when = at + timedelta(days=int(str(closed))) if closed is not None else None
    return Event(at, kind, by, source=f"said:{days}", closed=when, **more)  # type: ignore[arg-type]


def history(*events: Event) -> History:
    return History(KARI, tuple(sorted(events, key=lambda one: one.at)))


def asked(days: int, about: str, size: float, outcome: str = "open", closed: int | None = None) -> Event:
    return ago(days, "ask", "me", about=about, size=size, outcome=outcome, favour=True, closed=closed)


@pytest.mark.parametrize(
    ("days", "due", "late"), [(0, 0, 0), (1, 1, 0), (3, 1, 0), (4, 1, 1), (14, 1, 1), (15, 0, 1), (31, 0, 0)]
)
def test_thanks_are_due_from_a_day_after_and_late_after_three(days: int, due: int, late: int) -> None:
    helped = history(ago(days, "favour", "them", about="advice", size=2.0))
    assert len(favours.thanks_due(helped, TODAY)) == due
    assert len(favours.thanks_overdue(helped, TODAY)) == late


@pytest.mark.parametrize(("size", "days"), [(2.0, 30), (3.5, 180), (5.0, 365)])
def test_small_help_is_not_held_against_anybody_for_long(size: float, days: int) -> None:
    def late(ago_days: int) -> int:
        helped = history(ago(ago_days, "favour", "them", about="other", size=size))
        return len(favours.thanks_overdue(helped, TODAY))

    assert (late(days), late(days + 1)) == (1, 0)


def test_thanks_cover_what_came_before_them_only() -> None:
    helped = history(
        ago(30, "favour", "them", about="advice"),
        ago(20, "thanks", "me"),
        ago(10, "favour", "them", about="tip"),
    )
    assert [one.what for one in favours.thanks_due(helped, TODAY)] == ["tip"]
    assert [one.thanked for one in favours.received(helped, TODAY)] == [True, False]


def test_an_ask_that_was_met_is_a_favour_and_so_is_an_introduction() -> None:
    helped = history(
        asked(40, "cv_review", 3.5, "granted", closed=2),
        asked(30, "referral", 7.0, "declined", closed=1),
        ago(20, "introduction_made", "them"),
        ago(10, "ask", "me", about="routine_work", outcome="granted", favour=False),
    )
    assert [(one.what, one.size) for one in favours.received(helped, TODAY)] == [
        ("cv_review", 3.5),
        ("specific_introduction", 5.0),
    ]


def test_how_it_went_is_to_be_told_of_larger_help() -> None:
    fresh = history(ago(5, "introduction_made", "them"))
    known = history(ago(5, "intro", "them", purpose="learn about wind", actually="a job"))
    old = history(ago(20, "introduction_made", "them"))
    told = history(ago(20, "introduction_made", "them"), ago(2, "report_back", "me"))
    assert [bool(favours.untold(one, TODAY)) for one in (fresh, known, old, told)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(("size", "days"), [(2.0, 7), (3.0, 21), (5.0, 60), (7.5, 120), (10.0, 120)])
def test_a_pause_grows_with_the_ask_and_halves_once_settled(size: float, days: int) -> None:
    once = history(asked(3, "other", size, "granted", closed=1))
    found = favours.cooling(once, TODAY)
    assert found is not None and found.days == days
    settled = history(*once.events, ago(1, "thanks", "me"), ago(1, "report_back", "me"))
    found = favours.cooling(settled, TODAY)
    assert found is not None and found.days == (days + 1) // 2
    assert favours.cooling(history(asked(days, "other", size)), TODAY) is None


def test_an_unanswered_ask_lapses_and_a_holding_answer_keeps_it_open() -> None:
    waiting = history(
        asked(200, "advice", 2.0), asked(9, "chat", 3.0, "holding"), asked(5, "tip", 1.5, "granted")
    )
    assert [one.about for one in favours.open_asks(waiting, TODAY)] == ["chat"]


sizes = st.floats(0.5, 10)
agos = st.integers(0, 900)
favour = st.builds(
    lambda by, days, size: ago(days, "favour", by, size=size), st.sampled_from(("me", "them")), agos, sizes
)
ask = st.builds(
    lambda days, size, outcome: asked(days, "other", size, outcome),
    agos,
    sizes,
    st.sampled_from(("open", "granted", "declined", "holding")),
)
histories = st.lists(favour | ask, max_size=12).map(lambda many: history(*many))
stages = st.sampled_from(("unknown", "new", "warming", "established", "dormant"))


@given(histories, stages)
def test_p19_strain_is_never_below_nothing(between: History, stage: str) -> None:
    assert favours.strain(between, TODAY, stage) >= 0.0


@given(histories, stages, agos, sizes)
def test_p20_giving_never_raises_it(between: History, stage: str, days: int, size: float) -> None:
    more = history(*between.events, ago(days, "favour", "me", size=size))
    assert favours.strain(more, TODAY, stage) <= favours.strain(between, TODAY, stage) + 1e-9


@given(histories, stages, agos, sizes)
def test_p21_receiving_never_lowers_it(between: History, stage: str, days: int, size: float) -> None:
    more = history(*between.events, ago(days, "favour", "them", size=size))
    assert favours.strain(more, TODAY, stage) >= favours.strain(between, TODAY, stage) - 1e-9


@given(histories, stages)
def test_p22_between_close_ties_it_is_never_more(between: History, stage: str) -> None:
    assert favours.strain(between, TODAY, "close") <= favours.strain(between, TODAY, stage)


@given(st.lists(st.tuples(agos, sizes), max_size=8), stages)
def test_p23_only_giving_is_no_credit(gifts: list[tuple[int, float]], stage: str) -> None:
    generous = history(*(ago(days, "favour", "me", size=size) for days, size in gifts))
    assert favours.strain(generous, TODAY, stage) == 0.0
