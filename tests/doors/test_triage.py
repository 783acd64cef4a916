"""`askwell triage` and `askwell intro` as a person calls them."""

import json
from pathlib import Path

import pytest
from tests.doors.conftest import Call

ON = ("--on", "2026-04-15")


@pytest.fixture
def story(call: Call, examples: Path) -> Call:
    assert call("import", examples / "introductions.story", *ON).status == 0
    return call


def test_the_reason_is_shown_and_the_letter_is_silent_of_it(story: Call) -> None:
    ran = story("triage", "<i06@demo>", *ON)
    assert ran.status == 0
    reasons, _, letters = ran.out.partition("A short, kind no  (recommended)")
    assert "asked me for a job" in reasons and "<i05@demo>" in reasons
    assert "job" not in letters and "Hi Siv," in letters


def test_triage_as_json(story: Call) -> None:
    found = json.loads(story("triage", "--inbox", "--days", "60", "--json", *ON).out)
    assert found["schema"] == "askwell.triage/1"
    (one,) = found["requests"]
    assert one["recommended"] == "decline" and one["reasons"][0]["id"] == "burned"
    assert [draft["do"] for draft in one["drafts"]] == ["decline", "question", "introduce"]
    every = json.loads(story("triage", "--inbox", "--days", "60", "--all", "--json", *ON).out)
    assert len(every["requests"]) == 2


def test_a_choice_is_noted_and_taken_back(story: Call) -> None:
    assert "Noted." in story("triage", "<i06@demo>", "--choose", "decline", *ON).out
    assert "None of your contacts" in story("triage", "--inbox", *ON).out
    assert story("undo").status == 0
    assert "i06@demo" in story("triage", "--inbox", *ON).out


def test_a_text_without_headers_needs_its_writer(story: Call, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(
        "Hi Ingrid. Could you introduce me to Ruth? I want to learn how she works. Siv", "utf-8"
    )
    ran = story("triage", letter, *ON)
    assert ran.status == 2 and "--from WHO" in ran.err
    assert "Siv Bakke wants to reach Ruth Hansen" in story("triage", letter, "--from", "siv", *ON).out
    given = story("triage", "-", "--from", "siv", *ON, given=letter.read_bytes())
    assert "Ruth Hansen" in given.out


def test_where_two_could_be_meant_one_is_asked_which(call: Call, tmp_path: Path) -> None:
    two = tmp_path / "two.story"
    two.write_text(
        'me Ingrid Dahl <ingrid@example.no>\nperson siv "Siv Bakke" <siv@fjord.example>\n'
        'person kari "Kari Nordmann" <kari@a.example>\nperson kari-2 "Kari Moe" <kari@b.example>\n'
        "2026-04-01 meeting me, siv\n",
        "utf-8",
    )
    assert call("import", two, *ON).status == 0
    text = "Hi Ingrid. Could you introduce me to Kari? I want to learn how she works. Siv"
    ran = call("triage", "-", "--from", "siv", *ON, given=text)
    assert "it could be Kari Nordmann (kari)" in ran.out or "it could be Kari Moe (kari-2)" in ran.out
    named = call("triage", "-", "--from", "siv", "--who", "kari-2", *ON, given=text)
    assert "to reach Kari Moe" in named.out and "it could be" not in named.out


@pytest.mark.parametrize("mail", ["nothing-here.eml", "<nothing@demo>"])
def test_a_mail_that_is_not_there_is_said(story: Call, mail: str) -> None:
    ran = story("triage", mail, *ON)
    assert ran.status == 2 and mail in ran.err and "Traceback" not in ran.err


def test_ordinary_mail_asks_for_nobody(story: Call) -> None:
    assert "none of your contacts" in story("triage", "<i05@demo>", *ON).out
    assert "none of your contacts" in story("triage", "<i02@demo>", *ON).out  # one's own


def test_days_without_mail_are_said(story: Call) -> None:
    assert "No mail of these days" in story("triage", "--inbox", "--on", "2030-01-01").out
    ran = story("triage", "--inbox", "--days", "0", *ON)
    assert ran.status == 2 and "begins at 1" in ran.err


def test_introductions_from_the_mail_as_json(story: Call) -> None:
    found = json.loads(story("intro", "list", "--json", *ON).out)
    assert found["schema"] == "askwell.intro/1"
    (one,) = found["intros"]
    assert (one["stage"], one["turned"], one["burned"]) == ("told", True, ["ruth"])
    assert one["consent"] == {"siv": "yes", "ruth": "yes"}
    assert [step["read"] for step in one["steps"]] == [False, True, True, True, True, True]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("made", "siv"), "two people"),
        (("made", "siv", "siv"), "two people"),
        (("ask", "siv", "nobody"), "nobody"),
        (("agreed", "siv", "ingrid.dahl@example.no"), "ingrid"),
        (("apology", "me", "siv"), "turned into something else"),
        (("ask", "siv", "ruth", "--side", "me"), "none of the two"),
    ],
)
def test_what_makes_no_sense_is_said_kindly(story: Call, words: tuple[str, ...], says: str) -> None:
    ran = story("intro", *words, *ON)
    assert ran.status == 2 and says in ran.err and "Traceback" not in ran.err


def test_a_text_to_pass_on_is_looked_at(story: Call, tmp_path: Path) -> None:
    blurb = tmp_path / "blurb.txt"
    blurb.write_text("I have worked with sensors for six years. " * 20, "utf-8")
    ran = story("intro", "propose", "siv", "ruth", "--for", "siv", "--text", blurb, "--on", "2027-06-01")
    assert ran.status == 0 and "Under 120 are read" in ran.out
    letter = story("intro", "ask", "siv", "ruth", "--on", "2027-06-02").out
    assert "Siv writes:" in letter and "six years" in letter


def test_an_introduction_by_somebody_else(story: Call) -> None:
    ran = story("intro", "propose", "me", "ruth", "--by", "siv", "--purpose", "one question", *ON)
    assert ran.status == 0 and "by Siv Bakke" in ran.out
    assert "Ruth Hansen" in story("intro", "list", "ruth", "--open", *ON).out
