"""Outcomes of an ask, told from plain answers in three languages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.text.replies import outcome

ASK = {
    "en": "Could you get me an interview?",
    "nb": "Kan du skaffe meg et intervju?",
    "nn": "Kan du skaffe meg eit intervju?",
}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Of course, happy to! I'll send it tonight.", "granted"),
        ("en", "I'll see what I can do, but no promises.", "holding"),
        ("en", "I can't get you the interview, but here is the address of HR.", "partly"),
        ("en", "I'm afraid I can't help with this.", "declined"),
        ("en", "Thank you so much for the introduction, I got the job!", "none"),
        ("nb", "Ja, det gjør jeg gjerne.", "granted"),
        ("nb", "Jeg skal høre med sjefen, så får vi se.", "holding"),
        ("nb", "Nei, det kan jeg dessverre ikke.", "declined"),
        ("nb", "Tusen takk for hjelpen, jeg fikk jobben!", "none"),
        ("nn", "Klart det, eg sender han i kveld.", "granted"),
        ("nn", "Eg skal høyre med sjefen, så får me sjå.", "holding"),
        ("nn", "Nei, det kan eg diverre ikkje.", "declined"),
        ("nn", "Tusen takk for hjelpa, eg fekk jobben!", "none"),
    ],
)
def test_a_plain_answer_is_told(lang: str, text: str, expected: str) -> None:
    result, span, confidence = outcome(text, lang, ASK[lang])
    assert result == expected
    assert 0 < confidence <= 1
    assert (span is None) == (expected == "none")


def test_the_words_that_show_it_are_a_sentence_of_the_answer() -> None:
    text = "Hi Ola. I'm afraid I can't help with this. Have a good week."
    _, span, _ = outcome(text, "en", ASK["en"])
    assert span is not None
    assert text[slice(*span)] == "I'm afraid I can't help with this."


def test_a_question_that_gets_its_answer_is_answered() -> None:
    asked = "Hvilken regnskapsfører bruker dere?"
    assert (
        outcome("Vi bruker Berg & Sønn i Storgata, rundt 4000 kroner i året.", "nb", asked)[0] == "answered"
    )


@pytest.mark.parametrize(
    ("lang", "text", "question", "request_"),
    [
        ("en", "Yes, until ten.", "Is the library open on Sundays?", "Can I borrow your car?"),
        ("nb", "Ja, til klokka ti.", "Er biblioteket åpent på søndag?", "Kan jeg få låne bilen?"),
        ("nn", "Ja, til klokka ti.", "Er biblioteket ope på sundag?", "Kan eg få låne bilen?"),
    ],
)
def test_the_same_yes_answers_a_question_and_grants_a_request(
    lang: str, text: str, question: str, request_: str
) -> None:
    assert outcome(text, lang, question)[0] == "answered"
    assert outcome(text, lang, request_)[0] == "granted"


def test_nothing_said_is_no_outcome() -> None:
    assert outcome(" \n ", "en", ASK["en"]) == ("none", None, 1.0)


@given(st.text(max_size=300), st.sampled_from(["en", "nb", "nn"]), st.none() | st.text(max_size=80))
def test_any_text_gives_a_span_inside_it(text: str, lang: str, asked: str | None) -> None:
    _, span, confidence = outcome(text, lang, asked)
    assert 0 <= confidence <= 1
    assert span is None or 0 <= span[0] <= span[1] <= len(text)


@pytest.mark.parametrize("piece", ["hi ", "who ", "jeg kan ", "\n", "a, ", "x" * 99])
def test_a_megabyte_is_read_at_once(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    outcome(text, "en", text)
    outcome(text, "nb", text)
    assert time.process_time() - start < 15
