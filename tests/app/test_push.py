"""Writing to the user's own address book: shown first, nothing lost, nothing written over."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.app.test_dav import TODAY, account, card, synced
from tests.sources.dav_servers import PASSWORD, Radicale, radicale

from askwell.app import accounts, leaving
from askwell.app.desk import Desk, open_desk
from askwell.app.people import find
from askwell.app.push import Change, choose, propose, push
from askwell.app.secrets import Secret
from askwell.errors import AskwellError

KEY = Secret(PASSWORD)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    with radicale(tmp_path) as running:
        running.book("people", "People")
        odd = 'X-ODD;X-P="1:2":  keep me\r\nORG:Nordlys;Data\r\nCATEGORIES:venn\r\n'
        running.put("people/a.vcf", card("a", "Kari Nordmann", odd))
        yield running


@pytest.fixture
def home(server: Radicale, tmp_path: Path) -> Path:
    synced(tmp_path / "home", account(server))
    return tmp_path / "home"


def changed(desk: Desk, **more: object) -> None:
    person = find(desk, "Kari")
    mails = (*person.addresses, "kari@nordlys.example")
    new = replace(person, **{"addresses": mails, "org": "Vindkraft", "tags": ("venn", "mentor")} | more)  # type: ignore[arg-type]
    desk.store.put_person(desk.store.begin(desk.now, "person", "x"), new)


def proposed(home: Path, server: Radicale, who: str = "Kari") -> Change:
    with open_desk(home, TODAY) as desk:
        return propose(desk, who, account(server), KEY)


def test_what_the_card_lacks_is_shown_and_written_and_the_rest_stays(server: Radicale, home: Path) -> None:
    before = server.get("people/a.vcf")
    with open_desk(home, TODAY) as desk:
        changed(desk)
        change = propose(desk, "Kari", account(server), KEY)
        assert [f"{sign} {text}" for sign, text in change.lines] == [
            "- ORG: Nordlys",
            "+ ORG: Vindkraft",
            "+ EMAIL: kari@nordlys.example",
            "+ CATEGORIES: mentor",
        ]
        assert server.get("people/a.vcf") == before
        push(desk, change, account(server), KEY)
    after = server.get("people/a.vcf")
    lost = set(before.splitlines()) - set(after.splitlines())
    assert lost == {b"ORG:Nordlys;Data", b"CATEGORIES:venn"}
    assert {b"ORG:Vindkraft;Data", b"CATEGORIES:venn,mentor"} <= set(after.splitlines())
    report = synced(home, account(server))
    assert report.read == 1
    assert proposed(home, server).lines == ()
    assert [one.door for one in leaving.all_that_left(home)] == ["sync", "push", "sync"]


def test_a_card_that_changed_meanwhile_is_not_written_over(server: Radicale, home: Path) -> None:
    with open_desk(home, TODAY) as desk:
        changed(desk)
        change = propose(desk, "Kari", account(server), KEY)
        server.put("people/a.vcf", card("a", "Kari Nordmann", "TITLE:CEO\r\n"))
        with pytest.raises(AskwellError, match=r"mine: .*Kari Nordmann was changed.*nothing was written"):
            push(desk, change, account(server), KEY)
        with pytest.raises(AskwellError, match=r"changed on the server since it was read") as caught:
            propose(desk, "Kari", account(server), KEY)
    assert "askwell sync" in caught.value.hint
    assert b"TITLE:CEO" in server.get("people/a.vcf")
    assert b"Vindkraft" not in server.get("people/a.vcf")


def test_somebody_without_a_card_gets_one_that_is_theirs_from_then_on(server: Radicale, home: Path) -> None:
    from askwell.ledger.person import Person

    with open_desk(home, TODAY) as desk:
        person = Person("ola", "Ola Hansen", ("ola@example.org",), "Firma; AS")
        desk.store.put_person(desk.store.begin(desk.now, "person", "x"), person)
        change = propose(desk, "ola", account(server), KEY)
        assert (change.before, change.lines[0]) == (b"", ("+", "FN:Ola Hansen"))
        push(desk, change, account(server), KEY)
        with pytest.raises(AskwellError, match="nothing was written over"):
            push(desk, change, account(server), KEY)
    assert synced(home, account(server)).contacts == 1
    assert proposed(home, server, "ola").lines == ()
    with open_desk(home, TODAY) as desk:
        assert [one.key for one in desk.store.people()] == ["kari-nordmann", "ola"]


def test_notes_do_not_leave(server: Radicale, home: Path) -> None:
    with open_desk(home, TODAY) as desk:
        path = home.parent / "secret.vcf"
        path.write_text(card("other", "Kari Nordmann", "NOTE:private words\r\nTEL:+47 99 88 77 66\r\n"))
        from askwell.app.importing import import_

        import_(desk, [path])
        change = propose(desk, "Kari", account(server), KEY)
    assert change.lines == (("+", "TEL: +47 99 88 77 66"),)
    assert b"private" not in change.after


def test_which_address_book(home: Path, server: Radicale) -> None:
    with open_desk(home, TODAY) as desk:
        accounts.put(home, account(server))
        accounts.put(home, replace(account(server), name="other"))
        with pytest.raises(AskwellError, match="Into which address book") as caught:
            choose(desk, None)
        assert caught.value.hint == "--to mine --to other"
        assert choose(desk, "other").name == "other"
        with pytest.raises(AskwellError, match="no address book"):
            choose(desk, "third")
