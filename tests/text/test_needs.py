"""Needs that are voiced, in three languages; ordinary sentences voice none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.text.needs import SURE, dry, needs
from askwell.text.sentences import split


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "We are looking for a welder from May."),
        ("en", "Do you know anyone who could teach our son maths?"),
        ("nb", "Vi leter etter en ny kasserer, og ingen vil ta det."),
        ("nb", "Vet du om noen som kan holde foredrag for oss?"),
        ("nn", "Me leitar etter ein ny kasserar, og ingen vil ta det."),
        ("nn", "Veit du om nokon som kan halde foredrag for oss?"),
    ],
)
def test_a_voiced_need_is_quoted(lang: str, text: str) -> None:
    letter = f"Takk for sist! {text}"
    found = needs(letter, lang, split(letter))
    assert [need.text for need in found] == [text]
    assert letter[slice(*found[0].span)] == text


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Thanks for the lovely dinner. The minutes are attached. See you on Monday!"),
        ("nb", "Takk for en fin kveld. Referatet ligger ved. Vi sees på mandag!"),
        ("nn", "Takk for ein fin kveld. Referatet ligg ved. Me sjåast måndag!"),
        ("en", ""),
    ],
)
def test_ordinary_mail_voices_none(lang: str, text: str) -> None:
    assert needs(text, lang, split(text)) == ()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "We are looking for somebody to mend the organ."),
        ("en", "Can anyone suggest a place for forty people?"),
        ("nb", "Vi søker ny dirigent fra høsten."),
        ("nn", "Me treng folk til dugnaden på laurdag."),
    ],
)
def test_what_is_said_in_so_many_words_is_sure(lang: str, text: str) -> None:
    (need,) = needs(text, lang, split(text))
    assert need.confidence >= SURE


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "That was exactly what I was looking for."),
        ("en", "ERROR: installation of the package failed, the file could not be found."),
        ("en", "If you are looking for a quiet table, take the one by the window."),
        ("nb", "Jeg lette etter brillene i hele dag, og så fant jeg dem på nesa."),
        ("nn", "Programmet finn ikkje fila, så testen feilar."),
    ],
)
def test_what_is_over_or_a_machines_is_never_sure(lang: str, text: str) -> None:
    assert all(need.confidence < SURE for need in needs(text, lang, split(text)))


def test_a_mail_about_programs_is_no_letter() -> None:
    assert dry("The build failed with an error in the test of the package.", "en")
    assert not dry("We are looking for a tenant for the room above the bakery.", "en")
    assert not dry("", "nb")


@given(st.text(max_size=300), st.sampled_from(["en", "nb", "nn"]))
def test_any_text_gives_its_own_words(text: str, lang: str) -> None:
    for need in needs(text, lang, split(text)):
        assert text[slice(*need.span)] == need.text
        assert 0 < need.confidence <= 1


@pytest.mark.parametrize("piece", ["looking ", "har du ", "need a. ", "\n"])
def test_a_megabyte_is_read_at_once(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    sentences = split(text)
    start = time.process_time()
    needs(text, "en", sentences)
    needs(text, "nb", sentences)
    assert time.process_time() - start < 10
