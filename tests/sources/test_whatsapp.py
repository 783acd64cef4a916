"""WhatsApp's exported chats: from two telephones, in two languages, with what they mix in."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.ledger.entries import Message
from askwell.sources import whatsapp
from askwell.sources.identity import chat_address
from askwell.sources.record import Contact, Item, Skipped

ANDROID = """12/31/23, 9:41\u202fPM - Messages and calls are encrypted. No one outside can read: them.
12/31/23, 9:41\u202fPM - Kari Nordmann: Hi Ingrid!
Could you look at my CV?

Best: Kari
12/31/23, 9:42\u202fPM - Ingrid Dahl: Of course: https://example.org/cv
1/1/24, 12:05\u202fAM - Kari Nordmann: <Media omitted>
1/1/24, 12:06\u202fAM - Kari Nordmann: This message was deleted
1/1/24, 12:07\u202fAM - Kari Nordmann changed the subject from “a: b” to “c”
1/2/24, 8:00\u202fAM - Kari Nordmann: thanks! <This message was edited>
"""
IPHONE = """\ufeff[31.12.2023, 21:41:05] Kari Nordmann: \u200eMeldinger og anrop er kryptert.
[31.12.2023, 21:41:05] Kari Nordmann: Hei Ingrid!
Kan du se på CV-en min?
\u200e[31.12.2023, 21:43:00] Kari Nordmann: \u200ebilde utelatt
[01.01.2024, 00:05:59] ~\u202fIngrid Dahl: Ja, gjerne
\u200e[01.01.2024, 00:06:00] Kari Nordmann: \u200eDenne meldingen ble slettet.
"""


def read(text: str) -> list[Item]:
    return list(whatsapp.chat(text, "chat"))


def messages(text: str) -> list[Message]:
    return [one for one in read(text) if isinstance(one, Message)]


def skipped(text: str) -> dict[str, str]:
    return {one.where.removeprefix("chat, "): one.why for one in read(text) if isinstance(one, Skipped)}


def test_an_android_in_english() -> None:
    said = messages(ANDROID)
    assert [one.text for one in said] == [
        "Hi Ingrid!\nCould you look at my CV?\n\nBest: Kari",
        "Of course: https://example.org/cv",
        "thanks!",
    ]
    assert [one.at.isoformat()[:16] for one in said] == [
        "2023-12-31T21:41",
        "2023-12-31T21:42",
        "2024-01-02T08:00",
    ]
    assert said[0].sender == chat_address("Kari Nordmann")
    assert said[0].to == (chat_address("ingrid dahl"),)
    assert {one.references for one in said} == {said[0].references}
    assert skipped(ANDROID) == {
        "line 1": "a line of WhatsApp's own",
        "line 7": "a picture, a sound or another file",
        "line 8": "a message that was taken back",
        "line 9": "a line of WhatsApp's own",
    }
    assert [one.name for one in read(ANDROID) if isinstance(one, Contact)] == ["Kari Nordmann", "Ingrid Dahl"]


def test_an_iphone_in_norwegian() -> None:
    said = messages(IPHONE)
    assert [one.text for one in said] == ["Hei Ingrid!\nKan du se på CV-en min?", "Ja, gjerne"]
    assert said[1].at == datetime(2024, 1, 1, 0, 5, 59, tzinfo=UTC)
    assert said[1].sender == chat_address("Ingrid Dahl")
    assert set(skipped(IPHONE).values()) == {
        "a line of WhatsApp's own",
        "a picture, a sound or another file",
        "a message that was taken back",
    }


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("31.12.2023, 21:41 - A: x", "2023-12-31T21:41"),
        ("31.12.2023 kl. 21.41 - A: x", "2023-12-31T21:41"),
        ("31.12.23, 21:41 - A: x", "2023-12-31T21:41"),
        ("3.1.2024, 07:05 - A: x", "2024-01-03T07:05"),
        ("31/12/2023, 21:41 - A: x", "2023-12-31T21:41"),
        ("12/31/2023, 21:41 - A: x", "2023-12-31T21:41"),
        ("3/1/24, 9:41 AM - A: x", "2024-03-01T09:41"),
        ("3/1/24, 12:00 AM - A: x", "2024-03-01T00:00"),
        ("3/1/2024, 12:00 p.m. - A: x", "2024-03-01T12:00"),
        ("03/01/2024, 21:41 - A: x", "2024-01-03T21:41"),
        ("2023-12-31, 21:41 - A: x", "2023-12-31T21:41"),
        ("[3/1/24, 9:41:07\u202fPM] A: x", "2024-03-01T21:41"),
        ("[2023-12-31, 21:41:05] A: x", "2023-12-31T21:41"),
    ],
)
def test_dates_of_many_kinds(line: str, at: str) -> None:
    assert whatsapp.SOURCE.recognises(Path("x"), line.encode())
    (said,) = messages(line)
    assert said.at.isoformat()[:16] == at


def test_the_order_of_day_and_month_is_told_by_the_order_of_time() -> None:
    american = "1/2/24, 09:00 - A: x\n1/3/24, 09:00 - A: y\n2/1/24, 09:00 - A: z\n"
    assert [one.at.month for one in messages(american)] == [1, 1, 2]
    british = "1/2/24, 09:00 - A: x\n2/2/24, 09:00 - A: y\n1/3/24, 09:00 - A: z\n"
    assert [one.at.month for one in messages(british)] == [2, 2, 3]


def test_what_is_said_twice_is_kept_twice_and_again_is_the_same() -> None:
    text = "1.2.2024, 09:00 - A: ok\n1.2.2024, 09:00 - A: ok\n"
    ids = [one.id for one in messages(text)]
    assert len(set(ids)) == 2
    assert [one.id for one in messages(text)] == ids


def test_a_number_is_kept_as_a_telephone() -> None:
    (person, *_) = read("1.2.2024, 09:00 - +47 912 34 567: hei\n")
    assert isinstance(person, Contact)
    assert (person.name, person.phones) == ("", ("+47 912 34 567",))


def test_a_crowd_is_a_list() -> None:
    text = "".join(f"1.2.2024, 09:0{n} - P{n}: hei\n" for n in range(9))
    found = read(text)
    assert not any(isinstance(one, Contact) for one in found)
    assert {one.bulk for one in found if isinstance(one, Message)} == {"list"}


@pytest.mark.parametrize(
    "text", ["", "Hello: world", "From a@b.no", "1.2.2024", "Name,Email\nA,b@c.no\n", "12:30 - x: y"]
)
def test_what_is_no_chat_is_not_recognised(text: str) -> None:
    assert not whatsapp.SOURCE.recognises(Path("x"), text.encode())


@given(st.text(max_size=300) | st.text("0123456789/.,:-[] AM\n\u200e\u202fKari", max_size=300))
def test_any_text_gives_messages_or_reasons(text: str) -> None:
    for one in read(text):
        assert isinstance(one, Message | Skipped | Contact)


def test_long_lines_take_no_longer_than_their_length() -> None:
    import time

    started = time.process_time()
    for hostile in (
        "1.2.2024, 09:00 - " + "a" * 10**6,
        "[" * 10**6,
        "1" * 10**6,
        ("1.2.2024, 09:00 - A: \u200e" + "<" * 10**6),
    ):
        read(hostile)
    assert time.process_time() - started < 25
