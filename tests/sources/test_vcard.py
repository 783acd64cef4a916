"""Cards of every version and program: all of them read, none lost in silence, nothing hostile harms."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.sources import vcard
from askwell.sources.contentlines import lines, parts
from askwell.sources.record import Contact, Skipped
from askwell.sources.vcard import cards


def one(*lines: str, end: str = "\r\n") -> Contact:
    text = end.join(("BEGIN:VCARD", *lines, "END:VCARD", ""))
    (found,) = cards(text.encode(), "book")
    assert isinstance(found, Contact)
    return found


def test_a_card_is_read_whole() -> None:
    card = one(
        "VERSION:3.0",
        "N:Dahl;Ingrid;Marie;;",
        "FN:Ingrid Marie Dahl",
        "ORG:Nordlys\\, Troms AS;Avis",
        "TITLE:Redaktør",
        "EMAIL;type=HOME:Ingrid@Home.example",
        "EMAIL;type=WORK;type=pref:ingrid@nordlys.example",
        "TEL;TYPE=cell:+47 912 34 567",
        "NOTE:Første linje\\nandre\\; linje",
        "CATEGORIES:Mentor,Avis",
        "UID:abc-1",
        "URL:https\\://no.linkedin.com/in/Ingrid-Dahl/",
        "BDAY:1980-05-21",
    )
    assert (card.name, card.person) == ("Ingrid Marie Dahl", True)
    assert card.addresses == ("ingrid@nordlys.example", "ingrid@home.example")
    assert (card.org, card.title) == ("Nordlys, Troms AS", "Redaktør")
    assert card.note == "Første linje\nandre; linje"
    assert card.phones == ("+47 912 34 567",)
    assert card.tags == ("Mentor", "Avis")
    assert card.profiles == ("ingrid-dahl@linkedin.askwell.invalid",)
    assert card.identity.endswith("@card.askwell.invalid")
    assert not card.organisation


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_quoted_printable_goes_over_soft_line_breaks(end: str) -> None:
    card = one(
        "VERSION:2.1",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=98degaard;=C3=85se;;;",
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85se =C3=98de=",
        "gaard",
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:p=E5 h=F8st=0D=0A=",
        "=E6",
        "EMAIL;PREF;INTERNET:aase@x.example",
        end=end,
    )
    assert card.name == "Åse Ødegaard"
    assert card.note.split() == ["på", "høst", "æ"]
    assert card.addresses == ("aase@x.example",)


def test_folded_lines_may_break_within_a_letter() -> None:
    data = "BEGIN:VCARD\r\nFN:Åse Ås\r\nEND:VCARD\r\n".encode()
    at = data.index("Å".encode()) + 1
    (found,) = cards(data[:at] + b"\r\n " + data[at:], "book")
    assert isinstance(found, Contact)
    assert found.name == "Åse Ås"


def test_pictures_are_left_out_and_unknown_lines_kept_with_their_labels() -> None:
    card = one(
        "FN:Kari Nordmann",
        "PHOTO;ENCODING=b:" + "A" * 5000,
        "item1.X-ABRELATEDNAMES:Ola",
        "item1.X-ABLabel:_$!<Spouse>!$_",
        "X-SKYPE:kari.n",
    )
    assert card.extra == (
        ("X-ABRELATEDNAMES _$!<Spouse>!$_", "item1.X-ABRELATEDNAMES:Ola"),
        ("X-SKYPE", "X-SKYPE:kari.n"),
    )


def test_organisations_and_groups_are_told_from_people() -> None:
    assert one("FN:Nordlys AS", "ORG:Nordlys AS", "TEL:22334455").organisation
    assert one("FN:X", "X-ABShowAs:COMPANY", "ORG:Y").organisation
    assert not one("FN:Kari Nordmann", "N:Nordmann;Kari", "ORG:Kari Nordmann").organisation
    (group,) = cards(b"BEGIN:VCARD\nKIND:group\nFN:Laget\nEND:VCARD\n", "b")
    assert isinstance(group, Skipped)
    assert group.why == "a group, not a person"


def test_what_is_not_used_says_why() -> None:
    data = b"BEGIN:VCARD\nVERSION:3.0\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:Kari\nEMAIL:kari@exam"
    assert [(item.where, item.why) for item in cards(data, "b") if isinstance(item, Skipped)] == [
        ("b, card 1", "a card without a name or an address"),
        ("b, card 2", "a card that is cut off"),
    ]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_that_programs_write(codec: str, tmp_path: Path) -> None:
    path = tmp_path / "x.dat"
    path.write_bytes("BEGIN:VCARD\r\nFN:Bjørn Ås\r\nEND:VCARD\r\n".encode(codec))
    assert vcard.SOURCE.recognises(path, path.read_bytes())
    (found,) = vcard.SOURCE.read(path)
    assert isinstance(found, Contact)
    assert found.name == "Bjørn Ås"


def test_hostile_books_are_read_in_little_time() -> None:
    hostile = [
        b"BEGIN:VCARD\n" * 100_000,
        b"BEGIN:VCARD\nFN:" + b"x" * 1_000_000 + b"\nEND:VCARD\n",
        b"BEGIN:VCARD\nFN" + b';X="' * 300_000 + b":a\nEND:VCARD\n",
        b"BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:" + b"=\n" * 500_000,
        b"BEGIN:VCARD\nFN:a\n" + b" b\n" * 500_000 + b"END:VCARD\n",
        b"BEGIN:VCARD\nN:" + b"\\;" * 500_000 + b"\nEND:VCARD\n",
        b"BEGIN:VCARD\nFN:a\n" + b"EMAIL:a@b.no\n" * 200_000 + b"END:VCARD\n",
    ]
    started = time.process_time()
    for data in hostile:
        list(cards(data, "b"))
    assert time.process_time() - started < 60


@given(st.binary(max_size=300))
def test_any_bytes_are_cards_or_nothing(data: bytes) -> None:
    list(cards(b"BEGIN:VCARD\n" + data + b"\nEND:VCARD\n", "b"))
    list(lines(data))


@given(st.lists(st.text(max_size=8), min_size=1, max_size=5))
def test_structured_values_come_apart_as_they_were_put_together(values: list[str]) -> None:
    escaped = ";".join(one.replace("\\", "\\\\").replace(";", "\\;") for one in values)
    assert parts(escaped) == values or "\\" in "".join(values)
