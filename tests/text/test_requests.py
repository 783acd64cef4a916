"""What a request says of the friend, the purpose and a text to pass on; and what mail tells afterwards."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.text.aftermath import aftermath
from askwell.text.read import read
from askwell.text.requests import blurb, friend, learn_and_job, purpose_words, question, secret


@pytest.mark.parametrize(
    ("lang", "text", "name", "words"),
    [
        ("en", "My flatmate Bola is looking for work.", "Bola", "My flatmate"),
        ("en", "A friend of mine, Ana Cruz, has moved here.", "Ana Cruz", "A friend of mine"),
        ("en", "My sister wants a job. Her name is Ida.", "Ida", ""),
        ("en", "My sister wants a job.", "", "My sister"),
        ("nb", "Vennen min Leo er ny i byen.", "Leo", "Vennen min"),
        ("nb", "Kjæresten min leter etter jobb. Han heter Casper.", "Casper", ""),
        ("nn", "Venen min Leo er ny i byen.", "Leo", "Venen min"),
        ("nn", "Syster mi ser etter arbeid.", "", "Syster mi"),
        ("en", "Could you introduce me to your boss?", "", ""),
    ],
)
def test_whom_it_is_for(lang: str, text: str, name: str, words: str) -> None:
    found = friend(text, lang)
    assert (found.name, found.words) == (name, words)


def test_what_for_stands_next_to_the_asking() -> None:
    text = "It rained. Could you introduce me to Kari? I want to learn how she prunes. See you on Friday."
    start = text.index("Could")
    assert purpose_words(text, (start, start + 32), "en") == "I want to learn how she prunes."


def test_a_question_for_them_is_told_from_the_asking_and_from_courtesy() -> None:
    text = "How are you? Could you ask Kari for me? How does the graduate rotation work at the firm? Siv"
    start = text.index("Could")
    found = question(text, read(text), (start, text.index("for me?") + 7))
    assert found == "How does the graduate rotation work at the firm?"
    assert question("How are you? Could you ask Kari?", read("Could you ask Kari?"), (13, 32)) == ""


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            'Here are two lines you can forward as they are: "Ana Cruz is a welder, six years on rigs."',
        ),
        (
            "nb",
            "Nedenfor er tre linjer du kan sende videre: «Ana Cruz er sveiser, seks år på rigg i nord.»",
        ),
        (
            "nn",
            "Vil du vidaresende dette? «Ana Cruz er sveisar, seks år på rigg, og vil på land.»",
        ),
    ],
)
def test_a_text_to_pass_on_is_what_stands_in_quotes(lang: str, text: str) -> None:
    assert blurb(text, lang).startswith("Ana Cruz")


def test_other_quotes_are_no_text_to_pass_on() -> None:
    said = 'She said: "It has been raining here since the second week of October, and no end."'
    assert blurb(said, "en") == ""


@pytest.mark.parametrize(
    ("lang", "text", "both"),
    [
        ("en", "I want to learn about her work, and I hear there is an opening.", True),
        ("en", "I want to learn about her job.", False),
        ("nb", "Jeg vil lære om jobben hennes.", False),
        ("nb", "Jeg vil høre om faget og søker på stillingen.", True),
        ("nn", "Eg vil lære om jobben hennar.", False),
    ],
)
def test_learning_and_a_job(lang: str, text: str, both: bool) -> None:
    assert learn_and_job(text, lang) is both


def test_a_secret_is_heard() -> None:
    assert secret("Between us, I want the post.", "en") and secret("Si at det gjelder bier.", "nb")
    assert not secret("I want to learn how she prunes.", "en")


@pytest.mark.parametrize(
    ("lang", "text", "met", "asked"),
    [
        ("en", "I met Siv today. She asked me for a job.", True, True),
        ("en", "I met Siv today. She asked good questions about the sensors.", True, False),
        ("en", "Siv never asked me for a job, if that is what you fear.", False, False),
        ("en", "I met Ana today. She asked me for a job.", False, False),
        ("nb", "Jeg møtte Siv i går. Hun ville ha en jobb hos oss.", True, True),
        ("nn", "Eg møtte Siv i går. Ho spurde om jobb.", True, True),
        ("nb", "Siv spurte om vi kunne ta det på torsdag.", False, False),
    ],
)
def test_what_mail_tells_afterwards(lang: str, text: str, met: bool, asked: bool) -> None:
    found = aftermath(text, lang, "Siv", "learn about her work")
    assert (bool(found.met), bool(found.asked)) == (met, asked)


def test_what_was_said_openly_is_nothing_else() -> None:
    assert not aftermath("I met Siv. She asked me for a job.", "en", "Siv", "ask for a job").asked


@given(st.text(max_size=200), st.sampled_from(["en", "nb", "nn"]))
def test_any_text_is_read(text: str, lang: str) -> None:
    friend(text, lang)
    blurb(text, lang)
    purpose_words(text, None, lang)
    aftermath(text, lang, "Siv")
    aftermath(text, lang, text[:5])


@pytest.mark.parametrize("piece", ["my friend ", "“a", "vil ", "A ", "you can forward ", "\n", "om å "])
def test_a_megabyte_is_read_at_once(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    for lang in ("en", "nb"):
        friend(text, lang)
        blurb(text, lang)
        purpose_words(text, None, lang)
        aftermath(text + "Siv", lang, "Siv")
    assert time.process_time() - start < 15
