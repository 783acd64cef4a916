"""Tables of all kinds: what their columns seem to say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.sources.record import Contact
from askwell.sources.sheet import Mapped, Sheet, complete, sheet

MEMBERS = (
    "Hvem;Adresse;Nummer;Skostørrelse;Arbeidssted;Siden\n"
    "Kari Nordmann;kari@nordlys.example;+47 912 34 567;38;Nordlys AS;2019-03-01\n"
    "Ås, Øystein;oystein@havn.example;22 33 44 55;44;Havn Kommune;2020-11-15\n"
    "Siri Lie;siri@example.org;;40;Vindkraft ASA;2021-01-02\n"
)


def look(text: str | bytes) -> Sheet | None:
    return sheet(Path("x.csv"), text if isinstance(text, bytes) else text.encode())


def test_what_stands_in_the_columns_tells_what_they_say() -> None:
    found = look(MEMBERS)
    assert found
    assert found.columns == {
        "email": ("Adresse",),
        "phone": ("Nummer",),
        "org": ("Arbeidssted",),
        "name": ("Hvem",),
    }
    assert found.example["Hvem"] == "Kari Nordmann"
    assert complete(found.columns)


def test_given_and_family_names_apart() -> None:
    found = look("A,B,C\nKari,Nordmann,k@x.no\nOla,Hansen,o@x.no\nSiri,Lie,s@x.no\n")
    assert found
    assert found.columns == {"email": ("C",), "given": ("A",), "family": ("B",)}


def test_names_of_columns_go_before_what_stands_in_them() -> None:
    found = look("Navn\tKontakt på\tNotat\nkari\tk@x.no\tOla Hansen\nola\to@x.no\tEva Lie\n")
    assert found
    assert found.columns["name"] == ("Navn",)
    assert found.columns["note"] == ("Notat",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one column\nonly\n",
        "Kari,k@x.no\nOla,o@x.no\n",
        "a,b\n",
        "a,b\nx\ny\nz\n",
        b"a,b\x00\nc,d\n",
        "hello, world\nand so on\n",
    ],
)
def test_what_is_no_table_with_a_header(text: str | bytes) -> None:
    assert look(text) is None


def test_a_table_without_addresses_is_not_complete() -> None:
    found = look("Dato,Beløp\n2024-01-02,100\n2024-01-03,200\n")
    assert found
    assert not complete(found.columns)


def test_by_its_columns_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "any name"
    path.write_bytes(MEMBERS.encode("cp1252"))
    found = look(MEMBERS.encode("cp1252"))
    assert found
    source = Mapped(found.header, found.columns)
    assert source.recognises(path, path.read_bytes())
    assert not source.recognises(path, b"Hvem;Adresse\na;b@c.no\n")
    people = [one for one in source.read(path) if isinstance(one, Contact)]
    assert [one.name for one in people] == ["Kari Nordmann", "Ås, Øystein", "Siri Lie"]
    assert people[0].phones == ("+47 912 34 567",)
    assert people[1].org == "Havn Kommune"
    assert ("Skostørrelse", "44") in people[1].extra


@given(st.binary(max_size=500) | st.text('ab@.,;\t\n" 1Å', max_size=500).map(str.encode))
def test_any_bytes_are_a_table_or_none(data: bytes) -> None:
    found = look(data)
    assert found is None or len(found.header) > 1


def test_columns_of_one_name_and_of_none() -> None:
    found = look("Hvem,,Hvem\nKari Nordmann,k@x.no,Ola Hansen\nEva Lie,e@x.no,Siri Vik\n")
    assert found
    assert found.header == ("Hvem", "2", "Hvem")
    assert found.columns == {"email": ("2",), "name": ("Hvem",)}
