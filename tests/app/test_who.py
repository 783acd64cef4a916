"""Who has to do with something, why, and what one may ask them."""

from collections.abc import Callable

import pytest

from askwell.app.desk import Desk
from askwell.app.who import Hit, who
from askwell.errors import AskwellError

PEOPLE = """
me Ingrid Dahl <ingrid@example.no>
person kari "Kari Nordmann" <kari@nordlys.example> org="Nordlys" title="Leder for vindkraftprosjekter"
person ola "Ola Vik" <ola@mail.havvind-vest.example> org="Havvind Vest" tags=sailing
person siv "Siv Bakke" <siv@fjord.example> org="Fjord kommune"
person jon "Jon Lie" <jon@example.no> circle=personal
2026-03-20 meeting me, kari "coffee"
2026-03-21 note ola "knows everything about turbines"
2025-10-16 intro siv: me <-> ola purpose="how a site is run"
2026-02-01T08:00:00Z message siv -> me "Hei! Vi har fått bøkene om fugler og vindkraft nå." id="m1@x"
2026-02-03T08:00:00Z message me -> jon "Have you read about vindkraft?" id="m2@x"
2026-02-04T08:00:00Z message jon -> me "No.\\n\\nOn 3 February Ingrid wrote:\\n> Of vindkraft?" id="m3@x"
"""


def keys(hits: tuple[Hit, ...]) -> list[str]:
    return [one.line.person.key for one in hits]


def test_words_are_found_in_titles_notes_and_mail_in_all_forms(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE)
    found = who(desk, "vindkraft")
    assert keys(found.hits) == ["kari", "siv"]
    assert [one.what for one in found.hits[0].why] == ["title"]
    (mail,) = found.hits[1].why
    assert (mail.quote, mail.source, mail.messages) == (
        "Vi har fått bøkene om fugler og vindkraft nå.",
        "m1@x",
        1,
    )
    assert keys(who(desk, "bok").hits) == ["siv"]
    assert keys(who(desk, "turbine").hits) == ["ola"]
    assert who(desk, "turbine").hits[0].why[0].quote == "knows everything about turbines"
    assert keys(who(desk, "sailing").hits) == ["ola"]


def test_who_only_quoted_the_user_has_not_written_of_it(told: Callable[[str], Desk]) -> None:
    assert "jon" not in keys(who(told(PEOPLE), "vindkraft").hits)


def test_a_phrase_stands_in_a_row(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE)
    assert keys(who(desk, '"fugler og vindkraft"').hits) == ["siv"]
    assert who(desk, '"vindkraft og fugler"').hits == ()


def test_two_words_find_best_who_has_to_do_with_both(told: Callable[[str], Desk]) -> None:
    assert keys(who(told(PEOPLE), "vindkraft fugl").hits)[0] == "siv"


@pytest.mark.parametrize("at", ["Havvind", "havvind vest", "havvind-vest"])
def test_a_firm_is_found_by_name_or_address(told: Callable[[str], Desk], at: str) -> None:
    assert keys(who(told(PEOPLE), at=at).hits) == ["ola"]


def test_what_a_relationship_bears_and_who_brought_one_together(told: Callable[[str], Desk]) -> None:
    (hit,) = who(told(PEOPLE), at="Havvind").hits
    shown = hit.to_json()
    assert shown["ask_for"]
    assert shown["too_much"]
    assert [(one["by"], one["purpose"]) for one in shown["paths"]] == [("siv", "how a site is run")]


def test_a_letter_that_introduced_the_two_is_a_path_too(told: Callable[[str], Desk]) -> None:
    letter = (
        '2026-03-01T08:00:00Z message kari -> me, ola "Ola, meet Ingrid; Ingrid, meet Ola. I leave you."'
        ' id="m9@x"\n'
    )
    (hit,) = who(told(PEOPLE + letter), at="Havvind").hits
    assert [(one.by.key, one.source) for one in hit.paths] == [("siv", "said:1"), ("kari", "m9@x")]


def test_who_rests_is_written_to_without_an_errand_first(told: Callable[[str], Desk]) -> None:
    days = "".join(f"2025-0{n}-10 meeting me, siv\n2025-0{n}-20 meeting me, siv\n" for n in range(1, 7))
    rested = PEOPLE.replace("2026-02-01T", "2025-07-01T") + days
    (hit,) = who(told(rested), "fugl").hits
    assert hit.reconnect
    assert hit.to_json()["was"]


def test_who_was_asked_of_late_stands_behind(told: Callable[[str], Desk]) -> None:
    both = PEOPLE + '2026-04-30 ask me -> kari referral "would you recommend me?"\n'
    both += "2026-03-21 meeting me, siv\n2026-04-01 favour siv -> me tip\n"
    hits = who(told(both), "vindkraft").hits
    assert {one.line.person.key: one.line.until is None for one in hits} == {"kari": False, "siv": True}


def test_no_more_are_shown_than_wanted(told: Callable[[str], Desk]) -> None:
    found = who(told(PEOPLE), "vindkraft", shown=1)
    assert (len(found.hits), found.more) == (1, 2)  # one of them may turn out to quote


@pytest.mark.parametrize("words", ["zeppelin", "'", '"', "((", "æøå", "a" * 5000, "\x00", "* OR *"])
def test_odd_words_find_nobody(told: Callable[[str], Desk], words: str) -> None:
    assert who(told(PEOPLE), words).hits == ()


def test_nothing_asked_for_is_said_plainly(told: Callable[[str], Desk]) -> None:
    with pytest.raises(AskwellError, match="Whom are you looking for"):
        who(told(PEOPLE), " ", at="")
