"""Whatever is done, the stores answer alike, and undoing it all leaves nothing."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

import pytest
from tests.store.store_letters import ASK, day, letter

from askwell.errors import AskwellError
from askwell.ledger.entries import Correction, Said
from askwell.ledger.person import Person
from askwell.store import adding, forgetting
from askwell.store.contract import Kept, Place, Store
from askwell.store.opening import open_store
from askwell.text.reading import Reading

ADDRESSES = [f"{name}@x.example" for name in ("me", "a", "b", "c", "d")]
KEYS = ["anna", "bo", "cato"]
WORDS = ["mål", "mal", "kaffe", "tur", "års"]


def _some(chance: random.Random, most: int) -> tuple[str, ...]:
    return tuple(chance.sample(ADDRESSES, chance.randint(0, most)))


def _letter(chance: random.Random) -> Kept:
    refs = tuple(f"m{chance.randrange(30)}" for _ in range(chance.choice([0, 0, 1, 2])))
    subject = chance.choice(["Tur", "Re: Tur", "Kaffe", "Re: Kaffe", ""])
    names = tuple((address, f"N{chance.randrange(3)}") for address in _some(chance, 2))
    sender, bulk = chance.choice(ADDRESSES), chance.choice(["", "", "", "list"])
    text = " ".join(chance.choices(WORDS, k=6))
    made = letter(
        f"m{chance.randrange(30)}", sender, _some(chance, 3), chance.randrange(90),
        subject=subject, text=text, refs=refs, bulk=bulk, cc=_some(chance, 1), names=names,
    )  # fmt: skip
    reading = None if bulk else chance.choice([ASK, Reading("en"), None])
    topic = subject.lower().removeprefix("re: ")
    return Kept(
        made, sender == ADDRESSES[0], reading, "1" if reading else "", chance.randrange(3), False, topic
    )


def _step(store: Store, chance: random.Random) -> object:
    """One thing that a user does; the same chance does the same."""
    at, what, key = day(chance.randrange(200)), chance.randrange(9), chance.choice(KEYS)
    action = store.begin(at, "forget" if what == 8 else "log", f"{key} {what}")
    result: object = None
    if what <= 2:
        kept = [_letter(chance) for _ in range(chance.randint(1, 12))]
        result = store.add(action, kept, Place(chance.choice("pq"), "x", chance.randrange(100)))
        store.settle()
    elif what == 3:
        result = store.undo(chance.randint(1, action))
    elif what == 4:
        store.put_person(action, Person(key, f"Navn{chance.randrange(2)}", _some(chance, 2)))
    elif what == 5:
        store.drop_person(action, key)
    elif what == 6:
        _say(store, chance, action, at)
    elif what == 7:
        store.put_readings("2", [(f"m{chance.randrange(30)}", Reading("nn"), 9)])
        result = store.claim(_some(chance, 2))
    else:
        result = store.forget(key)
    return result


def _say(store: Store, chance: random.Random, action: int, at: datetime) -> None:
    ends = ["me", *KEYS, *ADDRESSES]
    to = tuple(chance.sample(ends, chance.randint(0, 2)))
    text = chance.choice(["tur", "med Anna", "Navn1"])
    store.say(action, Said(at, "note", chance.choice(ends), to, text=text))
    store.say(action, Correction(at, f"m{chance.randrange(30)}", "kaffe", "no_ask"))


def _answers(store: Store) -> dict[str, object]:
    said = [(each.at, each.kind, each.by, each.to, each.text) for each in store.said()]
    corrections = [(each.at, each.message, each.words) for each in store.corrections()]
    return {
        "messages": list(store.messages()),
        "threads": [store.thread_of(f"m{n}") for n in range(30)],
        "exchanges": list(store.exchanges()),
        "with": [[each.id for each in store.exchanges([address])] for address in ADDRESSES],
        "correspondents": list(store.correspondents()),
        "people": store.people(),
        "owners": [store.owner(address) for address in ADDRESSES],
        "said": sorted(said),
        "said with": [sorted(each.at for each in store.said(key)) for key in KEYS],
        "corrections": corrections,
        "found": [{hit.id for hit in store.search(word, 100)} for word in WORDS],
        "unread": [[each.id for each in store.unread(reader)] for reader in "12"],
        "places": [store.place(source) for source in "pq"],
        "forgotten": store.forgotten(ADDRESSES),
        "counts": store.counts(),
        "actions": store.actions(1000),
        "trouble": store.trouble(),
    }


def _attempt(store: Store, seed: str) -> object:
    try:
        return _step(store, random.Random(seed))
    except AskwellError as error:
        return error.message


@pytest.mark.parametrize("seed", range(8))
def test_all_stores_answer_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(adding, "_CACHED", 3)
    monkeypatch.setattr(forgetting.secrets, "token_hex", lambda size: "00" * size)
    memory, disk = open_store(None), open_store(tmp_path)
    for step in range(25):
        name = f"{seed}.{step}"
        assert _attempt(memory, name) == _attempt(disk, name), name
        assert _answers(memory) == _answers(disk), name


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
@pytest.mark.parametrize("seed", range(3))
def test_undoing_everything_leaves_nothing(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    for step in range(25):
        _attempt(store, f"{seed}.{step}")
    standing = [action.id for action in store.actions(1000) if not action.undone and action.verb != "forget"]
    chance.shuffle(standing)
    for action in standing:
        store.undo(action)
    counts = store.counts()
    assert {name: count for name, count in counts.items() if count} == {"actions": counts["actions"]}
    assert list(store.messages()) == list(store.correspondents()) == []
    assert store.said() == store.corrections() == store.people() == ()
    assert store.trouble() == ()
