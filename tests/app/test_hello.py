"""Hello: a letter without an errand, that says only what is known, and that the judge lets through."""

from collections.abc import Callable

import pytest

from askwell.app.check import check
from askwell.app.desk import Desk
from askwell.app.draft import Draft
from askwell.app.hello import hello

PEOPLE = 'me Ingrid Dahl <ingrid@example.no>\nperson ola "Ola Vik" <ola@havvind.example>\n'
MET = PEOPLE + '2025-10-30 meeting me, ola "on the telephone"\n'
HELPED = MET + "2025-09-01 favour ola -> me advice\n2025-09-02 thanks me -> ola\n"


@pytest.mark.parametrize("lang", ["en", "nb", "nn"])
@pytest.mark.parametrize("story", [PEOPLE, MET, HELPED])
def test_it_asks_for_nothing_and_may_be_sent(told: Callable[[str], Desk], story: str, lang: str) -> None:
    desk = told(story)
    note = hello(desk, "ola", lang=lang).notes[0]
    found = check(desk, Draft(note.text), ["ola"])
    assert found.verdict == "send"
    assert [one for one in found.to_json()["acts"] if one["act"] == "ask"] == []
    assert note.text.count("[") == 1


def test_it_says_when_and_what_for(told: Callable[[str], Desk]) -> None:
    note = hello(told(HELPED), "ola", lang="en").notes[0]
    assert "October 2025" in note.text
    assert "the advice" in note.text
    assert all(one.sources for one in note.clauses if "October" in one.text or "gratitude" in one.text)


def test_without_contact_it_speaks_of_none(told: Callable[[str], Desk]) -> None:
    assert "touch" not in hello(told(PEOPLE), "ola", lang="en").notes[0].text


def test_ten_days_are_no_while(told: Callable[[str], Desk]) -> None:
    note = hello(told(PEOPLE + '2026-04-24 meeting me, ola "lunch"\n'), "ola", lang="en").notes[0]
    assert "a while" not in note.text
    assert "I am not writing to ask for anything" in note.text
