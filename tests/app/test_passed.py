"""What passed, as items: newest first, noise left out, a page at a time; what may be right instead."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from askwell.app.desk import Desk
from askwell.app.noting import note
from askwell.app.passed import CORRECTING, SHOWS, corrections_for, open_needs, passed
from askwell.app.passed import told as sentence
from askwell.app.person import Page, person
from askwell.errors import AskwellError
from askwell.ledger.entries import CORRECTIONS, SAID_KINDS
from askwell.ledger.history import Event

STORY = """
me Ingrid Dahl <ingrid@example.no>
person kari "Kari Nordmann" <kari@nordlys.example>
2026-03-01T09:00:00Z message me -> kari "Kari, could you tell me which book to read?" id="a@x" subject="Book"
2026-03-02T09:00:00Z message kari -> me "Yes: read chapter three." id="b@x" subject="Re: Book" reply_to="a@x"
2026-03-03T09:00:00Z message me -> kari "Thank you!" id="c@x" subject="Re: Book" reply_to="b@x"
2026-03-10 meeting me, kari "coffee"
"""


def page(desk: Desk) -> Page:
    return person(desk, "kari")


def items(desk: Desk, show: str = "", **more: int) -> list[str]:
    found, _ = passed(page(desk).history, desk.today, show, **more)
    return [one.source for one in found]


def test_newest_first_and_narrowed(told_of: Desk) -> None:
    assert items(told_of)[1:] == ["c@x", "b@x", "a@x"]
    assert items(told_of, "asked") == ["a@x"]
    assert items(told_of, "thanked") == ["c@x"]
    assert len(items(told_of, "met")) == 1
    assert items(told_of, "open") == []


def test_a_page_at_a_time(told_of: Desk) -> None:
    assert items(told_of, size=3, page=2) == ["a@x"]
    assert items(told_of, size=3, page=99) == ["a@x"]
    assert passed(page(told_of).history, told_of.today, size=3)[1] == 2


def test_an_answer_is_shown_only_where_it_answers(told: Callable[[str], Desk]) -> None:
    stray = (
        '2026-04-01T09:00:00Z message kari -> me "Yes, gladly. You are a star." id="d@x" subject="Other"\n'
    )
    desk = told(STORY + stray)
    found, _ = passed(page(desk).history, desk.today)
    kinds = {one.source: [each.kind for events in one.events for each in events] for one in found}
    assert "grant" not in kinds["d@x"]


def test_a_need_is_open_until_it_is_answered(told: Callable[[str], Desk]) -> None:
    need = STORY + (
        '2026-04-10T09:00:00Z message kari -> me "We are looking for somebody to proofread a report." '
        'id="e@x" subject="A report"\n'
    )
    shown = page(told(need))
    assert len(open_needs(shown.history, shown.standing.needs)) == 1
    answered = need + ('2026-04-11T09:00:00Z message me -> kari "I know somebody." id="f@x" reply_to="e@x"\n')
    shown = page(told(answered))
    assert open_needs(shown.history, shown.standing.needs) == ()


def test_every_correction_has_its_button() -> None:
    assert set(CORRECTING) == set(CORRECTIONS)
    assert "" in SHOWS


@pytest.mark.parametrize("kind", [*SAID_KINDS, "need", "introduction_made"])
@pytest.mark.parametrize("by", ["me", "them", "both"])
def test_everything_can_be_said_in_a_sentence(kind: str, by: str) -> None:
    event = Event(datetime(2026, 1, 1, 12, tzinfo=UTC), kind, by, source="a@x", about="tip")
    assert sentence(event, "Kari")
    assert set(corrections_for(event)) <= set(CORRECTIONS)


def test_what_the_user_said_is_not_corrected_but_taken_back(told_of: Desk) -> None:
    note(told_of, "kari", "thanked")
    said = next(
        one for one in page(told_of).history.events if one.kind == "thanks" and one.source.startswith("said:")
    )
    assert corrections_for(said) == ()


@pytest.mark.parametrize(("kind", "about"), [("nonsense", ""), ("asked", "nonsense")])
def test_what_is_unknown_is_not_noted(told_of: Desk, kind: str, about: str) -> None:
    with pytest.raises(AskwellError):
        note(told_of, "kari", kind, about=about)


@pytest.fixture
def told_of(told: Callable[[str], Desk]) -> Desk:
    return told(STORY)
