"""Address books and calendars on a real server: what is new comes in, what is gone is said."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.sources.dav_servers import PASSWORD, USER, Radicale, Said, radicale, scripted
from tests.sources.test_dav import data, item, multistatus

from askwell.app import caldav, carddav, leaving, source
from askwell.app.accounts import Account, accounts
from askwell.app.desk import Desk, open_desk
from askwell.app.exporting import export
from askwell.app.forget import forget
from askwell.app.owner import claim
from askwell.app.report import Report
from askwell.app.secrets import Secret
from askwell.app.undo import undo
from askwell.errors import AskwellError

TODAY = date(2026, 5, 4)
ME = "ingrid@example.no"


def card(uid: str, name: str, more: str = "") -> str:
    given, _, family = name.partition(" ")
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nN:{family};{given};;;\r\nFN:{name}\r\n"
        f"EMAIL:{given.lower()}@example.org\r\n{more}END:VCARD\r\n"
    )


def event(uid: str, start: str, guest: str = "kari@example.org", more: str = "") -> str:
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
        f"DTSTAMP:20260101T000000Z\r\nDTSTART:{start}\r\nSUMMARY:About {uid}\r\n"
        f"ORGANIZER:mailto:{ME}\r\nATTENDEE:mailto:{guest}\r\n{more}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    with radicale(tmp_path) as running:
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def account(server: Radicale, kind: str = "carddav", **more: object) -> Account:
    return replace(Account("mine", kind, USER, url=server.url), **more)  # type: ignore[arg-type]


def synced(home: Path, one: Account, day: date = TODAY, dry: bool = False) -> Report:
    room = carddav if one.kind == "carddav" else caldav
    with open_desk(home, day) as desk:
        claim(desk, [ME])
        with desk.store.lock():
            return room.sync_account(desk, one, Secret(PASSWORD), dry=dry)


def names(home: Path) -> list[str]:
    with open_desk(home, TODAY) as desk:
        return sorted(one.name for one in desk.store.people())


def story(desk: Desk) -> str:
    return "".join(export(desk))


def test_what_there_is(server: Radicale) -> None:
    server.book("people", "Folk og fe")
    server.book("work", "Arbeid")
    server.calendar("plans", "Planer")
    found = carddav.look(account(server), Secret(PASSWORD))
    assert [one.name for one in found] == ["Arbeid", "Folk og fe"]
    found = caldav.look(account(server, "caldav"), Secret(PASSWORD))
    assert [one.name for one in found] == ["Planer"]


def test_a_book_that_is_not_there_cannot_be_chosen(server: Radicale, home: Path) -> None:
    server.book("people", "People")
    with open_desk(home, TODAY) as desk:
        with pytest.raises(AskwellError, match='there is no "Nobody"') as caught:
            source.add(desk, account(server, only=("Nobody",)), Secret(PASSWORD))
        assert "People" in caught.value.hint
        assert accounts(home) == ()


@pytest.mark.parametrize("path", ["", "/", "/ingrid/", "/ingrid/people/", "/.well-known/carddav"])
def test_any_address_of_the_account_leads_to_its_books(server: Radicale, path: str) -> None:
    server.book("people", "People")
    found = carddav.look(account(server, url=server.url + path), Secret(PASSWORD))
    assert [one.name for one in found] == ["People"]


def test_cards_come_in_and_again_is_one_request_a_book(server: Radicale, home: Path) -> None:
    server.book("people", "People")
    server.book("work", "Work")
    server.put("people/a.vcf", card("a", "Kari Nordmann", "ORG:Nordlys\r\n"))
    server.put("people/b.vcf", card("b", "Ola Hansen"))
    server.put("work/c.vcf", card("c", "Åse Ødegård"))
    first = synced(home, account(server))
    assert (first.read, first.contacts, sum(first.skipped.values())) == (3, 3, 0)
    assert names(home) == ["Kari Nordmann", "Ola Hansen", "Åse Ødegård"]
    server.asked.clear()
    again = synced(home, account(server))
    assert (again.read, again.action) == (0, 0)
    assert [method for method, _ in server.asked] == ["REPORT", "REPORT"]


def test_only_what_is_new_is_fetched_and_what_is_gone_is_said(server: Radicale, home: Path) -> None:
    server.book("people", "People")
    for one in ("Kari Nordmann", "Ola Hansen", "Siri Lie"):
        server.put(f"people/{one[:4]}.vcf", card(one[:4], one))
    synced(home, account(server))
    server.put("people/Kari.vcf", card("Kari", "Kari Nordmann", "TITLE:Head of Data\r\n"))
    server.delete("people/Ola .vcf".replace(" ", "%20"))
    server.put("people/Nils.vcf", card("Nils", "Nils Vik"))
    report = synced(home, account(server))
    assert (report.read, report.contacts) == (3, 2)
    assert dict(report.skipped) == {"no longer on the server; kept in the ledger": 1}
    assert list(report.examples.values()) == [["mine/People, Ola Hansen"]]
    with open_desk(home, TODAY) as desk:
        there = {one.name: one for one in desk.store.people()}
    assert there["Kari Nordmann"].title == "Head of Data"
    assert "Ola Hansen" in there
    assert "Nils Vik" in there


def test_a_token_that_has_run_out_is_followed_by_a_full_look(server: Radicale, home: Path) -> None:
    server.book("people", "People")
    server.put("people/a.vcf", card("a", "Kari Nordmann"))
    server.put("people/b.vcf", card("b", "Ola Hansen"))
    synced(home, account(server))
    tokens = list((home.parent / "collections").rglob("sync-token/*"))
    assert tokens
    for one in tokens:
        one.unlink()
    server.delete("people/b.vcf")
    server.put("people/c.vcf", card("c", "Siri Lie"))
    report = synced(home, account(server))
    assert (report.read, report.contacts, report.known) == (2, 1, 0)
    assert list(report.examples.values()) == [["mine/People, Ola Hansen"]]


def test_an_undone_sync_can_be_done_again(server: Radicale, home: Path) -> None:
    server.book("people", "People")
    server.put("people/a.vcf", card("a", "Kari Nordmann"))
    first = synced(home, account(server))
    with open_desk(home, TODAY) as desk:
        undo(desk, first.action)
    assert names(home) == []
    assert synced(home, account(server)).contacts == 1
    assert names(home) == ["Kari Nordmann"]


def test_dry_counts_the_same_and_keeps_nothing(server: Radicale, home: Path) -> None:
    server.book("people", "People")
    server.put("people/a.vcf", card("a", "Kari Nordmann"))
    server.put(
        "people/b.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:b\r\nFN:Us\r\nN:;;;;\r\nKIND:group\r\nEND:VCARD\r\n",
    )
    dry = synced(home, account(server), dry=True)
    assert names(home) == []
    real = synced(home, account(server))
    assert {**dry.to_json(), "people": [], "action": 0, "dry_run": 0} == {
        **real.to_json(),
        "people": [],
        "action": 0,
        "dry_run": 0,
    }


def test_books_may_be_chosen_and_a_wrong_name_is_said(server: Radicale, home: Path) -> None:
    server.book("people", "People")
    server.book("work", "Work")
    server.put("people/a.vcf", card("a", "Kari Nordmann"))
    server.put("work/b.vcf", card("b", "Ola Hansen"))
    synced(home, account(server, only=("Work",)))
    assert names(home) == ["Ola Hansen"]
    with pytest.raises(AskwellError, match='mine: there is no "Wrok"') as caught:
        synced(home, account(server, only=("Wrok",)))
    assert "People, Work" in caught.value.hint


def test_meetings_come_in_once_they_have_taken_place(server: Radicale, home: Path) -> None:
    server.calendar("plans", "Plans")
    server.put("plans/past.ics", event("past", "20260420T100000Z"))
    server.put("plans/next.ics", event("next", "20260511T100000Z"))
    server.put("plans/week.ics", event("week", "20260428T080000Z", more="RRULE:FREQ=WEEKLY\r\n"))
    one = account(server, "caldav")
    first = synced(home, one)
    assert (first.meetings, dict(first.skipped)) == (2, {"a meeting that is still to come": 1})
    server.asked.clear()
    assert synced(home, one).read == 0
    assert [method for method, _ in server.asked] == ["REPORT"]
    later = synced(home, one, date(2026, 5, 13))
    assert (later.meetings, later.known) == (3, 1)  # next, and the fifth and twelfth of the weekly one
    with open_desk(home, date(2026, 5, 13)) as desk:
        days = sorted(said.at.date().isoformat() for said in desk.store.said() if said.kind == "meeting")
    assert days == ["2026-04-20", "2026-04-28", "2026-05-05", "2026-05-11", "2026-05-12"]


def test_a_meeting_that_was_called_off_before_it_took_place_is_none(server: Radicale, home: Path) -> None:
    server.calendar("plans", "Plans")
    server.put("plans/next.ics", event("next", "20260511T100000Z"))
    one = account(server, "caldav")
    synced(home, one)
    server.delete("plans/next.ics")
    report = synced(home, one, date(2026, 5, 13))
    assert (report.meetings, sum(report.skipped.values())) == (0, 1)


def test_the_forgotten_stay_forgotten(server: Radicale, home: Path) -> None:
    server.book("people", "People")
    server.put("people/kari-nordmann.vcf", card("a", "Kari Nordmann"))
    server.put("people/ola.vcf", card("b", "Ola Hansen"))
    synced(home, account(server))
    with open_desk(home, TODAY) as desk:
        forget(desk, "Kari Nordmann")
    assert b"kari-nordmann" not in (home / "ledger.sqlite").read_bytes()
    server.put("people/kari-nordmann.vcf", card("a", "Kari Nordmann", "TITLE:CEO\r\n"))
    report = synced(home, account(server))
    assert dict(report.skipped) == {"from somebody you asked Askwell to forget": 1}
    assert names(home) == ["Ola Hansen"]


def test_what_left_is_noted_without_what_was_in_it(server: Radicale, home: Path) -> None:
    server.book("people", "People")
    server.put("people/a.vcf", card("a", "Kari Nordmann"))
    synced(home, account(server))
    (left,) = leaving.all_that_left(home)
    assert (left.door, left.host) == ("sync", server.url.removeprefix("http://"))
    assert left.size > 100


def test_a_wrong_password_names_the_account_and_not_the_password(server: Radicale, home: Path) -> None:
    server.book("people", "People")
    with open_desk(home, TODAY) as desk, pytest.raises(AskwellError, match=r"mine: .* user name") as caught:
        carddav.sync_account(desk, account(server), Secret("hemmelig"))
    assert "hemmelig" not in caught.value.message + caught.value.hint
    assert "app password" in caught.value.hint


def test_a_book_that_is_no_longer_there_is_said(server: Radicale, home: Path) -> None:
    server.book("people", "People")
    server.book("work", "Work")
    server.put("work/b.vcf", card("b", "Ola Hansen"))
    synced(home, account(server))
    server.delete("work/")
    report = synced(home, account(server))
    assert dict(report.skipped) == {"no longer on the server; what it brought is kept": 1}
    assert names(home) == ["Ola Hansen"]
    assert sum(synced(home, account(server)).skipped.values()) == 0


def test_a_thousand_cards_come_in_pieces(server: Radicale, home: Path) -> None:
    server.book("people", "People")
    whole = "".join(card(str(n), f"Kari{n} Nordmann") for n in range(230))
    server.send("PUT", "people/", whole, Content_Type="text/vcard")
    server.asked.clear()
    told: list[tuple[int, int]] = []
    with open_desk(home, TODAY) as desk, desk.store.lock():
        report = carddav.sync_account(
            desk, account(server), Secret(PASSWORD), lambda done, total: told.append((done, total))
        )
    assert report.contacts == 230
    assert told[-1] == (230, 230)
    assert [method for method, _ in server.asked].count("REPORT") == 1 + 5


def test_a_server_that_hangs_up_in_the_middle(home: Path) -> None:
    """What came before is kept, and the next sync brings the rest and says nothing twice."""
    bad = [True]

    def script(_method: str, _path: str, body: bytes) -> Said:
        if b"multiget" in body:
            wanted = [n for n in range(120) if f"/b/{n}<".encode() in body]
            found = multistatus(*(data(f"/b/{n}", card(str(n), f"Kari{n} Nordmann")) for n in wanted))
            return Said(207, found, cut=200 if bad[0] and 60 in wanted else None)
        if b"sync-collection" in body:
            return Said(207, multistatus(*(item(f"/b/{n}") for n in range(120)), token="t1"))
        link = '<current-user-principal xmlns="DAV:"><href>/b/</href></current-user-principal>'
        kind = '<resourcetype><R:addressbook xmlns:R="urn:ietf:params:xml:ns:carddav"/></resourcetype>'
        token = "<sync-token>t0</sync-token>"
        return Said(207, multistatus(item("/b/").replace("<getetag>", f"{link}{kind}{token}<getetag>")))

    with scripted(script) as url:
        one = Account("mine", "carddav", USER, url=f"{url}/b/")
        with pytest.raises(AskwellError, match=r"mine: .* hung up in the middle"):
            synced(home, one)
        assert len(names(home)) == 50
        bad[0] = False
        again = synced(home, one)
        assert (again.contacts, again.known) == (70, 50)
        assert len(names(home)) == 120
        assert synced(home, one).contacts == 0


def test_a_token_stands_in_for_the_password(home: Path) -> None:
    """XOAUTH2 accounts send a bearer token; where it has run out, the error says so."""
    seen: list[str] = []

    def script(_method: str, _path: str, _body: bytes) -> Said:
        return Said(401, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})

    with scripted(script, seen=seen) as url:
        one = Account("mine", "carddav", USER, url=url, auth="xoauth2")
        with pytest.raises(AskwellError, match=r"mine: .* does not take the token") as caught:
            synced(home, one)
    assert set(seen) == {f"Bearer {PASSWORD}"}
    assert PASSWORD not in caught.value.message + caught.value.hint
