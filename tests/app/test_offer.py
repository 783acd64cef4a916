"""What one could do for somebody: their needs, one's own list, others who could help, good news."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from askwell.app.desk import Desk
from askwell.app.offer import offer
from askwell.judge.clauses import LEAST, MOST
from askwell.text.read import read

PEOPLE = """
me Ingrid Dahl <ingrid@example.no> languages=en
offer "proofreading in English"
offer "korrekturlesing på norsk"
person ann "Ann Lee" <ann@x.example>
person bo "Bo Berg" <bo@y.example> title="Organ builder"
person cy "Cy Moe" <cy@z.example> title="Organist" circle=personal
"""
NEAR = "".join(f"2026-0{month}-10 meeting me, bo\n" for month in range(1, 5))


def wrote(words: str, day: str = "2026-04-20") -> str:
    return f'{day}T08:00:00Z message ann -> me "{words}" id="{day}@x"\n'


def test_a_need_meets_what_stands_on_ones_own_list(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE + wrote("Hello! We are looking for someone who could proofread the catalogue."))
    (one,) = offer(desk, "ann").offers
    assert (one.chance.kind, one.chance.offer) == ("need", "proofreading in English")
    assert one.chance.words == "We are looking for someone who could proofread the catalogue."
    assert "I would gladly help with proofreading in English." in one.note.text
    assert {source for clause in one.note.clauses for source in clause.sources} == {
        "2026-04-20@x",
        "profile:offers",
    }


def test_others_are_named_to_the_user_and_never_in_the_letter(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE + NEAR + wrote("We are looking for someone to mend the old organ."))
    (one,) = offer(desk, "ann").offers
    assert [who.key for who in one.others] == ["bo"]
    assert "Bo" not in one.note.text
    assert "ask first whether they would mind" in one.note.text
    assert "person:bo" in {source for clause in one.note.clauses for source in clause.sources}


def test_who_was_asked_of_late_is_not_to_be_asked(told: Callable[[str], Desk]) -> None:
    asked = '2026-04-28 ask me -> bo referral "could you recommend me?"\n'
    desk = told(PEOPLE + NEAR + asked + wrote("We are looking for someone to mend the old organ."))
    (one,) = offer(desk, "ann").offers
    assert one.others == ()
    assert "I hope that you found what you were looking for" in one.note.text


def test_who_was_asked_for_introductions_all_year_is_left_alone(told: Callable[[str], Desk]) -> None:
    asked = (
        '2025-09-28 ask me -> bo specific_introduction "Could you introduce me?" outcome=granted\n'
        '2025-11-28 ask me -> bo specific_introduction "Could you introduce me?" outcome=granted\n'
    )
    need = wrote("We are looking for someone to mend the old organ.")
    assert offer(told(PEOPLE + NEAR + asked + need), "ann").offers[0].others == ()


def test_good_news_is_congratulated_on(told: Callable[[str], Desk]) -> None:
    (one,) = offer(told(PEOPLE + wrote("Guess what, I've got the job at the museum!")), "ann").offers
    assert one.chance.kind == "job"
    assert "Congratulations on the new job!" in one.note.text
    assert "20 April" in one.note.text


def test_what_was_answered_or_is_long_ago_is_let_go(told: Callable[[str], Desk]) -> None:
    need = "We are looking for someone who could proofread the catalogue."
    answer = '2026-04-21T08:00:00Z message me -> ann "Send it to me." reply_to="2026-04-20@x"\n'
    assert offer(told(PEOPLE + wrote(need) + answer), "ann").offers == ()
    assert offer(replace(told(PEOPLE + wrote(need)), today=date(2027, 4, 20)), "ann").offers == ()


@pytest.mark.parametrize("lang", ["en", "nb", "nn"])
def test_the_letters_are_short_and_ask_for_nothing(told: Callable[[str], Desk], lang: str) -> None:
    words = (
        "Hello! We are looking for someone who could proofread the catalogue. Do you know anyone who can "
        "look after two cats in July? We need somebody to mend the old organ. My book is out."
    )
    found = offer(told(PEOPLE + NEAR + wrote(words)), "ann", lang=lang)
    assert len(found.offers) == 4
    for one in found.offers:
        assert LEAST[lang] - 10 <= one.note.words <= MOST[lang], one.note.text
        own = one.note.text.replace(one.chance.words, "…")
        reading = read(own, lang=lang)
        assert not reading.patterns, own
        assert not [act for act in reading.asks if act.favour], own
    assert found.to_json()["schema"] == "askwell.offer/1"
