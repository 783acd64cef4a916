"""A card that exists is changed where it must be, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.exports.card import ADD, FIRST, LIST, edited
from askwell.sources import vcard
from askwell.sources.record import Contact

CARD = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:a\r\nFN:Kari Nordmann\r\nN:Nordmann;Kari;;;\r\n"
    b"item1.ORG;CHARSET=UTF-8:Nordlys\\; AS;Data;Team\r\n 4\r\nCATEGORIES:venn\r\n"
    b'X-ODD;X="a:b":  keep\tme \r\nPHOTO;ENCODING=b:AAAA\r\n  BBBB\r\nNOTE:one\xe2\x80\xa8two\x0bthree\r\n'
    b"END:VCARD\r\n"
)


def test_a_new_line_stands_before_the_end_and_the_rest_stays() -> None:
    done = edited(CARD, [(ADD, "EMAIL;TYPE=INTERNET", "kari@example.org")])
    assert done == CARD.replace(b"END:VCARD", b"EMAIL;TYPE=INTERNET:kari@example.org\r\nEND:VCARD")


def test_the_firm_changes_and_its_departments_stay() -> None:
    done = edited(CARD, [(FIRST, "ORG", "Vindkraft, Nord")])
    old, new = (
        b"item1.ORG;CHARSET=UTF-8:Nordlys\\; AS;Data;Team\r\n 4",
        b"item1.ORG:Vindkraft\\, Nord;Data;Team4",
    )
    assert done == CARD.replace(old, new)


def test_a_label_joins_the_list_and_a_missing_line_is_made() -> None:
    done = edited(CARD, [(LIST, "CATEGORIES", "mentor"), (FIRST, "TITLE", "Head; of Data")])
    assert done == CARD.replace(b"venn\r\n", b"venn,mentor\r\n").replace(
        b"END:VCARD", b"TITLE:Head\\; of Data\r\nEND:VCARD"
    )


def test_line_ends_are_kept_as_they_are() -> None:
    plain = CARD.replace(b"\r\n", b"\n")
    assert b"\r" not in edited(plain, [(ADD, "TEL", "+47 " + "1" * 100), (FIRST, "ORG", "x" * 100)])


@pytest.mark.parametrize(
    "card",
    [b"", b"BEGIN:VCARD\r\nFN:x\r\n", CARD + CARD, b"\xff\xfeB", b"END:VCARD", b"hello\r\nEND:VCARD\r\n"],
)
def test_what_is_not_one_whole_card_is_left_alone(card: bytes) -> None:
    with pytest.raises(ValueError, match=r"one whole card|codec"):
        edited(card, [(ADD, "TEL", "1")])


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_any_value_comes_back_as_it_was(value: str) -> None:
    done = edited(CARD, [(FIRST, "TITLE", value), (ADD, "X-MORE", value)])
    (read,) = vcard.cards(done, "x")
    assert isinstance(read, Contact)
    assert read.title == " ".join(value.split())[:200]
    assert done.startswith(CARD[:-11])
