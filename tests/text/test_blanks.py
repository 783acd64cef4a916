"""Blanked lines are left out, and every place is found again in the masked letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.text.blanks import close_up
from askwell.text.clean import mask
from askwell.text.incoming import wants_my_contacts
from askwell.text.replies import outcome

LINES = st.lists(
    st.sampled_from(["", " ", "     ", "\r", "  \r", "Ja, gjerne.", " Anna ", "x\r"]), max_size=15
)
QUOTE = (
    "On Mon, 3 Mar 2025 at 10:12, Anna Berg <anna@x.example> wrote:\n"
    + "> So it was then.\n> \n" * 120
    + "\n"
)


@given(LINES.map("\n".join) | st.text())
def test_every_letter_is_found_again(masked: str) -> None:
    closed = close_up(masked)
    for at, sign in enumerate(closed.text):
        assert masked[closed.place(at)] == sign
        assert masked[slice(*closed.span((at, at + 1)))] == sign
    assert "".join(closed.text.split()) == "".join(masked.split())


@given(st.lists(st.sampled_from(["", "Ja, gjerne.", " Anna ", "\r", "x\r"]), max_size=9).map("\n".join))
def test_a_letter_without_blanked_lines_stays_as_it_is(text: str) -> None:
    assert close_up(text).text == text


@given(LINES.map("\n".join))
def test_no_blanked_line_is_left_beside_words(masked: str) -> None:
    lines = close_up(masked).text.split("\n")
    if any(line.strip() for line in lines):
        assert not any(line.strip("\r").isspace() for line in lines)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Yes, of course. I'll ring her tomorrow."),
        ("nb", "Nei, det kan jeg dessverre ikke."),
        ("nn", "Eg skal sjå kva eg får til."),
    ],
)
def test_an_answer_says_the_same_below_a_long_quote(lang: str, text: str) -> None:
    alone = outcome(text, lang)
    masked = mask(QUOTE + text)
    below = outcome(masked, lang)
    assert (below[0], below[2]) == (alone[0], alone[2])
    assert alone[1] is not None and below[1] is not None
    assert masked[slice(*below[1])] == text[slice(*alone[1])]


def test_a_wish_for_a_contact_is_seen_below_a_long_quote() -> None:
    text = "Could you introduce me to your boss? I am looking for a job."
    masked = mask(QUOTE + text)
    alone, below = wants_my_contacts(text, None, "en"), wants_my_contacts(masked, None, "en")
    assert below.wants and below.target == alone.target
    assert alone.span is not None and below.span is not None
    assert masked[slice(*below.span)] == text[slice(*alone.span)]
