"""Thanks for help, and what came of it, from a ledger to a letter."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from askwell.app.desk import Desk, open_desk
from askwell.app.exporting import export
from askwell.app.importing import import_
from askwell.app.letters import Letters
from askwell.app.thank import thank
from askwell.app.today import today
from askwell.app.told import told as tell
from askwell.app.undo import undo
from askwell.errors import AskwellError

PEOPLE = """
me Ingrid Dahl <ingrid@example.no> languages=en
person kari "Kari Nordmann" <kari@nordlys.example> org="Nordlys"
person ola "Ola Vik" <ola@havvind.example> org="Havvind"
2026-03-20 meeting me, kari "coffee"
"""
HELPED = PEOPLE + '2026-05-01 favour kari -> me contact_detail "gave me the address of HR"\n'
INTRODUCED = PEOPLE + '2026-04-20 intro kari: me <-> ola purpose="how a site is run"\n'


@pytest.fixture
def story(told: Callable[[str], Desk]) -> Callable[[str], Desk]:  # the verb has the fixture's name
    return told


def only(found: Letters) -> str:
    (note,) = found.notes
    return note.text


def test_help_in_part_is_thanked_for_as_help(story: Callable[[str], Desk]) -> None:
    found = thank(story(HELPED), "kari")
    assert "Thank you for the contact details." in only(found)
    assert "tips on how to reach out" in only(found)
    note = found.notes[0]
    assert (note.day, note.due, note.source) == (date(2026, 5, 1), date(2026, 5, 4), "said:2")
    assert note.quote == "gave me the address of HR"
    assert found.to_json()["to"] == "kari@nordlys.example"


def test_thanks_are_due_from_the_day_after(story: Callable[[str], Desk]) -> None:
    desk = replace(story(HELPED), today=date(2026, 5, 1))
    assert thank(desk, "kari").notes[0].due == date(2026, 5, 2)


def test_who_was_thanked_is_not_thanked_again(story: Callable[[str], Desk]) -> None:
    assert thank(story(HELPED + "2026-05-02 thanks me -> kari\n"), "kari").notes == ()


def test_an_introduction_names_whom_one_met(story: Callable[[str], Desk]) -> None:
    assert "for introducing me to Ola Vik" in only(thank(story(INTRODUCED), "kari"))


def test_several_helps_the_newest_and_largest_first(story: Callable[[str], Desk]) -> None:
    more = "2026-02-01 favour kari -> me tip\n2026-04-28 favour kari -> me referral\n"
    desk = story(HELPED + more)
    first = thank(desk, "kari")
    assert (first.more, [one.about for one in first.notes]) == (2, ["referral"])
    every = thank(desk, "kari", every=True)
    assert [one.about for one in every.notes] == ["referral", "contact_detail", "tip"]
    assert every.more == 0


def test_the_letter_is_in_the_language_of_the_mail_or_as_chosen(story: Callable[[str], Desk]) -> None:
    mail = (
        '2026-03-21T09:00:00Z message me -> kari "Takk for sist! Jeg har lest rapporten, og den var god."\n'
        '2026-03-22T09:00:00Z message kari -> me "Så hyggelig å høre, si gjerne fra om du lurer på noe."\n'
    )
    desk = story(HELPED + mail)
    assert "Takk for kontaktinformasjonen" in only(thank(desk, "kari"))
    assert "Det var" not in only(thank(desk, "kari", lang="en"))
    with pytest.raises(AskwellError, match="no letters in"):
        thank(desk, "kari", lang="de")


def test_what_came_of_it_is_noted_told_and_taken_back(story: Callable[[str], Desk]) -> None:
    desk = story(INTRODUCED + "2026-04-21 thanks me -> kari\n")
    assert thank(desk, "kari").notes == ()
    (found,) = tell(desk, ["kari"], "got the job")
    assert "Thank you again for introducing me to Ola Vik" in only(found)
    assert "I got the job." in only(found)
    assert {"said:2", "said:4"} <= {source for one in found.notes[0].clauses for source in one.sources}
    assert [one.person for one in today(desk).tell] == ["kari"]
    assert "I got the job." in only(thank(desk, "kari"))
    undo(desk)
    assert thank(desk, "kari").notes == ()


def test_what_is_told_already_needs_no_letter(story: Callable[[str], Desk]) -> None:
    desk = story(HELPED + "2026-05-02 thanks me -> kari\n")
    assert tell(desk, ["kari"], "got the job", already=True)[0].notes == ()
    assert today(desk).tell == ()
    assert desk.store.actions(1)[0].verb == "told"
    undo(desk)
    assert [one.kind for one in desk.store.said("kari")] == ["meeting", "favour", "thanks"]


def test_a_report_after_it_closes_the_loop(story: Callable[[str], Desk]) -> None:
    said = '2026-05-03 outcome me -> kari contact_detail "got the job" of=2026-05-01\n'
    desk = story(HELPED + "2026-05-02 thanks me -> kari\n" + said)
    assert [one.person for one in today(desk).tell] == ["kari"]
    desk = replace(desk, today=date(2026, 5, 5))
    tell(desk, ["kari"], "got the job", already=True)
    assert today(desk).tell == ()


def test_several_helpers_hear_it_each_by_a_letter(story: Callable[[str], Desk]) -> None:
    desk = story(HELPED + "2026-04-30 favour ola -> me advice\n")
    found = tell(desk, ["kari", "ola", "kari"], "got the job")
    assert [one.person.key for one in found] == ["kari", "ola"]
    assert "advice" in only(found[1])
    undo(desk)
    assert not [one for one in desk.store.said() if one.kind == "outcome"]


def test_news_for_somebody_who_did_not_help_thanks_for_nothing(story: Callable[[str], Desk]) -> None:
    (found,) = tell(story(PEOPLE), ["ola"], "got the job")
    assert "Thank you" not in only(found)
    assert "hear from me: I got the job." in only(found)


@pytest.mark.parametrize(("words", "about"), [("", ""), ("so " * 61, ""), ("got it", "reference")])
def test_what_cannot_be_told_is_said_plainly(story: Callable[[str], Desk], words: str, about: str) -> None:
    desk = story(HELPED)
    before = desk.store.counts()
    with pytest.raises(AskwellError):
        tell(desk, ["kari"], words, about=about)
    assert desk.store.counts() == before


def test_an_outcome_belongs_to_its_help_and_survives_an_export(
    story: Callable[[str], Desk], tmp_path: Path
) -> None:
    desk = story(HELPED + "2026-02-01 favour kari -> me tip\n2026-05-02 thanks me -> kari\n")
    tell(desk, ["kari"], "got the job", about="tip")
    written = "".join(export(desk, "story"))
    assert "outcome me -> kari tip" in written
    with open_desk(tmp_path / "other", desk.today) as other:
        path = tmp_path / "again.story"
        path.write_text(written, "utf-8")
        import_(other, [path])
        due = [(one.what, one.day) for one in today(other).tell]
    assert due == [(one.what, one.day) for one in today(desk).tell]
    assert len(due) == 1
