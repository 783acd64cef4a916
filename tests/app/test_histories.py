"""What passed between two people: whose act it was, and what became of each ask."""

from collections.abc import Callable

import pytest

from askwell.app.desk import Desk
from askwell.app.histories import histories, history
from askwell.app.log import correct, log
from askwell.app.undo import undo

PEOPLE = """
me Ingrid Dahl <ingrid@example.no>
person kari "Kari Nordmann" <kari@nordlys.example>
person ola "Ola Vik" <ola@havvind.example>
"""
ASK = (
    '2026-03-02T09:00:00Z message me -> kari "Hi Kari, could you introduce me to Ola Vik? Best, Ingrid" '
    'id="q@x" subject="Ola"\n'
)


def of_kari(desk: Desk, kind: str) -> list[tuple[str, str, str]]:
    person = desk.store.person("kari")
    assert person is not None
    events = history(desk.store, person).of(kind, by="me")
    return [(event.by, event.about, event.outcome) for event in events]


def test_an_ask_without_an_answer_is_open(told: Callable[[str], Desk]) -> None:
    assert of_kari(told(PEOPLE + ASK), "ask") == [("me", "specific_introduction", "open")]


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("Yes, I will introduce you on Monday.", "granted"),
        ("I am sorry, I can't do that.", "declined"),
        ("Let me see what I can do.", "holding"),
    ],
)
def test_a_reply_in_the_thread_answers_it(told: Callable[[str], Desk], reply: str, outcome: str) -> None:
    answer = f'2026-03-04T09:00:00Z message kari -> me "{reply}" id="a@x" reply_to="q@x"\n'
    assert of_kari(told(PEOPLE + ASK + answer), "ask") == [("me", "specific_introduction", outcome)]


def test_an_automatic_answer_answers_nothing(told: Callable[[str], Desk]) -> None:
    away = (
        '2026-03-04T09:00:00Z message kari -> me "I am away." id="a@x" reply_to="q@x" '
        'subject="Out of office"\n'
    )
    assert of_kari(told(PEOPLE + ASK + away), "ask") == [("me", "specific_introduction", "open")]


def test_mail_of_somebody_else_answers_nothing(told: Callable[[str], Desk]) -> None:
    other = '2026-03-04T09:00:00Z message ola -> me "Yes, I will do that." id="a@x"\n'
    assert of_kari(told(PEOPLE + ASK + other), "ask") == [("me", "specific_introduction", "open")]


def test_what_is_noted_answers_too(told: Callable[[str], Desk]) -> None:
    story = PEOPLE + (
        '2026-03-02 ask me -> kari referral "could you refer me?"\n'
        '2026-03-05 favour kari -> me contact_detail "gave me the address of HR"\n'
    )
    assert of_kari(told(story), "ask") == [("me", "referral", "partly")]


def test_a_correction_wins_and_can_be_taken_back(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE + ASK)
    correct(desk, "q@x", "could you introduce me", "no_ask")
    assert of_kari(desk, "ask") == []
    undo(desk)
    correct(desk, "<q@x>", "could you introduce me", "granted")
    assert of_kari(desk, "ask") == [("me", "specific_introduction", "granted")]


def test_all_histories_in_one_pass_are_the_same_as_each(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE + ASK + "2026-03-20 meeting me, kari, ola\n2026-03-21 intro kari: me <-> ola\n")
    log(desk, "thanks me -> kari")
    for one in histories(desk.store):
        assert one == history(desk.store, one.person)
        assert one.of("meeting")


def test_who_introduced_whom_stands_with_both(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE + '2026-03-21 intro kari: me <-> ola purpose="wind"\n')
    by = {one.person.key: [(e.by, e.purpose) for e in one.of("intro")] for one in histories(desk.store)}
    assert by == {"kari": [("them", "wind")], "ola": [("both", "wind")]}
