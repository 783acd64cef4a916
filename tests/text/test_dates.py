"""Due dates in the three languages, counted from a Wednesday; hostile input stays cheap."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.text.dates import deadline, find

WEDNESDAY = dt.date(2026, 8, 26)


@pytest.mark.parametrize(
    ("lang", "text", "words", "on"),
    [
        ("en", "Could you do it by Friday?", "by Friday", "2026-08-28"),
        ("en", "Please answer before noon tomorrow.", "before noon tomorrow", "2026-08-27"),
        ("en", "I need the list by the end of the week.", "by the end of the week", "2026-08-28"),
        ("en", "Send me the figures by end of day.", "by end of day", "2026-08-26"),
        ("en", "Reply within 48 hours.", "within 48 hours", "2026-08-28"),
        ("en", "We need it within ten working days.", "within ten working days", "2026-09-09"),
        ("en", "No later than 31 October, please.", "No later than 31 October", "2026-10-31"),
        ("en", "Can you be done by 10 a.m. on the 17th?", "by 10 a.m. on the 17th", "2026-09-17"),
        ("en", "I must have it by Friday the 28th.", "by Friday the 28th", "2026-08-28"),
        ("en", "Send it before the adverts go out, please.", "before the adverts go out", None),
        ("en", "We print it before Easter.", "before Easter", "2027-03-28"),
        ("nb", "Kan du svare innen fredag?", "innen fredag", "2026-08-28"),
        ("nb", "Jeg trenger den til onsdag.", "til onsdag", "2026-09-02"),
        ("nb", "Kan du gjøre det før helga?", "før helga", "2026-08-28"),
        ("nb", "Send tallene innen utgangen av uken.", "innen utgangen av uken", "2026-08-28"),
        ("nb", "Vi må ha svar senest 3. april kl. 12.", "senest 3. april kl. 12", "2027-04-03"),
        ("nb", "Ordne det før du går hjem i dag.", "før du går hjem i dag", "2026-08-26"),
        ("nb", "Kan jeg få den før jul?", "før jul", "2026-12-24"),
        ("nn", "Kan du svare innan måndag?", "innan måndag", "2026-08-31"),
        ("nn", "Ring meg innan klokka 20 i kveld.", "innan klokka 20 i kveld", "2026-08-26"),
        ("nn", "Eg treng det seinast laurdag.", "seinast laurdag", "2026-08-29"),
        ("nn", "Han må vere her i løpet av veke 40.", "i løpet av veke 40", "2026-10-02"),
    ],
)
def test_a_due_date_is_found_with_its_words(lang: str, text: str, words: str, on: str | None) -> None:
    due = deadline(text, lang, WEDNESDAY)
    assert due is not None
    assert (due.text, due.on, due.hard) == (words, on, True)
    assert text[slice(*due.span)] == words


@pytest.mark.parametrize(
    ("lang", "text", "on", "at"),
    [
        ("nb", "i morgen kl. 15", "2026-08-27", "15:00"),
        ("nn", "i morgon klokka halv tre", "2026-08-27", "02:30"),
        ("en", "tomorrow at 3 p.m.", "2026-08-27", "15:00"),
        ("nb", "1. september", "2026-09-01", None),
        ("nb", "15.09.", "2026-09-15", None),
        ("nb", "mandag 31.", "2026-08-31", None),
        ("en", "24/12", "2026-12-24", None),
        ("en", "12/24/2026", "2026-12-24", None),
        ("nb", "2026-09-01", "2026-09-01", None),
        ("nb", "uke 40", "2026-10-02", None),
        ("nb", "neste uke", "2026-09-04", None),
        ("nb", "neste tirsdag", "2026-09-01", None),
        ("en", "the day after tomorrow", "2026-08-28", None),
        ("nb", "om to timer", "2026-08-26", None),
        ("en", "in three weeks", "2026-09-16", None),
        ("en", "August 25th", "2027-08-25", None),
        ("en", "29 February", "2028-02-29", None),
    ],
)
def test_a_day_is_resolved_against_the_message(lang: str, text: str, on: str, at: str | None) -> None:
    assert [(when.on, when.at) for when in find(text, lang, WEDNESDAY)] == [(on, at)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "May I ask what you think of chapter 4?"),
        ("en", "Do you know anything about the 19th century?"),
        ("en", "by 45/13"),
        ("nb", "Det er versjon 2.15 av 3.14 som gjelder."),
        ("nb", "Kan du skrive til den som leder laget?"),
        ("nn", "Kan du sende søknaden vidare til han i sveisehallen?"),
    ],
)
def test_other_figures_and_words_are_no_due_date(lang: str, text: str) -> None:
    assert deadline(text, lang, WEDNESDAY) is None


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Could you do it by Friday, if possible?"),
        ("nb", "Kan du se på det innen fredag, hvis det passer?"),
        ("nn", "Helst før helga, men det hastar ikkje."),
        ("en", "Shall we talk on Thursday?"),
    ],
)
def test_a_date_that_leaves_a_choice_is_not_hard(lang: str, text: str) -> None:
    due = deadline(text, lang, WEDNESDAY)
    assert due is not None
    assert not due.hard


def test_without_the_messages_date_only_full_dates_are_resolved() -> None:
    assert [when.on for when in find("by Friday, or by 2026-09-01", "en", None)] == [None, "2026-09-01"]


@given(st.text(max_size=300), st.sampled_from(["en", "nb", "nn"]), st.dates())
def test_any_text_gives_spans_inside_it(text: str, lang: str, on: dt.date) -> None:
    for when in find(text, lang, on):
        assert text[slice(*when.span)] == when.text
    due = deadline(text, lang, on)
    assert due is None or text[slice(*due.span)] == due.text


@pytest.mark.parametrize("piece", ["before the ", "1.1.", "end of the ", "by by ", "næ" * 9, "\n", "i i "])
def test_a_megabyte_of_one_word_is_read_at_once(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    deadline(text, "en", WEDNESDAY)
    deadline(text, "nb", WEDNESDAY)
    assert time.process_time() - start < 10
