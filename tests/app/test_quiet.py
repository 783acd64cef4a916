"""Who has been quiet after an ask: told with care, and one letter at most."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from askwell.app.desk import Desk
from askwell.app.quiet import quiet
from askwell.judge.clauses import LEAST, MOST
from askwell.text.read import read

KNOWN = """
me Ingrid Dahl <ingrid@example.no> languages=en
person ann "Ann Lee" <ann@x.example>
person bo "Bo Berg" <bo@y.example>
2025-12-10 meeting me, ann "lunch"
2025-12-12 favour ann -> me tip "a book"
2025-12-13 thanks me -> ann
2026-01-10 meeting me, ann "lunch"
2026-02-10 meeting me, ann "lunch"
2026-03-01 meeting me, ann "lunch"
"""
ASKED = KNOWN + '2026-03-05 ask me -> ann referral "Could you recommend me to your board?"\n'
PRESSED = ASKED + '2026-03-08 nudge me -> ann "Have you had time?"\n'
NEVER = ("ghost", "lost", "deleted", "ignor", "owe", "debt", "angry", "forsvunnet", "skyld", "sint")


def test_a_long_silence_after_an_ask_is_told_in_order(told: Callable[[str], Desk]) -> None:
    (one,) = quiet(told(PRESSED)).people
    assert (one.person.key, one.state, one.days) == ("ann", "quiet", 60)
    assert [before.what for before in one.before] == ["ask", "nudge"]
    assert one.before[0].quote == "Could you recommend me to your board?"
    assert one.before[1].patterns == ("pressed_again",)
    assert one.said.startswith("No reply for 60 days.")


@pytest.mark.parametrize("lang", ["en", "nb", "nn"])
def test_the_letter_is_sorry_thanks_and_asks_for_nothing(told: Callable[[str], Desk], lang: str) -> None:
    (one,) = quiet(told(PRESSED), "ann", lang=lang).people
    note = one.note
    assert note is not None
    assert LEAST[lang] - 5 <= note.words <= MOST[lang], note.text
    assert "?" not in note.text
    assert not any(word in (note.text + one.said).casefold() for word in NEVER)
    reading = read(note.text, lang=lang)
    assert not reading.patterns
    assert not [act for act in reading.asks if act.favour]
    said = {source for clause in note.clauses for source in clause.sources}
    assert said == {before.source for before in one.before} | {"said:2"}


def test_a_small_ask_is_nothing_to_be_sorry_for(told: Callable[[str], Desk]) -> None:
    small = KNOWN + '2026-03-05 ask me -> ann tip "Which book would you read?"\n'
    (one,) = quiet(told(small), "ann").people
    assert one.note is None or "sorry" not in one.note.text


def test_who_was_written_to_since_gets_no_second_letter(told: Callable[[str], Desk]) -> None:
    (one,) = quiet(told(PRESSED + "2026-05-01 apology me -> ann\n"), "ann").people
    assert one.note is None
    assert one.mended == date(2026, 5, 1)


def test_a_letter_by_mail_counts_as_that_one_letter(told: Callable[[str], Desk]) -> None:
    desk = told(PRESSED)
    (one,) = quiet(desk, "ann").people
    assert one.note is not None
    text = one.note.text.replace("\n", "\\n")
    sent = f'2026-05-01T08:00:00Z message me -> ann "{text}"\n'
    (one,) = quiet(told(PRESSED + sent), "ann").people
    assert (one.note, one.mended) == (None, date(2026, 5, 1))


def test_of_whom_little_is_known_little_is_said(told: Callable[[str], Desk]) -> None:
    desk = told(KNOWN + '2026-03-05 ask me -> bo referral "Could you recommend me?"\n')
    (one,) = quiet(desk, "bo").people
    assert one.said == "No reply yet."


def test_a_word_from_them_ends_it(told: Callable[[str], Desk]) -> None:
    desk = told(PRESSED + "2026-05-02 meeting me, ann\n")
    assert quiet(desk).people == ()
    (one,) = quiet(desk, "ann").people
    assert (one.note, one.before) == (None, ())


def test_soon_after_the_ask_nobody_is_quiet(told: Callable[[str], Desk]) -> None:
    desk = replace(told(ASKED), today=date(2026, 3, 9))
    assert quiet(desk).people == ()
    assert "no longer than usual" in quiet(desk, "ann").people[0].said


def test_an_introduction_that_turned_out_otherwise_is_apologised_for(told: Callable[[str], Desk]) -> None:
    turned = KNOWN + (
        '2026-03-02 intro me: bo <-> ann for=bo purpose="learn about her work"\n'
        '2026-03-20 intro me: bo <-> ann state=told actually="asked for a job"\n'
    )
    (one,) = quiet(told(turned), "ann").people
    assert [before.what for before in one.before] == ["intro"]
    assert one.note is not None
    assert "I introduced you to Bo Berg on 2 March" in one.note.text
