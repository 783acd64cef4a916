"""Contact tables of every program, in any order of columns, encoding and language."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.sources.contacts_csv import SOURCE, contacts
from askwell.sources.record import Contact, Skipped

GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Nickname,Birthday,Notes,Group Membership,"
    "E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,"
    "Organization 1 - Type,Organization 1 - Name,Organization 1 - Title\n"
    "Kari Nordmann,Kari,,Nordmann,,,hils Ola,Mentor ::: * myContacts,* Work,kari@x.example ::: k@y.example,"
    "Home,kari@home.example,Mobile,91234567 ::: 92345678,,Nordlys,Redaktør\n"
)
GOOGLE_NEW = (
    "First Name,Middle Name,Last Name,Organization Name,Organization Title,Labels,E-mail 1 - Label,"
    "E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
    "Notes,Website 1 - Value\n"
    "Kari,,Nordmann,Nordlys,Redaktør,Mentor ::: * starred,* Work,kari@x.example ::: k@y.example,Home,"
    "kari@home.example,Mobile,91234567 ::: 92345678,hils Ola,\n"
)
OUTLOOK = (
    '"Title","First Name","Middle Name","Last Name","Company","Job Title","Mobile Phone","Business Phone",'
    '"Categories","E-mail Address","E-mail 2 Address","E-mail 3 Address","Notes","Referred By"\r\n'
    '"","Kari","","Nordmann","Nordlys","Redaktør","91234567","92345678","Mentor","kari@x.example",'
    '"k@y.example","kari@home.example","hils Ola",""\r\n'
)
NORWEGIAN = (
    "Fornavn;Mellomnavn;Etternavn;Firma;Stilling;E-postadresse;E-postadresse 2;E-postadresse 3;"
    "Mobiltelefon;Telefon arbeid;Kategorier;Notater\r\n"
    "Kari;;Nordmann;Nordlys;Redaktør;kari@x.example;k@y.example;kari@home.example;91234567;92345678;"
    "Mentor;hils Ola\r\n"
)
THUNDERBIRD = (
    "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Work Phone,Mobile Number,"
    "Job Title,Organization,Notes,\nKari,Nordmann,Kari N.,,kari@x.example,k@y.example,92345678,91234567,"
    "Redaktør,Nordlys,hils Ola,\n"
)


@pytest.mark.parametrize("table", [GOOGLE_OLD, GOOGLE_NEW, OUTLOOK, NORWEGIAN, THUNDERBIRD])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_same_person_from_every_program(table: str, codec: str, tmp_path: Path) -> None:
    path = tmp_path / "anything"
    path.write_bytes(table.encode(codec))
    assert SOURCE.recognises(path, path.read_bytes())
    (found,) = SOURCE.read(path)
    assert isinstance(found, Contact)
    assert (found.name, found.org, found.title) == ("Kari Nordmann", "Nordlys", "Redaktør")
    assert found.addresses[:2] == ("kari@x.example", "k@y.example")
    assert set(found.phones) == {"91234567", "92345678"}
    assert (found.note, found.person, found.organisation) == ("hils Ola", True, False)
    assert found.tags in (("Mentor",), ())


@given(st.randoms(use_true_random=False))
def test_the_order_of_columns_plays_no_part(chance: object) -> None:
    header, row = (line.split(",") for line in GOOGLE_NEW.strip().split("\n"))
    order = list(range(len(header)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    shuffled = "\n".join(",".join(one[n] for n in order) for one in (header, row))
    (found,) = contacts(shuffled.encode(), "t")
    assert isinstance(found, Contact)
    assert (found.name, set(found.addresses)) == (
        "Kari Nordmann",
        {"kari@x.example", "k@y.example", "kari@home.example"},
    )


@pytest.mark.parametrize(
    "text",
    ["date,amount\n2026-01-01,5\n", "Name,Price\nKaffe,30\n", "hello\n", "", "\x00\x01,\x02", "Notes:\nx\n"],
)
def test_other_tables_are_left_alone(text: str, tmp_path: Path) -> None:
    assert not SOURCE.recognises(tmp_path, text.encode())


def test_rows_that_say_nothing_are_counted_with_their_line() -> None:
    data = b'Name,E-mail\nKari,k@x.no\n ,not an address\n\n"Ola\nNordmann",o@x.no\n,\n'
    found = list(contacts(data, "t"))
    assert [(one.where, getattr(one, "why", "")) for one in found] == [
        ("t, line 2", ""),
        ("t, line 3", "a card without a name or an address"),
        ("t, line 6", ""),
    ]


def test_a_field_that_never_ends_is_skipped_and_said() -> None:
    huge = b"Name,E-mail\nKari," + b"x" * (5 << 20) + b"\nOla,o@x.no\n"
    started = time.process_time()
    found = list(contacts(huge, "t"))
    assert time.process_time() - started < 25
    assert any(isinstance(one, Skipped) for one in found)


@given(st.binary(max_size=300))
def test_any_bytes_are_contacts_or_skipped(data: bytes) -> None:
    SOURCE.recognises(Path("x"), data)
    list(contacts(b"Name,E-mail\n" + data, "t"))
