"""What every store does, whichever it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from tests.store.store_letters import ASK, KARI, ME, OLA, START, add, day, keep, letter

from askwell.errors import AskwellError
from askwell.ledger.entries import Correction, Message, Said
from askwell.ledger.person import Person
from askwell.store.contract import Action, Correspondent, Kept, Place, Store
from askwell.text.reading import Act, Reading

Opener = Callable[[], Store]


# -- messages --------------------------------------------------------------------------------------
def test_a_message_comes_back_as_it_was(store: Store) -> None:
    names = ((ME, "Ingrid Dahl"), (KARI, "Kari Nordmann"), (OLA, "Ola"), ("svar@x.example", "Svar"))
    sent = letter(
        "1@x", ME, (KARI,), 1, text="Blåbær\x00\n\U0001f600", refs=("0@x", "æ@x"), cc=(OLA,), names=names
    )
    add(store, sent)
    assert store.message("1@x") == sent
    assert list(store.messages()) == [sent]
    assert store.message("2@x") is None


def test_addresses_are_kept_in_lower_case_and_times_in_utc(store: Store) -> None:
    oslo = timezone(timedelta(hours=2))
    at = datetime(2026, 6, 1, 1, 30, 0, 123456, tzinfo=oslo)
    add(
        store,
        Message(
            "1@x", at, "Kari@Nordlys.Example", (" OLA@havn.example",), names=(("Kari@Nordlys.Example", "K"),)
        ),
    )
    found = store.message("1@x")
    assert found is not None
    assert (found.sender, found.to, found.names) == (KARI, (OLA,), ((KARI, "K"),))
    assert found.at == at
    assert found.at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    action = store.begin(START, "import", "")
    naive = START.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        store.add(action, [keep(Message("1@x", naive, ME))])
    with pytest.raises(ValueError, match="time zone"):
        store.begin(naive, "log", "")
    with pytest.raises(ValueError, match="time zone"):
        store.say(action, Said(naive, "note", "me"))
    assert store.counts()["messages"] == 0


def test_a_known_message_is_passed_over(store: Store) -> None:
    first, second = letter("1@x", text="one"), letter("1@x", text="two")
    action = store.begin(START, "import", "")
    assert store.add(action, [keep(first), keep(second)]) == 1
    assert store.add(action, [keep(second), keep(letter("2@x"))]) == 1
    assert store.message("1@x") == first
    assert store.known(["1@x", "2@x", "3@x"]) == {"1@x", "2@x"}


def test_known_takes_any_number_of_ids(store: Store) -> None:
    add(store, letter("1@x"))
    assert store.known([f"{n}@x" for n in range(40_000)]) == {"1@x"}


def test_text_that_is_no_text_is_kept_with_marks(store: Store) -> None:
    add(store, letter("1@x", KARI, ME, subject="a\udce5", text="b\ud83d"), letter("2@x"))
    found = store.message("1@x")
    assert found is not None
    assert found.subject.startswith("a")
    found.subject.encode()
    found.text.encode()
    assert store.counts()["messages"] == 2


def test_messages_stream_in_order_of_time_and_id(store: Store) -> None:
    add(store, letter("b", at=1), letter("a", at=1), letter("c", at=0), letter("d", at=3))
    assert [each.id for each in store.messages()] == ["c", "a", "b", "d"]
    assert [each.id for each in store.messages("a")] == ["b", "d"]


def test_reading_while_writing(store: Store) -> None:
    action = add(store, *(letter(f"{n:05d}", at=n) for n in range(2500)))
    for n, each in enumerate(store.messages()):
        if n % 1000 == 0:
            store.add(action, [keep(letter(f"new{n}", at=n))])
            store.put_readings("2", [(each.id, ASK, 1)])
    assert store.counts()["messages"] == 2503


# -- places ----------------------------------------------------------------------------------------
def test_the_place_moves_with_the_messages(store: Store) -> None:
    action = store.begin(START, "import", "")
    assert store.place("a.mbox") is None
    store.add(action, [keep(letter("1@x"))], Place("a.mbox", "print", 10))
    store.add(action, [keep(letter("2@x"))], Place("a.mbox", "print", 2**40))
    store.add(action, [], Place("b.mbox", "other", 5))
    assert store.place("a.mbox") == Place("a.mbox", "print", 2**40)
    assert store.place("b.mbox") == Place("b.mbox", "other", 5)


def test_after_undo_an_import_begins_where_the_undone_one_did(store: Store) -> None:
    first, second, third = (store.begin(day(n), "import", "") for n in range(3))
    for action, offset in ((first, 10), (second, 20), (third, 30)):
        store.add(action, [keep(letter(f"{offset}"))], Place("a", "p", offset))
    store.undo(third)
    assert store.place("a") == Place("a", "p", 20)
    store.undo(first)
    assert store.place("a") is None


# -- exchanges -------------------------------------------------------------------------------------
def test_what_an_introduction_can_be_made_by(store: Store) -> None:
    """An introduction in it, whoever wrote; or the user's to two people. Words alone make none."""
    made = Reading("en", (Act("introduction_made", (0, 4), "Meet Ola", 0.9, ("meet",)),))
    said = Reading("en", (Act("offer", (0, 4), 'an "introduction_made" in words', 0.9),))
    names = (("other@x", "Beside"),)
    add(store, letter("1", KARI, (ME, OLA), 1), letter("2", ME, KARI, 2), letter("3", ME, (KARI, OLA), 3))
    add(store, letter("4", KARI, ME, 4), letter("5", ME, OLA, 5), reading=made)
    add(store, letter("6", ME, KARI, 6, cc=(OLA,), names=names), letter("7", ME, (KARI, OLA, "x@x"), 7))
    add(store, letter("8", KARI, ME, 8), letter("9", ME, KARI, 9, names=names), reading=said)
    add(store, letter("10", ME, (KARI, OLA), 10, bulk="list"))
    assert [each.id for each in store.introducing()] == ["3", "4", "5", "6"]
    assert [each.id for each in store.introducing([KARI])] == ["3", "4", "6"]
    assert [each.id for each in store.introducing([OLA])] == ["3", "5", "6"]
    assert list(store.introducing([])) == list(store.introducing(["nobody@x"])) == []
    for addresses in (None, [KARI], [OLA, KARI]):
        every = [each for each in store.exchanges(addresses) if each.introduces]
        assert list(store.introducing(addresses)) == every


def test_exchanges_with_somebody(store: Store) -> None:
    add(
        store,
        letter("1", ME, KARI, 1),
        letter("2", KARI, ME, 2),
        letter("3", ME, OLA, 3, cc=(KARI,)),
        letter("4", OLA, (ME, KARI), 4),
        letter("5", ME, OLA, 5),
        letter("6", KARI, ME, 6, bulk="list"),
        letter("7", ME, OLA, 7, names=((KARI, "Kari"),)),
        reading=ASK,
    )
    assert [each.id for each in store.exchanges(["KARI@nordlys.example"])] == ["1", "2", "3"]
    assert [each.id for each in store.exchanges([KARI, OLA])] == ["1", "2", "3", "4", "5", "7"]
    assert [each.id for each in store.exchanges()] == ["1", "2", "3", "4", "5", "7"]
    assert list(store.exchanges([])) == []
    assert list(store.exchanges(["nobody@x"])) == []
    fourth = list(store.exchanges())[3].at
    assert [each.id for each in store.exchanges(None, fourth)] == ["4", "5", "7"]
    assert [each.id for each in store.exchanges([KARI], fourth)] == []
    assert [each.id for each in store.exchanges([OLA, *(f"{n}@x" for n in range(2000))], fourth)] == [
        "4",
        "5",
        "7",
    ]
    third = list(store.exchanges([KARI]))[2]
    assert (third.by_me, third.sender, third.to, third.words, third.reading) == (
        True,
        ME,
        (OLA, KARI),
        2,
        ASK,
    )
    assert (third.subject, third.thread, third.pause) == ("Hei", "3", False)


def test_exchanges_with_very_many(store: Store) -> None:
    add(store, letter("1", ME, KARI, 1), letter("2", OLA, ME, 2), letter("3", "x@y", ME, 3))
    many = [KARI, OLA, *(f"{n}@nowhere.example" for n in range(6000))]
    assert [each.id for each in store.exchanges(many)] == ["1", "2"]


def test_who_there_is_mail_with(store: Store) -> None:
    add(
        store,
        letter("1", ME, (KARI, KARI), 1, names=((KARI, "kari"),)),
        letter("2", KARI, ME, 2, names=((KARI, "Kari Nordmann"), (ME, "Ingrid"))),
        letter("3", ME, OLA, 3, bulk="calendar"),
        letter("4", "x@y.example", ME, 4),
    )
    assert list(store.correspondents()) == [
        Correspondent(KARI, "Kari Nordmann", 1, 1, day(1), day(2)),
        Correspondent("x@y.example", "", 0, 1, None, day(4)),
    ]


def test_claiming_addresses(store: Store) -> None:
    add(store, letter("1", ME, KARI), letter("2", KARI, ME), letter("3", "old@me.example", KARI))
    assert store.claim([ME, "OLD@me.example"]) == 1
    assert [(e.id, e.by_me) for e in store.exchanges()] == [("1", True), ("2", False), ("3", True)]
    assert store.claim([ME, "old@me.example"]) == 0
    assert store.claim([]) == 2


# -- search ----------------------------------------------------------------------------------------
def test_norwegian_letters_are_letters_of_their_own(store: Store) -> None:
    add(store, letter("1", text="Vi setter oss et MÅL i år"), letter("2", text="Hun snakker norsk mal"))
    assert [hit.id for hit in store.search("mål")] == ["1"]
    assert [hit.id for hit in store.search("mal")] == ["2"]
    assert [hit.id for hit in store.search("ar")] == []


def test_search_shows_where(store: Store) -> None:
    words = " ".join(f"ord{n}" for n in range(40))
    add(
        store,
        letter("1", KARI, text=f"{words} kaffe på Fuglen {words}", subject="Møte"),
        letter("2", text=words),
    )
    (hit,) = store.search("kaffe fuglen")
    assert (hit.id, hit.sender, hit.subject, hit.at) == ("1", KARI, "Møte", START)
    assert "[kaffe] på [Fuglen]" in hit.snippet
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")
    assert [each.id for each in store.search("møte")] == ["1"]


def test_search_for_phrases_and_beginnings(store: Store) -> None:
    add(store, letter("1", text="kaffe på Fuglen"), letter("2", text="på Fuglen drakk vi kaffe"))
    assert [hit.id for hit in store.search('"kaffe på"')] == ["1"]
    assert {hit.id for hit in store.search("fugl*")} == {"1", "2"}
    assert len(store.search("fugl*", limit=1)) == 1
    assert store.search("fugl") == ()


@pytest.mark.parametrize(
    "words", ["", "   ", '"', "*", "a AND", "NEAR(", "subject:", "-x", "(", "'; DROP", "\x00", "^a"]
)
def test_no_search_is_an_error(store: Store, words: str) -> None:
    add(store, letter("1", text="something"))
    assert store.search(words) == ()


# -- readings --------------------------------------------------------------------------------------
def test_readings_are_replaced(store: Store) -> None:
    add(store, letter("1"), letter("2"), letter("3", bulk="list"), reading=ASK)
    assert store.reading("1") == ASK
    assert store.reading("3") is None
    assert store.reading("9") is None
    assert list(store.unread("1")) == []
    assert [each.id for each in store.unread("2")] == ["1", "2"]
    empty = Reading("nn")
    assert store.put_readings("2", iter([("1", empty, 7), ("9", empty, 1)])) == 1
    assert store.reading("1") == empty
    assert [each.words for each in store.exchanges()] == [7, 2]
    assert [each.id for each in store.unread("2")] == ["2"]


def test_texts_come_with_their_readings(store: Store) -> None:
    add(store, letter("1", text="Hei"), letter("2", bulk="list"), reading=ASK)
    assert store.texts(["1", "2", "9"]) == {"1": ("Hei", ASK)}
    assert store.texts([]) == {}


def test_senders_are_known_by_id(store: Store) -> None:
    add(store, letter("1", KARI, ME), letter("2", OLA, ME))
    assert store.senders(["1", "2", "9"]) == {"1": KARI, "2": OLA}


def test_personal_mail_without_a_reading_is_unread(store: Store) -> None:
    add(store, letter("1", KARI, ME), letter("2", KARI, ME, bulk="noreply"))
    assert [each.id for each in store.unread("1")] == ["1"]
    assert store.counts()["readings"] == 0


def test_reading_all_while_replacing(store: Store) -> None:
    add(store, *(letter(f"{n:04d}") for n in range(1200)))
    seen = 0
    for each in store.unread("3"):
        store.put_readings("3", [(each.id, ASK, 1)])
        seen += 1
    assert seen == 1200
    assert store.counts()["readings"] == 1200


def test_an_out_of_office_answer_stays_one(store: Store) -> None:
    action = store.begin(START, "import", "")
    store.add(action, [Kept(letter("1"), True, pause=True)])
    store.put_readings("1", [("1", ASK, 3)])
    assert [(each.pause, each.words) for each in store.exchanges()] == [(True, 3)]


# -- people ----------------------------------------------------------------------------------------
FULL = Person(
    "kari",
    "Kari Nordmann",
    (KARI, "k@old.example"),
    "Nordlys",
    "Sjef",
    ("a", "å"),
    "personal",
    "close",
    1.5,
    "møte",
)


def test_people_change_and_go(store: Store) -> None:
    first = store.begin(START, "person", "kari")
    store.put_person(first, Person("ola", "Ola"))
    store.put_person(first, FULL)
    assert store.people() == (FULL, Person("ola", "Ola"))
    assert store.person("kari") == FULL
    assert store.owner("K@OLD.example") == FULL
    second = store.begin(day(1), "person", "kari")
    changed = Person("kari", "Kari N. Berg", (KARI,))
    store.put_person(second, changed)
    assert store.person("kari") == changed
    assert store.owner("k@old.example") is None
    third = store.begin(day(2), "merge", "kari")
    store.drop_person(third, "kari")
    assert store.people() == (Person("ola", "Ola"),)
    assert store.owner(KARI) is None
    assert store.counts()["people"] == 1
    store.undo(third)
    assert store.person("kari") == changed
    store.undo(second)
    assert store.person("kari") == FULL
    store.undo(first)
    assert store.people() == ()


def test_an_older_change_can_be_undone_under_a_newer(store: Store) -> None:
    first, second, third = (store.begin(day(n), "person", "") for n in range(3))
    store.put_person(first, Person("kari", "1"))
    store.put_person(second, Person("kari", "2"))
    store.put_person(third, Person("kari", "3"))
    store.undo(second)
    assert store.person("kari") == Person("kari", "3")
    store.undo(third)
    assert store.person("kari") == Person("kari", "1")


def test_an_address_belongs_to_whom_it_was_given_last(store: Store) -> None:
    action = store.begin(START, "person", "")
    store.put_person(action, Person("kari", "Kari", (KARI,)))
    store.put_person(action, Person("kari2", "Kari", (KARI,)))
    assert store.owner(KARI) == Person("kari2", "Kari", (KARI,))
    store.drop_person(action, "kari2")
    assert store.owner(KARI) == Person("kari", "Kari", (KARI,))


def test_nobody_cannot_be_dropped(store: Store) -> None:
    with pytest.raises(AskwellError, match="nobody called kari"):
        store.drop_person(store.begin(START, "person", ""), "kari")


# -- what the user said ----------------------------------------------------------------------------
def test_entries_by_person(store: Store) -> None:
    action = store.begin(START, "log", "")
    store.put_person(action, Person("kari", "Kari", (KARI,)))
    note = Said(day(2), "ask", "me", ("kari", "ola"), "advice", "Råd?", (("outcome", "granted"),), False)
    entries = (note, Said(day(1), "favour", "ola", ("me",)), Said(day(0), "thanks", "me", (KARI,)))
    ids = [store.say(action, each) for each in entries]
    assert len(set(ids)) == 3
    assert [each.kind for each in store.said()] == ["thanks", "favour", "ask"]
    found = store.said("kari")
    assert [each.id for each in found] == [ids[2], ids[0]]
    assert found[1] == Said(day(2), *_fields(note), id=ids[0])
    assert [each.kind for each in store.said("ola")] == ["favour", "ask"]
    assert store.said("nobody") == ()


def _fields(said: Said) -> tuple[object, ...]:
    return (said.kind, said.by, said.to, said.about, said.text, said.more, said.whole_day)  # type: ignore[return-value]


def test_corrections_survive_what_they_correct(store: Store) -> None:
    mail = add(store, letter("1"))
    action = store.begin(day(1), "correct", "")
    name = store.say(action, Correction(day(1), "1", "Kan du", "no_ask"))
    store.undo(mail)
    assert store.corrections() == (Correction(day(1), "1", "Kan du", "no_ask", name),)
    store.undo(action)
    assert store.corrections() == ()


def test_entries_of_an_undone_action_do_not_count(store: Store) -> None:
    action = store.begin(START, "log", "")
    store.say(action, Said(START, "note", "me"))
    assert store.counts()["said"] == 1
    store.undo(action)
    assert store.said() == ()
    assert store.counts()["said"] == 0


# -- actions ---------------------------------------------------------------------------------------
def test_actions_newest_first(store: Store) -> None:
    numbers = [store.begin(day(n), "log", f"{n}") for n in range(5)]
    assert [each.id for each in store.actions()] == numbers[::-1]
    assert store.actions(1) == (Action(numbers[4], day(4), "log", "4"),)
    assert store.undo(numbers[4]) == Action(numbers[4], day(4), "log", "4", True)
    assert store.actions(1)[0].undone


def test_what_cannot_be_undone(store: Store) -> None:
    action = store.begin(START, "log", "")
    store.undo(action)
    with pytest.raises(AskwellError, match="undone already"):
        store.undo(action)
    with pytest.raises(AskwellError, match="no action 99"):
        store.undo(99)
    forget = store.begin(START, "forget", "")
    with pytest.raises(AskwellError, match="gone for good"):
        store.undo(forget)


def test_undo_of_an_import_takes_all_of_it(store: Store) -> None:
    first = add(store, letter("1", ME, KARI), reading=ASK)
    second = add(store, letter("2", OLA, ME, text="hemmelig"), letter("1", ME, OLA), reading=ASK)
    store.put_person(second, Person("ola", "Ola", (OLA,)))
    store.undo(second)
    assert [each.id for each in store.messages()] == ["1"]
    assert store.search("hemmelig") == ()
    assert store.reading("2") is None
    assert store.people() == ()
    assert [each.address for each in store.correspondents()] == [KARI]
    assert store.counts() == {
        "messages": 1, "personal": 1, "bulk": 0, "people": 0, "said": 0, "readings": 1, "actions": 2,
    }  # fmt: skip
    assert store.trouble() == ()
    add(store, letter("2", OLA, ME, text="hemmelig"))
    assert len(store.search("hemmelig")) == 1
    store.undo(first)
    assert [each.id for each in store.messages()] == ["2"]


def test_nothing_is_added_to_an_undone_import(store: Store) -> None:
    action = add(store, letter("1"))
    store.undo(action)
    with pytest.raises(AskwellError, match="undone"):
        store.add(action, [keep(letter("2"))])
    with pytest.raises(AskwellError, match="unknown"):
        store.add(99, [keep(letter("2"))])


# -- the rest --------------------------------------------------------------------------------------
def test_settings(store: Store) -> None:
    assert store.get("me") is None
    store.set("me", "a")
    store.set("me", "å")
    assert store.get("me") == "å"


def test_counts_of_an_empty_ledger(store: Store) -> None:
    assert set(store.counts().values()) == {0}
    assert store.trouble() == ()
    assert list(store.messages()) == list(store.exchanges()) == list(store.correspondents()) == []


def test_the_lock_may_be_taken_again_by_its_owner(store: Store) -> None:
    with store.lock(), store.lock():
        store.undo(store.begin(START, "log", ""))
    with store.lock():
        pass


def test_many_people_and_entries_are_kept_together_in_order(store: Store) -> None:
    action = store.begin(START, "import", "a book")
    people = [Person(f"p{n}", f"P {n}", (f"P{n}@x.no", f"q{n}@x.no")) for n in range(500)]
    entries = [Said(START, "card", "me", (f"p{n}@x.no",), text=f"name P {n}") for n in range(500)]
    store.put_people(action, people, entries)
    store.put_people(action, (), ())
    for n in (0, 7, 499):
        assert store.owner(f"p{n}@x.no") == replace(people[n], addresses=(f"p{n}@x.no", f"q{n}@x.no"))
        assert [one.text for one in store.said(f"p{n}")] == [f"name P {n}"]
    store.undo(action)
    assert (store.people(), store.said()) == ((), ())
