"""What was worked out for people is kept, and is known to be old for exactly those whom a change touches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.store.store_letters import ASK, KARI, ME, OLA, START, add, day, keep, letter

from askwell.ledger.entries import Correction, Said
from askwell.ledger.person import Person
from askwell.store.contract import Made, Store, Summary
from askwell.store.opening import open_store
from askwell.text.reading import Reading

TODAY = date(2026, 3, 2)
PEOPLE = (Person("kari", "Kari Nordmann", (KARI,)), Person("ola", "Ola Vik", (OLA,)), Person("siv", "Siv"))
EVERYBODY = {"kari", "ola", "siv"}


def summary(key: str, *, waits: bool = False, text: str = "{}") -> Summary:
    return Summary(key, TODAY, TODAY + timedelta(days=3), text, waits)


def worked_out(store: Store, waits: tuple[str, ...] = ()) -> None:
    """All that is stale is made."""
    stale = store.stale()
    people = {one.key for one in store.people()}
    items = [summary(key, waits=key in waits) for key in sorted(stale.keys & people)]
    store.put_summaries(stale.state, items, stale.keys - people, finished=True)


@pytest.fixture
def known(store: Store) -> Store:
    """A store with three people, a letter to each of two, and all summaries made."""
    store.set("me", f'["{ME}"]')
    store.put_people(store.begin(START, "import", "people"), PEOPLE, ())
    add(store, letter("1@x", ME, KARI), letter("2@x", ME, OLA, 1), reading=ASK)
    worked_out(store)
    assert store.stale().keys == frozenset()
    return store


def test_new_people_have_none_yet(store: Store) -> None:
    assert store.stale().keys == frozenset()
    store.put_people(store.begin(START, "import", "people"), PEOPLE, ())
    assert store.stale().keys == EVERYBODY
    worked_out(store)
    number = TODAY.toordinal()
    assert {key: (one.day, one.until) for key, one in store.made().items()} == dict.fromkeys(
        EVERYBODY, (number, number + 3)
    )
    assert store.summaries() == dict.fromkeys(EVERYBODY, "{}")
    assert store.summaries(["ola", "nobody"]) == {"ola": "{}"}


def _say(store: Store, entry: Said | Correction) -> None:
    store.say(store.begin(day(9), "log", ""), entry)


CHANGES: dict[str, tuple[Callable[[Store], object], set[str]]] = {
    "a letter to her": (lambda s: add(s, letter("3@x", ME, KARI, 2, subject="Ny")), {"kari"}),
    "a letter from him": (lambda s: add(s, letter("3@x", OLA, ME, 2, subject="Ny")), {"ola"}),
    "a letter to both": (lambda s: add(s, letter("3@x", ME, KARI, 2, cc=(OLA,))), {"kari", "ola"}),
    "a letter from a stranger": (lambda s: add(s, letter("3@x", "a@b.example", ME, 2)), set()),
    "a newsletter": (lambda s: add(s, letter("3@x", KARI, ME, 2, subject="Ny", bulk="list")), set()),
    "a new reading": (lambda s: s.put_readings("2", [("2@x", Reading("nb"), 3)]), {"ola"}),
    "an entry": (lambda s: _say(s, Said(day(3), "favour", "kari", ("me",))), {"kari"}),
    "an entry by address": (lambda s: _say(s, Said(day(3), "meeting", "me", (OLA, "siv"))), {"ola", "siv"}),
    "a correction": (lambda s: _say(s, Correction(day(3), "1@x", "Kan du", "no_ask")), {"kari"}),
    "what she is": (lambda s: s.put_person(s.begin(day(3), "person", ""), Person("siv", "S.")), {"siv"}),
    "no more of her": (lambda s: s.drop_person(s.begin(day(3), "people", ""), "kari"), {"kari"}),
    "an address of mine": (lambda s: s.set("me", f'["{ME}", "i@b.example"]'), EVERYBODY),
    "the same addresses": (lambda s: s.set("me", f'["{ME}"]'), set()),
    "another setting": (lambda s: s.set("read_for", "[]"), set()),
    "whose mail it is": (lambda s: s.claim([OLA]), {"kari", "ola"}),
    "the same claim": (lambda s: s.claim([ME]), set()),
    "an action": (lambda s: s.begin(day(3), "log", ""), set()),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_touches_whom_it_is_about(known: Store, name: str) -> None:
    change, touched = CHANGES[name]
    before = known.state()
    change(known)
    stale = known.stale().keys
    assert stale >= touched
    # Where it is no longer known whose the letters were, everybody is looked at again.
    assert stale <= (EVERYBODY if name == "whose mail it is" else touched)
    assert known.state() > before


def test_what_is_usual_touches_those_who_are_waited_for(known: Store) -> None:
    known.say(known.begin(day(3), "log", ""), Said(day(3), "ask", "me", ("kari", "ola")))
    worked_out(known, waits=("ola",))
    known.set("priors", "{}")
    assert known.stale().keys == {"ola"}
    worked_out(known, waits=("ola",))
    known.set("priors", "{}")
    assert known.stale().keys == frozenset()


@pytest.mark.parametrize("what", ["letter", "entry", "correction", "person"])
def test_taking_back_touches_whom_the_action_was_about(known: Store, what: str) -> None:
    action = known.begin(day(3), "log", "")
    if what == "letter":
        known.add(action, [keep(letter("3@x", KARI, ME, 2, subject="Ny"))])
        known.settle()
    elif what == "person":
        known.put_person(action, Person("kari", "Kari", (KARI,), floor="close"))
    else:
        entry = Said(day(3), "note", "kari") if what == "entry" else Correction(day(3), "1@x", "", "no_ask")
        known.say(action, entry)
    worked_out(known)
    known.undo(action)
    assert known.stale().keys == {"kari"}


def test_a_thread_that_is_found_later_touches_its_people(known: Store) -> None:
    add(known, letter("4@x", OLA, ME, 5, subject="A", refs=("0@x",)))
    worked_out(known)
    add(known, letter("0@x", "a@b.example", ME, 3, subject="B", refs=("1@x",)))
    assert known.stale().keys == {"kari"}  # whose letter now belongs to Ola's thread


def test_a_letter_that_names_nobody_touches_whom_it_answers(known: Store) -> None:
    add(known, letter("5@x", ME, (), 6, subject="C", refs=("6@x",)))
    worked_out(known)
    add(known, letter("6@x", OLA, ME, 5, subject="D"))
    assert known.stale().keys == {"ola"}


def test_what_was_made_before_a_change_does_not_count_as_made_after_it(known: Store) -> None:
    known.say(known.begin(day(3), "log", ""), Said(day(3), "note", "kari"))
    early = known.stale()
    known.say(known.begin(day(4), "log", ""), Said(day(4), "note", "kari"))
    late = known.stale()
    assert early.keys == late.keys == {"kari"}
    known.put_summaries(late.state, [summary("kari", text="new")], finished=True)
    known.put_summaries(early.state, [summary("kari", text="old")], finished=True)
    assert known.summaries(["kari"]) == {"kari": "new"}
    assert known.stale().keys == frozenset()


def test_half_of_the_work_is_not_done_twice(store: Store) -> None:
    store.put_people(store.begin(START, "import", "people"), PEOPLE, ())
    stale = store.stale()
    store.put_summaries(stale.state, [summary("ola")])
    assert store.stale().keys == {"kari", "siv"}


def test_who_is_forgotten_takes_the_summaries_along(known: Store) -> None:
    known.say(known.begin(day(3), "log", ""), Said(day(3), "intro", "kari", ("me", "ola")))
    worked_out(known)
    early = known.stale()
    removed = known.forget("kari")
    assert removed["summaries"] == 2
    assert known.summaries().keys() == {"siv"}
    known.put_summaries(early.state, [summary("kari")], finished=True)  # by another program, a little later
    assert known.summaries().keys() == {"siv"}
    assert known.stale().keys == {"ola"}


def test_the_state_rises_with_every_change_and_with_no_summary(known: Store) -> None:
    before = known.state()
    known.stale()
    known.put_summaries(before, [summary("kari")], finished=True)
    assert known.state() == before
    add(known, letter("3@x"))
    assert known.state() > before


def test_another_program_sees_the_state(ledger: Path) -> None:
    one, other = open_store(ledger), open_store(ledger)
    before = other.state()
    add(one, letter("1@x"))
    assert other.state() == one.state() > before
    one.close()
    other.close()


def test_an_older_ledger_has_everything_still_to_make(ledger: Path) -> None:
    import sqlite3
    from contextlib import closing

    store = open_store(ledger)
    store.put_people(store.begin(START, "import", "people"), PEOPLE, ())
    worked_out(store)
    store.close()
    with closing(sqlite3.connect(ledger, isolation_level=None)) as db:
        for table in ("summary", "touched", "pulse", "spot", "folder"):
            db.execute(f"DROP TABLE {table}")
        db.execute("UPDATE alembic_version SET version_num = '0001'")
    store = open_store(ledger)
    assert store.stale().keys == EVERYBODY
    assert store.made() == {}
    worked_out(store)
    assert store.made()["ola"] == Made(store.state(), TODAY.toordinal(), TODAY.toordinal() + 3)
    store.close()
