"""People and meetings out again, and in: nothing of a card is lost, not what nobody understood either."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from askwell.app.desk import Desk, open_desk, profile
from askwell.app.exporting import export
from askwell.app.importing import import_
from askwell.exports.contentlines import escaped, folded
from askwell.ledger import cards
from askwell.sources.contacts_csv import contacts
from askwell.sources.contentlines import lines
from askwell.sources.record import Contact
from askwell.sources.vcard import cards as read_cards

CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:8-k\r\nFN:Kari Nordmann\r\nN:Nordmann;Kari;;;\r\n"
    "ORG:Nordlys\\, Tromsø\r\n"
    "EMAIL:kari@x.no\r\nTEL:912 34 567\r\nNOTE:en\\nto\\; tre\r\nCATEGORIES:Mentor\r\nBDAY:1980-05-21\r\n"
    "URL:https://www.linkedin.com/in/kari-n\r\nX-SKYPE:kari.n\r\nitem1.X-ABRELATEDNAMES:Ola\r\n"
    "item1.X-ABLabel:_$!<Spouse>!$_\r\nADR;TYPE=home:;;Storgata 1;Tromsø;;9008;\r\nEND:VCARD\r\n"
)


def filled(desk: Desk, path: Path, text: str) -> Desk:
    path.write_bytes(text.encode())
    import_(desk, [path])
    return replace(desk, profile=profile(desk.store, desk.home))


def test_a_card_comes_back_as_it_was(told: Callable[[str], Desk], tmp_path: Path) -> None:
    desk = filled(told("me I <i@x.no>\n"), tmp_path / "in", CARD)
    (before,) = read_cards(CARD.encode(), "b")
    (after,) = read_cards("".join(export(desk, "vcard")).encode(), "b")
    assert isinstance(before, Contact)
    assert isinstance(after, Contact)
    assert sorted(after.extra) == sorted(before.extra)
    assert replace(after, extra=()) == replace(before, extra=())


def test_an_address_book_that_comes_back_changes_nobody(told: Callable[[str], Desk], tmp_path: Path) -> None:
    desk = filled(told("me I <i@x.no>\n"), tmp_path / "in", CARD)
    people = desk.store.people()
    filled(desk, tmp_path / "out", "".join(export(desk, "vcard")))
    assert desk.store.people() == people


def test_a_table_comes_back_and_calculates_nothing(told: Callable[[str], Desk], tmp_path: Path) -> None:
    odd = CARD.replace("912 34 567", "+47 912 34 567").replace("en\\nto", '=HYPERLINK("x")\\nto')
    desk = filled(told("me I <i@x.no>\n"), tmp_path / "in", odd)
    text = "".join(export(desk, "csv"))
    (card,) = contacts(text.encode(), "t")
    assert isinstance(card, Contact)
    assert (card.name, card.addresses, card.phones) == ("Kari Nordmann", ("kari@x.no",), ("+47 912 34 567",))
    assert (card.org, card.tags, card.born) == ("Nordlys, Tromsø", ("Mentor",), "1980-05-21")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_meetings_come_back_with_those_who_were_there(told: Callable[[str], Desk], tmp_path: Path) -> None:
    text = (
        'me I <i@x.no>\nperson kari "Kari" <k@x.no>\nperson ola "Ola"\n'
        '2026-03-20 meeting me, kari, ola "coffee; at Fuglen"\n2026-03-21T09:30:00Z meeting me, k@x.no\n'
    )
    out = tmp_path / "out"
    out.write_text("".join(export(told(text), "ics")), newline="")
    with open_desk(tmp_path / "other", date(2026, 5, 4)) as new:
        desk = filled(new, tmp_path / "me", "me I <i@x.no>\n")
        report = import_(desk, [out])
        assert (report.meetings, dict(report.skipped)) == (2, {})
        assert [(one.text, one.to, one.whole_day) for one in desk.store.said()] == [
            ("coffee; at Fuglen", ("k@x.no",), True),
            ("Meeting", ("k@x.no",), False),
        ]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=200))
def test_any_value_survives_a_line(text: str) -> None:
    line = folded(f"NOTE:{escaped(text)}")
    assert all(len(piece) <= 75 for piece in line.encode().split(b"\r\n"))
    (found,) = lines(line.encode())
    assert found.text == text.strip() or found.text.strip() == text.strip()


@given(st.lists(st.tuples(st.sampled_from(cards.FIELDS), st.text(min_size=1, max_size=30)), max_size=6))
def test_any_card_survives_as_text(fields: list[tuple[str, str]]) -> None:
    assert cards.read(cards.write(fields)) == tuple(fields)
