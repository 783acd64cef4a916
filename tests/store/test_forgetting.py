"""Somebody who is forgotten is gone: from every answer, and from every byte on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.store.store_letters import ASK, KARI, ME, OLA, START, add, day, letter, partition

from askwell.errors import AskwellError
from askwell.ledger.entries import Correction, Said
from askwell.ledger.person import Person
from askwell.store.contract import Place, Store

NAME = "Karianne Fjellstad"
OLD = "kf@gammel.example"
KARI_ID = "kari-7@mail"
SECRET = "Solskinnsbolle"


@pytest.fixture
def known(store: Store) -> Store:
    add(
        store,
        letter("1", ME, KARI, 1, text=SECRET, names=((KARI, NAME),)),
        letter(KARI_ID, KARI, ME, 2, text=f"{SECRET} igjen", names=((KARI, NAME),), refs=("1",)),
        letter(
            "3",
            ME,
            (KARI, OLA),
            3,
            text="Til dere begge",
            names=((KARI, NAME), (OLA, "Ola")),
            refs=(KARI_ID,),
        ),
        letter("4", OLA, (ME, KARI), 4, text="Fra Ola", cc=(OLD,), refs=(KARI_ID, "3")),
        letter("5", ME, OLA, 5, text="Bare oss"),
        letter("6", OLD, "list@r.example", 6, text=f"{SECRET} på lista", bulk="list"),
        letter("7", ME, KARI, 7, text=SECRET, cc=(ME,)),
        reading=ASK,
    )
    action = store.begin(day(8), "log", f"thank {NAME}")
    store.put_person(action, Person("kf", NAME, (OLD,), org="Gammel AS"))
    store.put_person(action, Person("karianne", NAME, (KARI, OLD), org="Nordlys AS", tags=("mentor",)))
    store.drop_person(action, "kf")
    store.put_person(action, Person("ola", "Ola", (OLA,)))
    store.say(action, Said(day(1), "thanks", "me", ("karianne",), text=SECRET))
    store.say(
        action,
        Said(
            day(2),
            "meeting",
            "me",
            ("karianne", "ola"),
            text=f"Med {NAME}",
            more=(("purpose", "Karianne"), ("actually", "tur")),
        ),
    )
    store.say(action, Said(day(3), "meeting", "me", ("ola", KARI), text="Kaffe"))
    store.say(action, Said(day(4), "favour", "karianne", ("me",), text=SECRET))
    store.say(action, Said(day(5), "thanks", "me", ("ola",), text="Takk"))
    store.say(action, Correction(day(5), KARI_ID, SECRET, "no_ask"))
    store.say(action, Correction(day(5), "5", "Bare", "no_ask"))
    store.add(action, [], Place(f"/mail/{NAME}.mbox", "p", 1))
    store.add(action, [], Place("/mail/all.mbox", "p", 1))
    return store


def test_forget(known: Store) -> None:
    removed = known.forget("karianne")
    assert removed["messages"] == 4
    assert [each.id for each in known.messages()] == ["3", "4", "5"]
    third, fourth = known.message("3"), known.message("4")
    assert third is not None
    assert fourth is not None
    assert (third.to, third.names, third.text) == ((OLA,), ((OLA, "Ola"),), "Til dere begge")
    assert (fourth.to, fourth.cc, fourth.text) == ((ME,), (), "Fra Ola")
    assert partition(known)["3"] == partition(known)["4"] != partition(known)["5"]
    assert known.person("karianne") is None
    assert [each.key for each in known.people()] == ["ola"]
    assert [(each.to, each.text, each.more) for each in known.said()] == [
        (("ola",), "", (("actually", "tur"),)),
        (("ola",), "Kaffe", ()),
        (("ola",), "Takk", ()),
    ]
    assert [each.message for each in known.corrections()] == ["5"]
    assert {each.address for each in known.correspondents()} == {OLA}
    assert known.search(SECRET) == ()
    assert known.forgotten([KARI.upper(), OLD, OLA]) == {KARI.upper(), OLD}
    assert known.place("/mail/all.mbox") is not None
    assert NAME not in repr(known.actions())
    assert known.trouble() == ()


def test_forget_cannot_be_undone_but_what_it_touched_can(known: Store) -> None:
    forget = known.begin(day(9), "forget", "")
    known.forget("karianne")
    with pytest.raises(AskwellError, match="for good"):
        known.undo(forget)
    known.undo(1)
    assert known.counts()["messages"] == 0
    assert known.trouble() == ()


def test_an_import_goes_on_after_somebody_is_forgotten(known: Store) -> None:
    known.forget("karianne")
    assert add(known, letter("9", ME, KARI, 9), letter("10", OLD, OLA, 9))
    assert known.counts()["messages"] == 5
    assert known.trouble() == ()


def test_nobody_cannot_be_forgotten(known: Store) -> None:
    with pytest.raises(AskwellError, match="nobody called per"):
        known.forget("per")


def test_an_address_that_moved_stays_with_whom_it_moved_to(store: Store) -> None:
    action = store.begin(START, "person", "")
    store.put_person(action, Person("kari", "Kari", (KARI, OLA)))
    store.put_person(action, Person("kari", "Kari", (KARI,)))
    store.put_person(action, Person("ola", "Ola", (OLA,)))
    add(store, letter("1", ME, OLA), letter("2", ME, KARI))
    store.forget("kari")
    assert [each.id for each in store.messages()] == ["1"]
    assert store.person("ola") == Person("ola", "Ola", (OLA,))
    assert store.forgotten([KARI, OLA]) == {KARI}


def test_somebody_without_mail_can_be_forgotten(store: Store) -> None:
    action = store.begin(START, "person", "")
    store.put_person(action, Person("per", "Per"))
    store.forget("per")
    assert store.people() == ()


TRACES = [
    KARI,
    OLD,
    NAME,
    "Fjellstad",
    SECRET,
    SECRET.lower(),
    "karianne",
    "Nordlys AS",
    "Gammel AS",
    KARI_ID,
    "kari@",
    "solskinnsboll",
    "mentor",
]


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


@pytest.mark.parametrize("kind", ["sqlite"])
def test_no_byte_of_them_is_left(known: Store, tmp_path: Path) -> None:
    folder = tmp_path / "home0"
    before = _bytes(folder)
    assert [trace for trace in TRACES if trace.encode() not in before] == []
    known.forget("karianne")
    after = _bytes(folder)
    assert [trace for trace in TRACES if trace.encode() in after] == []
    known.close()
    assert [trace for trace in TRACES if trace.encode() in _bytes(folder)] == []
    assert b"Fra Ola" in _bytes(folder)
