"""A draft in an editor: what is marked, and where the gentler letter goes."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.app.desk import Desk
from askwell.app.editing import look, page

STORY = """
me Ingrid Dahl <ingrid@example.no>
person kari "Kari Nordmann" <kari@nordlys.example>
2026-04-20 message me -> kari "Hei Kari! Hvem i HR bør jeg skrive til?" subject="HR"
2026-04-22 message kari -> me "Skriv til Anne." subject="Sv: HR"
"""
ASK = "Hei Kari!\n\nKan du skaffe vennen min en jobb hos dere?\n\nHilsen Ingrid\n"

Told = Callable[[str], Desk]


@pytest.mark.parametrize(
    "top", ["To: kari\nSubject: Jobb\n\n", "<!-- askwell: to=kari -->\n", "# askwell: to=kari\n\n"]
)
def test_marks_stand_where_the_words_stand(told: Told, top: str) -> None:
    looked = look(told(STORY), top + ASK)
    assert looked.verdict and looked.verdict.verdict == "dont"
    marked = [looked.page.source[slice(*one.span)] for one in looked.marks]
    assert any("skaffe vennen min en jobb" in one for one in marked)
    assert looked.verdict.to[0].person == "kari"


def test_the_gentler_letter_takes_the_place_of_the_letter_alone(told: Told) -> None:
    source = "To: kari\nSubject: Jobb\n\n" + ASK
    looked = look(told(STORY), source)
    assert looked.gentler
    (start, end), letter = looked.gentler
    mended = source[:start] + letter + source[end:]
    assert mended.startswith("To: kari\nSubject: Jobb\n\nHei Kari!")
    again = look(told(STORY), mended)
    assert again.verdict and not [one for one in again.marks if one.level == "stop"]


def test_a_name_that_is_nobodys_is_marked_at_the_heading(told: Told) -> None:
    looked = look(told(STORY), "Subject: Jobb\nTo: karoline\n\n" + ASK)
    assert looked.verdict is None
    (mark,) = looked.marks
    assert mark.level == "trouble"
    assert looked.page.source[slice(*mark.span)] == "To: karoline"


@pytest.mark.parametrize("source", ["", "\n\n", "To: kari\n\n", "askwell: to=kari"])
def test_nothing_written_yet_is_nothing_to_mark(told: Told, source: str) -> None:
    assert look(told(STORY), source).marks == ()


def test_windows_line_ends_do_not_move_marks(told: Told) -> None:
    plain = look(told(STORY), "To: kari\n\n" + ASK)
    windows = look(told(STORY), ("To: kari\n\n" + ASK).replace("\n", "\r\n"))
    assert windows.marks == plain.marks


@given(st.text(max_size=400))
def test_any_text_has_its_letter_where_it_says(text: str) -> None:
    try:
        found = page(text)
    except Exception as error:
        assert type(error).__name__ == "AskwellError"
        return
    if found.start >= 0 and not found.named:
        assert found.source[found.start :] == found.draft.text
