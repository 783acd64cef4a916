"""LinkedIn's export of every year: members, messages and invitations; nobody lost in silence."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources import linkedin_export as made

from askwell.ledger.entries import Message
from askwell.sources.linkedin import SOURCE, table_kind
from askwell.sources.record import Contact, Item, Owner, Skipped

ME, KARI, OLA = (f"{name}@linkedin.askwell.invalid" for name in ("ingrid-dahl", "kari-nordmann", "ola-vik"))


def read(path: Path) -> list[Item]:
    assert SOURCE.recognises(path, path.read_bytes()[: 1 << 14])
    return list(SOURCE.read(path))


def alone(tmp_path: Path, data: bytes) -> list[Item]:
    path = tmp_path / "any name"
    path.write_bytes(data)
    return read(path)


def test_an_export_is_read_whole(tmp_path: Path) -> None:
    items = read(made.export(tmp_path / "any.dat"))
    assert [one.address for one in items if isinstance(one, Owner)] == [ME]
    kari, ola = (one for one in items if isinstance(one, Contact))
    assert (kari.name, kari.identity, kari.addresses) == (
        "Kari Nordmann, Ph.D.",
        KARI,
        ("kari@nordlys.example",),
    )
    assert (kari.org, kari.title, kari.extra) == ("Nordlys", "Redaktør", (("connected on", "08 Feb 2026"),))
    assert (ola.identity, ola.addresses) == (OLA, ())
    letters = [one for one in items if isinstance(one, Message)]
    assert [(one.sender, one.to) for one in letters] == [
        (ME, (KARI,)),
        (KARI, (ME,)),
        (OLA, (ME,)),
        (ME, (OLA,)),
    ]
    assert letters[0].text == made.ASK
    assert letters[0].references == letters[1].references != letters[2].references
    assert letters[3].at == datetime(2026, 1, 29, 14, 37, tzinfo=UTC)
    assert Counter(one.why for one in items if isinstance(one, Skipped)) == {
        "a member who hides their name": 1,
        "an invitation without words": 1,
        "talks with a machine, not with people": 1,
        "a table of neither people nor messages": 2,
    }


@pytest.mark.parametrize("before", ["", "\ufeff", made.NOTES, "a\n\nb\n\n\n"])
@pytest.mark.parametrize("url", [True, False])
def test_connections_of_every_era(tmp_path: Path, before: str, url: bool) -> None:
    columns = [n for n in range(7) if url or n != 2]
    header, row = (tuple(one[n] for n in columns) for one in (made.CONNECTIONS, made.KARI_ROW))
    (card,) = alone(tmp_path, made.table(header, (row,), before))
    assert isinstance(card, Contact)
    assert (card.name, card.addresses) == ("Kari Nordmann, Ph.D.", ("kari@nordlys.example",))
    assert card.identity == KARI if url else card.identity.endswith("@card.askwell.invalid")


def test_members_of_one_name_are_told_apart_without_pages(tmp_path: Path) -> None:
    header, row = (tuple(one[n] for n in (0, 1, 3, 4, 5, 6)) for one in (made.CONNECTIONS, made.KARI_ROW))
    other = (*row[:2], "", "Havn", "Skipper", row[5])
    found = alone(tmp_path, made.table(header, (row, other)))
    promoted = alone(tmp_path, made.table(header, (row, (*other[:4], "Reder", row[5]))))
    ids = [[one.identity for one in items if isinstance(one, Contact)] for items in (found, promoted)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2


@pytest.mark.parametrize("left_out", [(), (10,), (5, 10)])
def test_messages_of_every_era(tmp_path: Path, left_out: tuple[int, ...]) -> None:
    columns = [n for n in range(11) if n not in left_out]
    header = tuple(made.MESSAGES[n] for n in columns)
    rows = tuple(tuple(row[n] for n in columns) for row in made.TALK)
    items = read(made.export(tmp_path / "x", messages__csv=made.table(header, rows)))
    letters = [one for one in items if isinstance(one, Message)]
    assert [(one.sender, one.to) for one in letters[:3]] == [(ME, (KARI,)), (KARI, (ME,)), (OLA, (ME,))]


def test_what_is_no_letter_between_people_says_why(tmp_path: Path) -> None:
    drafts = (*made.MESSAGES, "IS MESSAGE DRAFT")
    spam = list(made.message(4, "Ola Vik", "Ingrid Dahl", "kjøp!"))
    spam[9] = "SPAM"
    rows = (
        (*made.TALK[0], "No"),
        (*made.message(4, "Ingrid Dahl", "Ola Vik", "ikke ferdig"), "Yes"),
        (*made.message(5, "", "Ingrid Dahl", '<p class="spinmail-quill-editor">Kjøp</p>'), ""),
        (*made.message(6, "LinkedIn Member", "Ingrid Dahl", "hei"), ""),
        (*spam, ""),
        (*made.message(7, "Ola Vik", "Ingrid Dahl", "  "), ""),
    )
    items = read(made.export(tmp_path / "x", messages__csv=made.table(drafts, rows)))
    why = [one.why for one in items if isinstance(one, Skipped) and "messages.csv, line" in one.where]
    assert why == [
        "a draft",
        "an advertisement",
        "from a member whose profile is gone",
        "marked as spam",
        "a message without words",
    ]


def test_whose_export_it_is_is_not_guessed(tmp_path: Path) -> None:
    items = alone(tmp_path, made.table(made.MESSAGES, made.TALK[:2]))
    assert [one for one in items if isinstance(one, Owner)] == []
    assert {one.why for one in items if isinstance(one, Skipped)} == {
        "a message of an export whose owner cannot be told"
    }
    items = alone(tmp_path, made.table(made.MESSAGES, made.TALK))
    assert [one.address for one in items if isinstance(one, Owner)] == [ME]


def test_the_same_message_has_the_same_id_in_every_export(tmp_path: Path) -> None:
    first, second = (read(made.export(tmp_path / name)) for name in ("a", "b"))
    ids = [[one.id for one in items if isinstance(one, Message)] for items in (first, second)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0])


@pytest.mark.parametrize("data", [b"Name,E-mail\nx,y@z.no\n", b"", b"a\n" * 30, b"PK\x03\x04broken"])
def test_other_files_are_left_alone(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    assert not SOURCE.recognises(path, data)


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_skipped(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    table_kind(data)
    path = tmp_path_factory.getbasetemp() / "fuzzed"
    for header in (made.CONNECTIONS, made.MESSAGES, made.INVITATIONS):
        path.write_bytes(made.table(header, ()) + data)
        list(SOURCE.read(path))
