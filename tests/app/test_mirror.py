"""The mirror in words: kind, true, and without a number on anybody."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from askwell.app.desk import Desk
from askwell.app.log import log
from askwell.app.mirror import look
from askwell.app.person import person
from askwell.app.pictures import of_network, of_person
from askwell.app.undo import undo

PEOPLE = """
me Ingrid Dahl <ingrid@example.no>
person kari "Kari Nordmann" <kari@nordlys.example>
person ola "Ola Vik" <ola@havvind.example>
person siv "Siv Bakke" <siv@fjord.example> circle=personal
"""
ASKED = PEOPLE + (
    '2026-03-01 ask me -> kari advice "which book would you read?" outcome=granted\n'
    "2026-03-02 favour kari -> me advice\n"
    "2026-03-03 thanks me -> kari\n"
    '2026-04-01 ask me -> ola chat "would you have half an hour?"\n'
    "2026-04-20 nudge me -> ola\n"
    '2026-04-01 ask me -> siv money_or_free_work "lend me the car?"\n'
)


def test_it_says_what_was_asked_and_thanked(told: Callable[[str], Desk]) -> None:
    words = " ".join(look(told(ASKED)).sentences)
    assert "You asked for 2 favours, of 2 people." in words
    assert "One was answered." in words
    assert "One has no answer yet." in words
    assert "You were helped once. Your thanks are known for all of it." in words
    assert "You sent a reminder of one ask. None was recalled more than once." in words
    assert "No letter pressed anybody." in words


def test_nobody_is_named_or_ranked(told: Callable[[str], Desk]) -> None:
    seen = look(told(ASKED))
    shown = str(seen.to_json()) + "".join(one.inline() for one in seen.pictures)
    assert "kari" not in shown.lower()
    assert "ola" not in shown.lower()


def test_an_empty_mirror_is_kind(told: Callable[[str], Desk]) -> None:
    seen = look(told(PEOPLE))
    assert seen.sentences == ("You have asked for no favour in this time, as far as is known.",)
    assert seen.pictures == ()
    assert seen.to_json()["asked"] == 0


def test_the_last_year_unless_it_holds_nothing(told: Callable[[str], Desk]) -> None:
    desk = told(ASKED)
    assert look(desk).period.since == date(2025, 5, 4)
    assert look(replace(desk, today=date(2030, 1, 1))).period.since == date(2026, 3, 1)
    assert len(look(desk, date(2026, 3, 15)).period.asked) == 1


def test_a_way_of_asking_is_shown_with_its_words(told: Callable[[str], Desk]) -> None:
    words = "Could you get me an interview by tonight? It is urgent, and I need an answer now."
    letter = f'2026-03-01T09:00:00Z message me -> ola "{words}" id="a@x"\n'
    habits = look(told(PEOPLE + letter)).habits
    assert habits
    assert habits[0].examples[0].source == "a@x"


def test_a_person_has_a_timeline_and_a_rhythm(told: Callable[[str], Desk]) -> None:
    desk = told(ASKED)
    assert [one.name for one in of_person(person(desk, "kari"))] == ["timeline", "rhythm"]
    assert of_person(person(told(PEOPLE), "siv")) == () or of_person(person(desk, "siv"))


def test_the_network_knows_introductions_by_key_or_address(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE + "2026-03-01 intro kari: me <-> ola\n")
    drawn = of_network(desk)
    assert 'class="tie"' in drawn.marks
    assert "Kari Nordmann introduced you and Ola Vik" in {row[1] for row in drawn.table.rows}


def test_the_network_reads_introductions_in_mail_and_forgets_those_taken_back(
    told: Callable[[str], Desk],
) -> None:
    mail = (
        '2026-03-01T09:00:00Z message kari -> me, ola "Ingrid, meet Ola. Ola, meet Ingrid."'
        ' id="a@x" subject="Ingrid and Ola"\n'
    )
    desk = told(PEOPLE + mail)
    assert "Kari Nordmann introduced you and Ola Vik" in {row[1] for row in of_network(desk).table.rows}
    assert "Kari" in of_network(replace(desk, today=date(2026, 2, 1))).marks
    assert 'class="tie"' not in of_network(replace(desk, today=date(2026, 2, 1))).marks
    noted = log(desk, "2026-04-01 intro me: kari <-> siv")
    assert noted
    assert "You introduced Kari Nordmann and Siv Bakke" in {row[1] for row in of_network(desk).table.rows}
    undo(desk)
    assert "You introduced Kari Nordmann and Siv Bakke" not in {row[1] for row in of_network(desk).table.rows}
