"""Whether a letter goes out: what the judge says of it, the hour after, and what fails."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.app import held
from askwell.app.desk import Desk
from askwell.app.forget import forget
from askwell.app.gate import LONGEST_LINE, Submitted, decide, one_line, plain
from askwell.app.jury import Jury
from askwell.judge.case import Verdict

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
STORY = """
me      Ingrid Dahl <ingrid@example.org>
person  tom   "Tom Baker" <tom@harbour.example>
2026-01-20  message  me -> tom  "Nice to meet you at the fair."
2026-01-22  message  tom -> me  "Likewise!"
"""
ASK = (
    "Hi Tom,\n\nMy flatmate is looking for his first job. Could you get him an interview?\n\nBest,\nIngrid\n"
)
Told = Callable[[str], Desk]


def letter(text: str = ASK, to: tuple[str, ...] = ("tom@harbour.example",), head: str = "") -> Submitted:
    mail = f"Received: by pc\r\nDKIM-Signature: v=1\r\nSubject: Hi\r\n{head}\r\n{text}".encode()
    return Submitted(mail, "ingrid@example.org", to, AT)


def test_an_ask_for_a_friend_is_held_and_what_is_fine_passes(told: Told) -> None:
    desk = told(STORY)
    found = decide(desk, letter(), "wait")
    assert not found.passes
    assert found.verdict == "dont"
    assert found.line.startswith("Askwell: Better not to send this to Tom")
    assert "interview" in found.note or "Tom" in found.note
    assert decide(desk, letter("Hi Tom,\n\nThe minutes are attached.\n"), "wait").passes
    assert decide(desk, letter(), "never").passes


def test_the_same_within_an_hour_passes_and_later_it_is_judged_again(told: Told) -> None:
    desk = told(STORY)
    first = letter()
    assert not decide(desk, first, "wait").passes
    again = replace(first, data=first.data.replace(b"Subject: Hi", b"Date: now\r\nSubject: Hi!"))
    again = replace(again, at=AT + timedelta(minutes=59))
    found = decide(desk, again, "wait")
    assert (found.passes, found.again) == (True, True)
    assert not decide(desk, replace(first, at=AT + timedelta(minutes=61)), "wait").passes
    assert not decide(desk, letter(ASK + "Please!\n"), "wait").passes
    assert not decide(desk, letter(to=("tom@harbour.example", "liv@x.example")), "wait").passes


def test_each_recipient_is_judged_whatever_the_headers_say(told: Told) -> None:
    desk = told(STORY)
    blind = letter(
        to=("ingrid@example.org", "info@firm.example", "tom@harbour.example"), head="To: x@y.example\r\n"
    )
    assert not decide(desk, blind, "wait").passes
    mine = letter(to=("ingrid@example.org", "no-reply@firm.example"))
    assert decide(desk, mine, "wait").passes


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"Subject: x\r\n\r\n",
        b"Content-Type: multipart/encrypted; boundary=x\r\n\r\n--x\r\n\r\nVersion: 1\r\n--x--\r\n",
        b"Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB\r\n",
        b"\x00\xff" * 300,
    ],
)
def test_what_cannot_be_read_passes(told: Told, mail: bytes) -> None:
    assert decide(told(STORY), replace(letter(), data=mail), "soften").passes


def test_html_and_base64_are_read(told: Told) -> None:
    import base64

    head = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
    body = base64.encodebytes(f"<p>{ASK}</p>".encode()).decode()
    assert not decide(told(STORY), letter(body, head=head), "wait").passes


def test_a_thousand_strangers_take_no_age(told: Told) -> None:
    desk = told(STORY)
    crowd = tuple(f"p{n}@firm.example" for n in range(1000))
    assert not decide(desk, letter(to=(*crowd, "tom@harbour.example")), "wait").passes


def test_what_was_held_is_listed_ages_and_is_forgotten_with_its_people(told: Told) -> None:
    desk = told(STORY)
    decide(desk, letter(), "wait")
    decide(desk, replace(letter(to=("liv@x.example",)), at=AT + timedelta(days=1)), "wait")
    newest, oldest = held.listed(desk.home)
    assert newest.to == ("liv@x.example",)
    assert oldest.verdict["schema"] == "askwell.verdict/1"
    path = desk.home / held.FOLDER / f"{oldest.key}.json"
    assert path.stat().st_mode & 0o077 == 0
    forget(desk, "tom")
    assert [one.to for one in held.listed(desk.home)] == [("liv@x.example",)]
    assert held.tidy(desk.home, AT + timedelta(days=40)) == 1
    path.write_text("{broken")
    assert held.listed(desk.home) == ()


@given(st.text(max_size=900), st.booleans())
def test_the_line_is_one_short_line_that_any_mail_program_can_show(summary: str, utf8: bool) -> None:
    line = one_line(Verdict("wait", summary, "nb"), utf8)
    assert len(line.encode()) <= LONGEST_LINE
    assert line.isascii() or utf8
    assert "\r" not in line and "\n" not in line
    assert line.endswith("within an hour")


def test_norwegian_without_its_letters() -> None:
    assert (
        plain("Vent heller til «16. juni» før du spør Åse – på nytt")
        == 'Vent heller til "16. juni" foer du spoer Aase - paa nytt'
    )


@pytest.fixture
def jury(told: Told) -> Callable[..., Jury]:
    home = told(STORY).home
    return lambda: Jury(home, "en", "wait", judges=1, patience=60)


def test_judges_in_processes_of_their_own(jury: Callable[..., Jury]) -> None:
    judges = jury()
    try:
        judges.ready()
        assert not judges.decide(letter()).passes
        for pid in judges.pids():  # one that dies between two letters is replaced, and the letter is judged
            os.kill(pid, signal.SIGKILL)
        assert not judges.decide(letter(ASK + "Thanks!\n")).passes
    finally:
        judges.close()


def test_a_judge_that_hangs_lets_the_letter_pass_and_it_is_shown(
    jury: Callable[..., Jury], tmp_path: Path
) -> None:
    judges = jury()
    try:
        judges.ready()
        (pid,) = judges.pids()
        os.kill(pid, signal.SIGSTOP)
        judges._patience = 1
        found = judges.decide(letter())
        assert found.passes
        assert "longer than" in found.trouble
        assert held.troubles(tmp_path / "home")[0].what == found.trouble
        judges._patience = 60
        judges.ready()
        assert not judges.decide(letter()).passes
    finally:
        judges.close()


def test_a_ledger_that_cannot_be_opened_lets_letters_pass(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "ledger.sqlite").write_bytes(b"no ledger at all, but something else")
    judges = Jury(home, "en", "wait", judges=1, patience=60)
    try:
        found = judges.decide(letter())
        assert found.passes
        assert "ledger" in found.trouble
        assert len(held.troubles(home)) == 1
        (home / "ledger.sqlite").unlink()
        assert not judges.decide(letter()).trouble  # it is tried anew for each letter
    finally:
        judges.close()
