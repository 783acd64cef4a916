"""Which messages belong together, whatever order they come in."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.store_letters import KARI, ME, OLA, add, keep, letter, partition

from askwell.ledger.entries import Message
from askwell.store import settling
from askwell.store.contract import Store
from askwell.store.opening import open_store
from askwell.store.threads import answers

Opener = Callable[[], Store]


def test_answers_are_known_by_their_prefix() -> None:
    assert answers("SV: Møte  i morgen", "møte i morgen")
    assert not answers("Møte i morgen", "møte i morgen")
    assert not answers("Re:", "")
    assert not answers("Noe annet", "møte")


def test_threads_by_references(store: Store) -> None:
    add(store, letter("b"), letter("c", refs=("b",)), letter("d"), letter("e", refs=("x", "c")))
    assert partition(store) == {"b": "b", "c": "b", "e": "b", "d": "d"}
    assert store.thread_of("nothing") == ""


def test_a_missing_parent_may_arrive_later(store: Store) -> None:
    add(store, letter("b", refs=("p",)), letter("c", refs=("q",)))
    assert partition(store) == {"b": "b", "c": "c"}
    add(store, letter("p", refs=("a",)), letter("q", refs=("a",)))
    assert set(partition(store).values()) == {"a"}


def test_undo_takes_threads_apart_again(store: Store) -> None:
    add(store, letter("b", refs=("p",)), letter("c", refs=("q",)))
    before = partition(store)
    bridge = add(store, letter("p", refs=("a",)), letter("q", refs=("a",)))
    store.undo(bridge)
    assert partition(store) == before
    assert store.trouble() == ()


def test_an_answer_without_references_joins_by_topic(store: Store) -> None:
    add(
        store,
        letter("1", ME, KARI, 0, subject="Kaffe"),
        letter("2", KARI, ME, 1, subject="Re: Kaffe"),
        letter("3", OLA, ME, 2, subject="Re: Kaffe"),
        letter("4", KARI, ME, 3, subject="Kaffe"),
        letter("5", ME, KARI, 90, subject="Re: Kaffe"),
        letter("6", ME, KARI, 4, subject="Re: Kaffe", refs=("elsewhere",)),
        letter("7", KARI, ME, 5, subject="Re: Kaffe", bulk="automatic"),
    )
    threads = partition(store)
    assert threads["2"] == "1"
    assert {mid for mid, name in threads.items() if name == "1"} == {"1", "2"}
    assert threads["6"] == "6"


def test_the_latest_earlier_message_of_the_topic_is_taken(store: Store) -> None:
    add(store, letter("1", ME, KARI, 0, subject="Kaffe"), letter("3", KARI, ME, 9, subject="Re: Kaffe"))
    assert partition(store) == {"1": "1", "3": "1"}
    later = add(store, letter("2", ME, KARI, 5, subject="Kaffe"))
    assert partition(store) == {"1": "1", "2": "2", "3": "2"}
    store.undo(later)
    assert partition(store) == {"1": "1", "3": "1"}


def test_a_kill_between_adding_and_settling_is_mended(store: Store) -> None:
    action = store.begin(letter("1").at, "import", "")
    store.add(action, [keep(letter("a"))])
    store.add(action, [keep(letter("b", refs=("a",)))])
    assert store.thread_of("b") == "b"
    store.settle()
    assert store.thread_of("b") == "a"


IDS = [f"m{n}" for n in range(9)]


@st.composite
def mailboxes(draw: st.DrawFn) -> list[Message]:
    people = [ME, KARI, OLA, ""]
    found = []
    for mid in draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True)):
        refs = draw(st.lists(st.sampled_from(IDS), max_size=2))
        sender = draw(st.sampled_from(people))
        to = draw(st.lists(st.sampled_from(people[:3]), max_size=2))
        subject = draw(st.sampled_from(["a", "Re: a", "b", "Re: b", ""]))
        at = draw(st.integers(0, 80))
        bulk = draw(st.sampled_from(["", "", "list"]))
        found.append(letter(mid, sender, tuple(to), at, subject=subject, refs=tuple(refs), bulk=bulk))
    return found


def _settled(store: Store, portions: list[list[Message]]) -> dict[str, str]:
    for portion in portions:
        add(store, *portion)
    return partition(store)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(mailboxes(), st.randoms(use_true_random=False), st.integers(1, 4))
def test_threads_do_not_depend_on_the_order(mail: list[Message], chance: random.Random, size: int) -> None:
    memory = open_store(None)
    expected = _settled(memory, [mail])
    shuffled = mail[:]
    chance.shuffle(shuffled)
    assert _settled(open_store(None), [[each] for each in shuffled]) == expected
    assert len(expected) == len(mail)
    assert size


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(mailboxes(), st.randoms(use_true_random=False), st.integers(1, 4), st.integers(0, 8))
def test_sqlite_settles_as_memory_does(
    tmp_path_factory, mail: list[Message], chance: random.Random, size: int, undone: int
) -> None:  # type: ignore[no-untyped-def]
    """In any order, in portions, with batches smaller than a portion, and after an undo."""
    expected = _settled(open_store(None), [mail])
    shuffled = mail[:]
    chance.shuffle(shuffled)
    portions = [shuffled[at : at + size] for at in range(0, len(shuffled), size)]
    store = open_store(tmp_path_factory.mktemp("home"), patience=1)
    usual, settling.BATCH = settling.BATCH, 2
    try:
        actions = [add(store, *portion) for portion in portions]
        assert partition(store) == expected
        store.undo(actions[undone % len(actions)])
        left = [each for each in mail if store.message(each.id)]
        assert partition(store) == _settled(open_store(None), [left])
        assert store.trouble() == ()
    finally:
        settling.BATCH = usual
        store.close()
