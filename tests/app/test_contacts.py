"""Address books and calendars in the ledger: whose a card is, again is nothing new, all can be undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources import linkedin_export

from askwell.app import contacts
from askwell.app.desk import Desk, open_desk, profile
from askwell.app.exporting import export
from askwell.app.forget import forget
from askwell.app.histories import histories, history
from askwell.app.importing import import_
from askwell.app.newcomers import tidy_name
from askwell.app.owner import claim
from askwell.app.people import find, link
from askwell.app.report import Report
from askwell.app.undo import undo
from askwell.ledger.history import History
from askwell.ledger.person import Person
from askwell.sources.identity import card_address, is_stand_in
from askwell.sources.record import Contact
from askwell.store.sql import SqlStore

TODAY = date(2026, 5, 4)
ME = "ingrid@example.no"


def run(home: Path, *files: str | bytes | Path, dry: bool = False) -> Report:
    paths = []
    for n, data in enumerate(files):
        if isinstance(data, Path):
            paths.append(data)
            continue
        paths.append(home.parent / f"file{n}")
        paths[-1].write_bytes(data if isinstance(data, bytes) else data.encode())
    with open_desk(home, TODAY) as desk:
        claim(desk, [ME])
        return import_(replace(desk, profile=profile(desk.store, home)), paths, dry=dry)


def people(home: Path) -> dict[str, Person]:
    with open_desk(home, TODAY) as desk:
        return {one.key: one for one in desk.store.people()}


def with_whom(desk: Desk, key: str) -> History:
    return history(desk.store, find(desk, key))


def story(home: Path) -> str:
    with open_desk(home, TODAY) as desk:
        return "".join(export(desk))


def card(*lines: str) -> str:
    return "".join(f"{line}\n" for line in ("BEGIN:VCARD", *lines, "END:VCARD"))


def event(*lines: str) -> str:
    inside = "".join(f"{line}\n" for line in ("BEGIN:VEVENT", *lines, "END:VEVENT"))
    return f"BEGIN:VCALENDAR\n{inside}END:VCALENDAR\n"


KARI = card("UID:k", "FN:Kari Nordmann", "N:Nordmann;Kari", "EMAIL:kari@x.no", "ORG:Nordlys", "TEL:91234567")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_card_makes_a_person(home: Path) -> None:
    report = run(home, KARI)
    assert (report.read, report.contacts, report.people) == (1, 1, ("kari-nordmann",))
    kari = people(home)["kari-nordmann"]
    assert (kari.name, kari.org, kari.addresses[0]) == ("Kari Nordmann", "Nordlys", "kari@x.no")


def test_what_a_card_says_is_no_contact_with_its_person(home: Path) -> None:
    run(home, KARI)
    with open_desk(home, TODAY) as desk:
        assert with_whom(desk, "kari-nordmann").events == ()
        assert [one.events for one in histories(desk.store)] == [()]


EVERYTHING = (
    KARI,
    "Name,E-mail\nOla Vik,ola@x.no\nOla Vik,ola@y.no\nPer Ås,\nPer Ås,\n",
    event("DTSTART:20260320T090000Z", "ATTENDEE:mailto:kari@x.no", f"ATTENDEE:mailto:{ME}"),
)


def test_again_is_nothing_new_and_a_dry_run_counts_the_same(home: Path, tmp_path: Path) -> None:
    files = (*EVERYTHING, linkedin_export.export(tmp_path / "export"))
    dry = run(home, *files, dry=True)
    assert people(home) == {}
    real = run(home, *files)
    for name in ("read", "personal", "known", "contacts", "meetings", "skipped"):
        assert getattr(dry, name) == getattr(real, name), name
    assert len(dry.people) == len(real.people)
    used = real.personal + real.bulk + real.known + real.contacts + real.meetings
    assert real.read == used + sum(real.skipped.values())
    before = story(home)
    again = run(home, *files)
    assert (again.contacts, again.meetings, again.personal, again.people) == (0, 0, 0, ())
    assert story(home) == before


def test_an_import_is_taken_back_whole(home: Path) -> None:
    run(home, KARI)
    before = story(home)
    run(home, *EVERYTHING, card("UID:k", "FN:Kari N. Hansen", "EMAIL:hansen@x.no"))
    assert story(home) != before
    with open_desk(home, TODAY) as desk:
        undo(desk)
    assert story(home) == before


def test_a_ledger_with_cards_goes_out_and_in_again(home: Path, tmp_path: Path) -> None:
    run(home, *EVERYTHING, card("UID:n", "FN:Anne", 'NOTE:en \\\\ to\\n\\"tre\\"'))
    text = story(home)
    with open_desk(tmp_path / "other", TODAY) as desk:
        (tmp_path / "out.story").write_text(text, "utf-8")
        import_(desk, [tmp_path / "out.story"])
    assert story(tmp_path / "other") == text
    assert run(tmp_path / "other", *EVERYTHING).contacts == 0


# -- who is who ------------------------------------------------------------------------------------


def test_people_of_one_name_are_never_mixed_up(home: Path) -> None:
    rows = "".join(f"Kari Nordmann,kari{n}@x.no\n" for n in range(50))
    report = run(home, "Name,E-mail\n" + rows)
    assert (report.contacts, len(report.people), sum(report.skipped.values())) == (50, 50, 0)
    found = people(home).values()
    assert sorted(one.addresses for one in found) == sorted((f"kari{n}@x.no",) for n in range(50))


names = st.sampled_from(["Kari Nordmann", "Kari Vik", "Ola Vik", "Kari", "Vik, Ola", "K. Nordmann", ""])
some_cards = st.lists(st.tuples(names, st.sampled_from(["", "1", "2", "u"]), st.integers(0, 30)), max_size=25)


@given(some_cards, st.booleans())
def test_whatever_a_book_holds_nobody_has_two_peoples_addresses(
    rows: list[tuple[str, str, int]], numbered: bool
) -> None:
    """Each card has one address; a person with two of them needs two cards of one UID."""
    made = [
        Contact(name, card_address(uid) if uid and numbered else "", (f"a{n}@x.no",), person=" " in name)
        for name, uid, n in rows
    ]
    with open_desk(None, TODAY) as desk:
        report = Report(action=desk.store.begin(desk.now, "import", "x"))
        for _ in range(2):
            keeper = contacts.Keeper(desk, report.action, report)
            for one in made:
                keeper.take(one)
            keeper.flush()
        first = report.contacts
        uids = {one.identity for one in made} - {""}
        for person in desk.store.people():
            real = [one for one in person.addresses if not is_stand_in(one)]
            assert len(real) <= 1 or uids.intersection(person.addresses)
        assert report.read == report.contacts + report.known + sum(report.skipped.values())
        before = "".join(export(desk))
        keeper = contacts.Keeper(desk, report.action, report)
        for one in made:
            keeper.take(one)
        keeper.flush()
        assert (report.contacts, "".join(export(desk))) == (first, before)


def test_the_same_card_again_is_the_same_person_whatever_changed(home: Path) -> None:
    run(home, KARI)
    changed = card("UID:k", "FN:Kari Hansen", "N:Hansen;Kari", "EMAIL:kari@hansen.no", "ORG:Havn")
    report = run(home, changed)
    assert (report.contacts, report.people) == (1, ())
    (kari,) = people(home).values()
    assert (kari.key, kari.name, kari.org) == ("kari-nordmann", "Kari Hansen", "Havn")
    assert {"kari@x.no", "kari@hansen.no"} <= set(kari.addresses)


def test_what_the_user_changed_stays(home: Path) -> None:
    run(home, KARI)
    with open_desk(home, TODAY) as desk:
        person = replace(people(home)["kari-nordmann"], name="Kari, ho med båten", org="Båtlaget")
        desk.store.put_person(desk.store.begin(desk.now, "person", "x"), person)
    run(
        home,
        card("UID:k", "FN:Kari Nordmann", "N:Nordmann;Kari", "EMAIL:kari@x.no", "ORG:Nordlys", "TITLE:Sjef"),
    )
    kari = people(home)["kari-nordmann"]
    assert (kari.name, kari.org, kari.title) == ("Kari, ho med båten", "Båtlaget", "Sjef")


def test_two_books_that_number_their_cards_mix_up_nobody(home: Path) -> None:
    one, other = (
        card("UID:1", "FN:Kari Nordmann", "EMAIL:k@x.no"),
        card("UID:1", "FN:Ola Vik", "EMAIL:o@x.no"),
    )
    assert run(home, one, other).people == ("kari-nordmann", "ola-vik")
    before = story(home)
    assert run(home, one, other).contacts == 0
    assert story(home) == before


def test_a_book_that_was_cut_short_goes_on_as_if_it_had_not(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = "Name,E-mail\n" + "".join(f"Kari Nordmann,k{n}@x.no\nOla Vik,\n" for n in range(100))
    with monkeypatch.context() as patch:
        patch.setattr(contacts, "TOGETHER", 30)
        kept = SqlStore.put_people
        left = iter(range(2))

        def fails(*given: Any) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt
            kept(*given)

        patch.setattr(SqlStore, "put_people", fails)
        with pytest.raises(KeyboardInterrupt):
            run(home, book)
    assert 0 < len(people(home)) < 200
    run(home, book)
    run(tmp_path / "whole", book)
    assert story(home) == story(tmp_path / "whole")


def test_one_address_in_two_books_is_one_person(home: Path) -> None:
    report = run(home, KARI, "First Name,Last Name,E-mail Address\nKari,Nordmann Hansen,KARI@x.no\n")
    assert report.people == ("kari-nordmann",)


def test_a_family_at_one_address_is_not_one_person(home: Path) -> None:
    table = "Name,E-mail\nKari Nordmann,felles@x.no\nOla Nordmann,felles@x.no\n"
    assert run(home, table).people == ("kari-nordmann", "ola-nordmann")
    found = people(home)
    assert found["kari-nordmann"].addresses == ("felles@x.no",)
    assert "felles@x.no" not in found["ola-nordmann"].addresses
    assert run(home, table).contacts == 0


def test_a_card_with_the_addresses_of_two_people_joins_nobody(home: Path) -> None:
    run(home, "Name,E-mail\nKari Nordmann,kari@x.no\nKari Nordmann,kari@y.no\n")
    run(home, card("FN:Kari Nordmann", "EMAIL:kari@x.no", "EMAIL:kari@y.no"))
    assert sorted(one.addresses for one in people(home).values()) == [("kari@x.no",), ("kari@y.no",)]


def test_a_merge_that_the_user_made_holds_when_the_book_comes_again(home: Path) -> None:
    two = KARI + card("UID:k2", "FN:Kari N", "EMAIL:kari@y.no")
    run(home, two)
    with open_desk(home, TODAY) as desk:
        link(desk, "kari-nordmann", "kari-n")
    report = run(home, two)
    assert (report.contacts, report.people) == (0, ())
    assert list(people(home)) == ["kari-nordmann"]


def test_organisations_and_shared_mailboxes_and_the_user_are_nobody(home: Path) -> None:
    report = run(
        home,
        card("FN:Nordlys AS", "ORG:Nordlys AS", "EMAIL:tips@nordlys.example")
        + card("FN:Kundeservice", "EMAIL:post@x.no")
        + card("FN:Ingrid Dahl", f"EMAIL:{ME}")
        + card("FN:Tromsø kommune", "TEL:77790000"),
    )
    assert people(home) == {}
    assert dict(report.skipped) == {"an organisation or a shared mailbox": 3, "your own card": 1}


def test_somebody_forgotten_does_not_come_back(home: Path) -> None:
    run(home, KARI)
    with open_desk(home, TODAY) as desk:
        forget(desk, "kari-nordmann")
    assert "91234567" not in story(home)
    report = run(home, KARI, event("DTSTART:20260320T090000Z", "ATTENDEE:mailto:kari@x.no"))
    assert people(home) == {}
    assert report.skipped["from somebody you asked Askwell to forget"] == 1


def test_a_member_of_linkedin_is_one_person_in_all_tables(home: Path, tmp_path: Path) -> None:
    report = run(home, KARI, linkedin_export.export(tmp_path / "export"))
    assert report.personal == 4
    found = people(home)
    assert set(found) == {"kari-nordmann", "kari-nordmann-2", "ola-vik"}
    with open_desk(home, TODAY) as desk:
        events = with_whom(desk, "kari-nordmann-2").of("message")
        assert [one.by for one in events] == ["me", "them"]


def test_a_profile_on_a_card_leads_to_the_member(home: Path, tmp_path: Path) -> None:
    page = card("FN:Kari Nordmann", "EMAIL:kari@x.no", "URL:http://no.linkedin.com/in/kari-nordmann?x=1")
    report = run(home, page, linkedin_export.export(tmp_path / "export"))
    assert set(report.people) == {"kari-nordmann", "ola-vik"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Dahl, Ingrid", "Ingrid Dahl"),
        ("Kari Nordmann, Ph.D.", "Kari Nordmann"),
        ("Kari Nordmann, MBA, PhD", "Kari Nordmann"),
        ("'Shea O'Brien'", "Shea O'Brien"),
        ('"Vik, Jo"', "Jo Vik"),
        ("Nordmann, MD", "MD Nordmann"),
    ],
)
def test_names_as_one_says_them(written: str, said: str) -> None:
    assert tidy_name(written) == said


# -- meetings --------------------------------------------------------------------------------------


def test_meetings_count_for_those_who_were_there(home: Path) -> None:
    run(home, "Name,E-mail\nKari Nordmann,kari@x.no\nOla Vik,ola@x.no\n")
    report = run(
        home,
        event(
            "DTSTART:20260320T090000Z",
            "SUMMARY:Kaffe",
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:kari@x.no",
            "ATTENDEE;PARTSTAT=DECLINED:mailto:ola@x.no",
            f"ORGANIZER:mailto:{ME}",
        ),
    )
    assert report.meetings == 1
    with open_desk(home, TODAY) as desk:
        for one in histories(desk.store):
            assert one == with_whom(desk, one.person.key)
        (met,) = with_whom(desk, "kari-nordmann").events
        assert (met.kind, met.text, met.people, met.by) == ("meeting", "Kaffe", 1, "both")
        assert with_whom(desk, "ola-vik").events == ()


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("STATUS:CANCELLED", "ATTENDEE:mailto:kari@x.no"), "a meeting that was called off"),
        (
            (f"ATTENDEE;PARTSTAT=DECLINED:mailto:{ME}", "ATTENDEE:mailto:k@x.no"),
            "a meeting that you declined",
        ),
        (("SUMMARY:Ferie",), "an appointment without other people"),
        ((f"ORGANIZER:mailto:{ME}", "ATTENDEE:mailto:info@x.no"), "an appointment without other people"),
        (tuple(f"ATTENDEE:mailto:p{n}@x.no" for n in range(21)), "a meeting of over 20"),
        (("ATTENDEE:mailto:a@x.no",), "a meeting without you among its people"),
    ],
)
def test_what_is_no_meeting_says_why(home: Path, lines: tuple[str, ...], why: str) -> None:
    report = run(home, event("DTSTART:20260320T090000Z", *lines))
    assert (report.meetings, dict(report.skipped)) == (0, {why: 1})


def test_a_meeting_to_come_is_kept_when_it_has_been(home: Path) -> None:
    data = event("DTSTART:20260601T090000Z", "ATTENDEE:mailto:kari@x.no", f"ATTENDEE:mailto:{ME}")
    assert dict(run(home, data).skipped) == {"a meeting that is still to come": 1}
    with open_desk(home, date(2026, 6, 2)) as desk:
        path = home.parent / "file0"
        assert import_(replace(desk, profile=profile(desk.store, home)), [path]).meetings == 1


def test_cards_apart_are_read_in_a_story(told: Callable[[str], Desk]) -> None:
    desk = told('person a "A"\nperson b "B"\n2026-03-01 apart a -> b\n')
    assert [one.kind for one in desk.store.said()] == ["apart"]
    assert with_whom(desk, "a").events == ()
