"""Who may be one person: suggested with reasons, decided by the user, remembered, undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from askwell.app.desk import Desk, open_desk
from askwell.app.exporting import export
from askwell.app.histories import history
from askwell.app.importing import import_
from askwell.app.likeness import Suggestion, accept, next_suggestion, refuse, short_forms, suggestions
from askwell.app.people import find
from askwell.app.undo import undo
from askwell.errors import AskwellError
from askwell.ledger.likeness import Facts, suggest

CROWD = "".join(
    f"BEGIN:VCARD\nUID:c{n}\nFN:Navn{n} Slekt{n}\nEMAIL:n{n}@z.no\nEND:VCARD\n" for n in range(200)
)


def card(uid: str, name: str, *more: str) -> str:
    return "".join(f"{line}\n" for line in ("BEGIN:VCARD", f"UID:{uid}", f"FN:{name}", *more, "END:VCARD"))


@pytest.fixture
def booked(told: Callable[[str], Desk], tmp_path: Path) -> Callable[..., Desk]:
    """A desk with an address book of these cards among 200 other people."""

    def book(*cards: str) -> Desk:
        desk = told("me Ingrid <ingrid@example.no>\n")
        (tmp_path / "book").write_text("".join(cards) + CROWD, "utf-8")
        import_(desk, [tmp_path / "book"])
        return desk

    return book


def only(desk: Desk) -> Suggestion:
    (found,) = suggestions(desk)
    return found


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (("Kari Nordmann", "EMAIL:k@x.no"), ("Kari Nordmann",), {"name"}),
        (("Kari N", "TEL:+47 912 34 567"), ("Kari Nordmann", "TEL:91234567"), {"phone", "name"}),
        (("Bill Gates", "ORG:Havn AS"), ("William Gates", "ORG:Havn"), {"nickname", "firm"}),
        (("Trine Ås", "BDAY:19800521"), ("Katrine Ås", "BDAY:1980-05-21"), {"nickname", "birthday"}),
        (
            ("Øystein Aasen", "EMAIL:oystein.aasen@x.no"),
            ("Øystein Åsen", "EMAIL:oystein.aasen@y.no"),
            {"name", "mail"},
        ),
    ],
)
def test_what_speaks_for_one_person_is_said(
    booked: Callable[..., Desk], one: tuple[str, ...], other: tuple[str, ...], reasons: set[str]
) -> None:
    found = only(booked(card("1", *one), card("2", *other)))
    assert {what for what, _ in found.reasons} == reasons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Kari Nordmann", "TEL:55512345"), ("Ola Hansen", "TEL:55512345")),  # a firm's number
        (("Kari Nordmann", "ORG:Havn"), ("Ola Nordmann", "ORG:Havn")),
        (("Kari Nordmann", "BDAY:19800521"), ("Kari Hansen", "BDAY:19751130")),
        (("Kari Nordmann",), ("Karl Nordby",)),
    ],
)
def test_what_is_too_little_is_not_suggested(
    booked: Callable[..., Desk], one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert suggestions(booked(card("1", *one), card("2", *other))) == ()


SMALL = "".join(
    f"BEGIN:VCARD\nUID:s{n}\nFN:{given} {family}\nEMAIL:s{n}@z.no\nORG:Firma {n % 4}\nEND:VCARD\n"
    for n, (given, family) in enumerate(
        zip(
            "Anne Per Liv Nina Jan Eva Ola Siri Tor Ida Leif Unni Bo Mia Kai Eli Odd Tom".split(),  # noqa: SIM905
            "Berg Lund Dahl Moe Holm Lie Strand Vik Haug Bakke Aas Sand Ek Ness Rud Foss Hagen Lau".split(),  # noqa: SIM905
            strict=True,
        )
    )
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("Kari Nordmann", "ORG:Havn"), ("Kari Nordmann", "ORG:Havn AS"), 1),
        (("Kari Nordmann", "TEL:91234567"), ("Kari Nordmann", "TEL:+47 912 34 567"), 1),
        (("Kari Hansen", "ORG:Havn", "EMAIL:k@a.no"), ("Kari Hansen", "ORG:Havn", "EMAIL:k@b.no"), 1),
        (("Kari Hansen", "TEL:91234567", "EMAIL:k@a.no"), ("Kari Hansen", "TEL:91234567"), 1),
        (("Bill Gates", "ORG:Havn"), ("William Gates", "ORG:Havn"), 1),
        (("Kari Hansen", "ORG:Havn"), ("Ola Hansen", "ORG:Havn"), 0),
        (("Tuva Nordmann", "ORG:Havn"), ("Bror Nordmann", "ORG:Havn"), 0),
        (("Ylva Nordmann", "ORG:Havn"), ("Bork Nordmann", "ORG:Havn"), 0),
        (("Kari Hansen", "TEL:22334455", "ORG:Havn"), ("Ola Berge", "TEL:22334455", "ORG:Havn"), 0),
        (("Anne Hansen", "EMAIL:a@x.no"), ("Anne Myhre", "EMAIL:b@x.no"), 0),
    ],
)
def test_in_a_small_ledger_too(
    told: Callable[[str], Desk], tmp_path: Path, one: tuple[str, ...], other: tuple[str, ...], expected: int
) -> None:
    """Twenty people say little of how seldom a name is: names that many bear are known beforehand."""
    desk = told("me Ingrid <ingrid@example.no>\n")
    (tmp_path / "book").write_text(card("1", *one) + card("2", *other) + SMALL, "utf-8")
    import_(desk, [tmp_path / "book"])
    assert len(desk.store.people()) == 20
    assert len(suggestions(desk)) == expected


def test_many_of_one_name_are_no_reason() -> None:
    people = [Facts(f"p{n}", ("kari", f"slekt{n % 20}"), mails=(f"p{n}@x.no",)) for n in range(400)]
    assert suggest(people, {}) == []


def test_nothing_is_joined_without_the_users_word(booked: Callable[..., Desk]) -> None:
    desk = booked(card("1", "Kari Nordmann", "TEL:91234567"), card("2", "Kari Nordmann", "TEL:91234567"))
    assert next_suggestion(desk)
    assert {"kari-nordmann", "kari-nordmann-2"} <= {one.key for one in desk.store.people()}


def test_a_yes_joins_and_can_be_undone(booked: Callable[..., Desk], tmp_path: Path) -> None:
    desk = booked(
        card("1", "Kari Nordmann", "TEL:91234567", "TITLE:Sjef"),
        card("2", "Kari Nordmann", "EMAIL:k@x.no", "TEL:91234567"),
    )
    before = "".join(export(desk))
    joined = accept(desk, only(desk))
    assert (joined.key, joined.title, joined.addresses[0]) == ("kari-nordmann-2", "Sjef", "k@x.no")
    assert suggestions(desk) == ()
    assert import_(desk, [tmp_path / "book"]).contacts == 0
    assert len(desk.store.people()) == 201
    undo(desk, desk.store.actions(2)[1].id)
    assert "".join(export(desk)) == before


def test_what_was_said_of_either_goes_with_both(told: Callable[[str], Desk], tmp_path: Path) -> None:
    desk = told(
        'me I <i@x.no>\nperson a "Kari Nordmann" <k@x.no>\nperson b "Kari Nordmann"\nperson c "Ola Vik"\n'
        '2026-03-01 favour b -> me tip "a tip"\n2026-03-02 meeting me, b, c\n'
    )
    one, other = (find(desk, key) for key in "ab")
    joined = accept(desk, Suggestion(one, other, (), 0))
    assert joined.key == "a"
    assert [event.kind for event in history(desk.store, joined).events] == ["favour", "meeting"]
    text = "".join(export(desk))
    (tmp_path / "out").write_text(text, "utf-8")
    with open_desk(tmp_path / "other", date(2026, 5, 4)) as new:
        import_(new, [tmp_path / "out"])
    with open_desk(tmp_path / "other", date(2026, 5, 4)) as new:
        assert "".join(export(new)) == "".join(export(replace(desk, profile=new.profile)))


def test_a_no_is_remembered_also_when_the_book_comes_again(
    booked: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = booked(card("1", "Kari Nordmann", "TEL:91234567"), card("2", "Kari Nordmann", "TEL:91234567"))
    refuse(desk, only(desk))
    assert next_suggestion(desk) is None
    import_(replace(desk), [tmp_path / "book"])
    assert next_suggestion(desk) is None
    undo(desk, next(one.id for one in desk.store.actions() if one.verb == "people"))
    assert next_suggestion(desk) is not None


def test_an_address_on_two_peoples_cards_is_asked_about(booked: Callable[..., Desk]) -> None:
    desk = booked(card("1", "Kari Nordmann", "EMAIL:k@x.no"), card("2", "Hanne Nordmann", "EMAIL:k@x.no"))
    assert {what for what, _ in only(desk).reasons} == {"mail", "name"}


def test_a_decision_on_somebody_who_is_gone_says_so(booked: Callable[..., Desk]) -> None:
    desk = booked(card("1", "Kari Nordmann", "TEL:91234567"), card("2", "Kari Nordmann", "TEL:91234567"))
    found = only(desk)
    accept(desk, found)
    with pytest.raises(AskwellError, match="Nobody in the ledger"):
        refuse(desk, found)


def test_short_forms_go_both_ways() -> None:
    forms = short_forms()
    assert "bill" in forms["william"]
    assert "william" in forms["bill"]
    assert "katrine" in forms["trine"]
