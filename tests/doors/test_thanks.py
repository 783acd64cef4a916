"""Thank, told, offer, who and quiet, as called on the command line."""

import json
from pathlib import Path

import pytest
from tests.doors.conftest import Call

ON = ("--on", "2026-05-04")


@pytest.fixture
def kari(call: Call, tmp_path: Path) -> Call:
    story = tmp_path / "k.story"
    story.write_text(
        "me Ingrid Dahl <ingrid@example.no> languages=en\n"
        'person kari "Kari Nordmann" <kari@nordlys.example> org="Nordlys" title="Vindkraftanalytiker"\n'
        "2026-03-20 meeting me, kari\n"
        '2026-05-02 favour kari -> me contact_detail "gave me the address of HR"\n',
        "utf-8",
    )
    assert call("import", story, *ON).status == 0
    return call


def test_thank_shows_what_it_rests_on_and_the_letter(kari: Call) -> None:
    ran = kari("thank", "kari", *ON)
    assert ran.status == 0
    assert "gave me the address of HR" in ran.out
    assert "Thank you for the contact details." in ran.out
    shown = json.loads(kari("thank", "kari", "--json", *ON).out)
    assert shown["schema"] == "askwell.letter/1"
    assert all(one["sources"] for one in shown["letters"][0]["clauses"] if "contact details" in one["text"])


def test_told_notes_it_and_can_be_taken_back(kari: Call) -> None:
    ran = kari("told", "kari", "got the job", *ON)
    assert "I got the job." in ran.out
    assert "got the job" in kari("today", *ON).out or "Kari" in kari("today", *ON).out
    assert kari("undo").status == 0
    shown = json.loads(kari("told", "kari", "got the job", "--already", "--json", *ON).out)
    assert (shown["schema"], shown["told"][0]["letters"]) == ("askwell.told/1", [])


def test_who_offer_and_quiet_answer_in_words_and_in_json(kari: Call) -> None:
    assert "Kari Nordmann" in kari("who", "vindkraft", *ON).out
    assert "Kari Nordmann" in kari("who", "--at", "nordlys", *ON).out
    assert json.loads(kari("who", "zeppelin", "--json", *ON).out)["people"] == []
    assert "has not said of late" in kari("offer", "kari", *ON).out
    assert json.loads(kari("offer", "kari", "--json", *ON).out)["schema"] == "askwell.offer/1"
    assert "Nobody has been quiet" in kari("quiet", *ON).out
    assert json.loads(kari("quiet", "kari", "--json", *ON).out)["people"][0]["state"] == "in_touch"


@pytest.mark.parametrize(
    "arguments",
    [
        ("thank", "nobody"),
        ("told", "kari", " "),
        ("told", "kari", "nobody", "got it"),
        ("offer", "nobody"),
        ("quiet", "nobody"),
        ("who",),
    ],
)
def test_what_cannot_be_done_is_an_error_with_a_remedy(kari: Call, arguments: tuple[str, ...]) -> None:
    ran = kari(*arguments, *ON)
    assert ran.status == 2
    assert len(ran.err.splitlines()) >= 2
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("words", ["\u0000", "😀" * 50, "a" * 10_000, '"""', "../../etc", "%s {x} \\n"])
def test_odd_words_harm_nobody(kari: Call, words: str) -> None:
    assert kari("who", words, *ON).status == 0
    assert kari("told", "kari", words[:300], *ON).status in (0, 2)
    assert kari("thank", "kari", *ON).status == 0


@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_letters_and_screen_may_differ_in_language(kari: Call, lang: str) -> None:
    out = kari("thank", "kari", "--in", lang, *ON).out
    assert "Takk for kontaktinformasjonen." in out
