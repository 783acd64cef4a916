"""Today's lists, a person's page, and the ladder from an aim to an ask."""

from collections.abc import Callable
from datetime import date

import pytest

from askwell.app.ask import ask
from askwell.app.desk import Desk
from askwell.app.people import setting
from askwell.app.person import person
from askwell.app.profile import Change, edit, path_of
from askwell.app.today import today
from askwell.errors import AskwellError

PEOPLE = """
me Ingrid Dahl <ingrid@example.no>
person kari "Kari Nordmann" <kari@nordlys.example> org="Nordlys" title="Head of Data"
person ola "Ola Vik" <ola@havvind.example> org="Havvind"
person siv "Siv Bakke" <siv@fjord.example> circle=personal
"""


def named(items: tuple[object, ...]) -> list[str]:
    return [getattr(item, "person") for item in items]  # noqa: B009


def test_an_empty_day_is_a_good_day(told: Callable[[str], Desk]) -> None:
    found = today(told(PEOPLE))
    assert not any((found.thank, found.tell, found.give_back, found.reconnect, found.leave_in_peace))


def test_help_of_late_is_to_be_thanked_for_until_it_is(told: Callable[[str], Desk]) -> None:
    helped = PEOPLE + "2026-05-01 favour kari -> me contact_detail\n2026-05-01 favour siv -> me advice\n"
    found = today(told(helped))
    assert named(found.thank) == ["kari"]
    assert named(today(told(helped + "2026-05-02 thanks me -> kari\n")).thank) == []


def test_after_an_ask_one_leaves_in_peace(told: Callable[[str], Desk]) -> None:
    found = today(told(PEOPLE + '2026-04-30 ask me -> ola referral "would you recommend me?"\n'))
    assert named(found.leave_in_peace) == ["ola"]
    assert found.leave_in_peace[0].until is not None
    assert found.leave_in_peace[0].until > date(2026, 5, 4)
    assert found.leave_in_peace[0].quote == "would you recommend me?"


def resting(key: str) -> str:
    days = "".join(
        f"2025-0{month}-10 meeting me, {key}\n2025-0{month}-20 meeting me, {key}\n" for month in range(1, 7)
    )
    return f'person {key} "Person {key.upper()}"\n{days}'


def test_at_most_three_are_to_be_written_to_again_and_the_same_all_week(told: Callable[[str], Desk]) -> None:
    desk = told("me I <i@x.no>\n" + "".join(resting(key) for key in "abcdefg"))
    found = named(today(desk).reconnect)
    assert len(found) == 3
    assert len(set(found)) == 3
    assert found == named(today(desk).reconnect)


def test_a_page_tells_both_sides(told: Callable[[str], Desk]) -> None:
    desk = told(
        PEOPLE
        + '2026-03-02 ask me -> kari referral "could you refer me?"\n'
        + "2026-03-05 favour kari -> me contact_detail\n2026-03-06 thanks me -> kari\n"
        + '2026-03-10 ask kari -> me document_review "would you read this?"\n'
        + "2026-03-11 favour me -> kari document_review\n"
        + '2026-03-20 meeting me, kari "coffee"\n2026-03-21 note kari "likes birds"\n'
    )
    shown = person(desk, "Kari").to_json()
    assert [one["outcome"] for one in shown["asked"]] == ["partly"]
    assert [one["about"] for one in shown["asked_of_me"]] == ["document_review"]
    assert [one["thanked"] for one in shown["had_from_them"]] == [True]
    assert len(shown["did_for_them"]) == 1
    assert shown["met"][0]["quote"] == "coffee"
    assert shown["notes"][0]["quote"] == "likes birds"
    assert shown["last_contact"] == "2026-03-21"


def test_what_the_user_says_of_a_person_counts(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE)
    assert person(desk, "ola").to_json()["stage"] == "unknown"
    setting(desk, "ola", floor="close")
    assert person(desk, "ola").to_json()["stage"] == "close"
    with pytest.raises(AskwellError, match="say cannot be 3"):
        setting(desk, "ola", say=3)


def test_an_aim_becomes_an_ask_that_the_relationship_bears(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE + "2026-03-20 meeting me, kari\n")
    ladder = ask(desk, "a job at Nordlys")
    assert ladder.aim.kind == "job"
    assert [one.found.person.key for one in ladder.ways] == ["kari"]
    assert ladder.ways[0].step in ("advice", "tip")
    assert "Nordlys" in ladder.draft
    assert "Ingrid Dahl" in ladder.draft
    setting(desk, "kari", floor="close")
    assert ask(desk, "a job at Nordlys").ways[0].step == "referral"
    assert ask(desk, "lighthouses").ways == ()


def test_the_profile_keeps_its_comments(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE)
    edit(desk, Change(name="Ingrid", add=(("offers", "I read proofs"), ("goals", "wind"))))
    text = path_of(desk).read_text("utf-8").replace("# What you are aiming at.", "# my own remark")
    path_of(desk).write_text(text, "utf-8")
    known = edit(desk, Change(remove=("wind",)))
    assert (known.offers, known.goals) == (("I read proofs",), ())
    assert "# my own remark" in path_of(desk).read_text("utf-8")
    with pytest.raises(AskwellError, match="not in the profile"):
        edit(desk, Change(remove=("wind",)))
