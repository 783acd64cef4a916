"""Mail that wants one's contacts, in three languages, and mail that only sounds like it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.text.incoming import wants_my_contacts
from askwell.text.reading import Reading


@pytest.mark.parametrize(
    ("lang", "text", "for_whom", "target"),
    [
        (
            "en",
            "Hi Ola. Could you introduce me to your boss? I want to learn about her work.",
            "sender",
            "your boss",
        ),
        (
            "en",
            "My brother is looking for work. Could you pass his CV on to Nils at the yard?",
            "third_party",
            "Nils",
        ),
        (
            "nb",
            "Hei! Kan du introdusere meg for sjefen din? Jeg vil lære om jobben hennes.",
            "sender",
            "sjefen din",
        ),
        (
            "nb",
            "Broren min leter etter jobb. Kan du sende CV-en hans til sjefen din?",
            "third_party",
            "sjefen din",
        ),
        (
            "nn",
            "Hei! Kan du introdusere meg for sjefen din? Eg vil lære om jobben hennar.",
            "sender",
            "sjefen din",
        ),
        (
            "nn",
            "Bror min leitar etter jobb. Kan du sende CV-en hans til sjefen din?",
            "third_party",
            "sjefen din",
        ),
    ],
)
def test_who_is_wanted_and_for_whom(lang: str, text: str, for_whom: str, target: str) -> None:
    found = wants_my_contacts(text, None, lang)
    assert found.wants
    assert found.for_whom == for_whom
    assert found.target == target
    assert found.span is not None
    assert "?" in text[slice(*found.span)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Could you send me the minutes from the meeting on Tuesday?"),
        ("en", "Our harvest was good this year. How is your mother?"),
        ("nb", "Kan du sende meg referatet fra møtet på tirsdag?"),
        ("nb", "Hilsen fra fjellet! Vi fikk elg i går."),
        ("nn", "Kan du sende meg fakturaen for januar?"),
        ("en", ""),
    ],
)
def test_ordinary_mail_wants_nobody(lang: str, text: str) -> None:
    assert not wants_my_contacts(text, None, lang).wants


def test_where_the_reader_sees_no_ask_only_the_surest_is_called() -> None:
    assert not wants_my_contacts("Your boss has a fine office.", Reading("en"), "en").wants
    told = "Jeg sa til Kari i banken at du går god for meg, håper det er greit."
    assert wants_my_contacts(told, Reading("nb"), "nb").wants


def test_what_a_long_letter_says_elsewhere_does_not_hide_its_ask() -> None:
    ask = "Could you introduce me to your boss? I want to learn about her work. "
    long = "The garden is dry. We had soup for dinner. " * 12
    assert wants_my_contacts(long + ask + long, None, "en").wants
    assert not wants_my_contacts(long + long, None, "en").wants


def test_another_goal_under_the_stated_one_is_a_double_purpose() -> None:
    text = (
        "Could you introduce me to your director? Tell her it's about my thesis, but between us I really "
        "want the job, so don't mention that."
    )
    assert wants_my_contacts(text, None, "en").purpose == "double"


@given(st.text(max_size=300), st.sampled_from(["en", "nb", "nn"]))
def test_any_text_gives_a_span_inside_it(text: str, lang: str) -> None:
    found = wants_my_contacts(text, None, lang)
    assert found.span is None or 0 <= found.span[0] < found.span[1] <= len(text)


@pytest.mark.parametrize("piece", ["pass on ", "your ", "kan du be ", "A b ", "\n", "x" * 99])
def test_a_megabyte_is_read_at_once(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    wants_my_contacts(text, None, "en")
    wants_my_contacts(text, None, "nb")
    assert time.process_time() - start < 15
