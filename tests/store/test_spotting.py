"""Where letters lie on a server: what is gone from there, what only moved, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace

from tests.store.store_letters import KARI, OLA, START, add, keep, letter

from askwell.ledger.person import Person
from askwell.store.contract import ASIDE, GONE, HERE, Place, Spot, Spots, Store

INBOX, ARCHIVE = "imap:me@host#INBOX", "imap:me@host#Archive"


def synced(store: Store, *ids: str, source: str = INBOX, print_: str = "7") -> int:
    """A sync that brings these letters, with UIDs from 1."""
    action = store.begin(START, "sync", "work")
    spots = tuple(Spot(uid, mid) for uid, mid in enumerate(ids, 1))
    kept = [keep(letter(mid)) for mid in ids]
    store.add(action, kept, Place(source, print_, len(ids)), Spots(source, print_, spots))
    return action


def test_spots_come_back_with_the_letters_that_are_kept(store: Store) -> None:
    synced(store, "1@x", "2@x")
    store.put_spots(Spots(INBOX, "7", (Spot(3), Spot(4, "unknown@x"), Spot(5, "", ASIDE)), mark=90))
    assert store.spots(INBOX, "7") == (
        Spot(1, "1@x"),
        Spot(2, "2@x"),
        Spot(3),
        Spot(4),
        Spot(5, "", ASIDE),
    )
    assert store.spots(INBOX, "7", [2, 5, 99]) == (Spot(2, "2@x"), Spot(5, "", ASIDE))
    assert store.mark(INBOX, "7") == 90
    assert store.lying(INBOX, "7") == 5
    assert store.spots(INBOX, "8") == store.spots(ARCHIVE, "7") == ()
    assert store.mark(INBOX, "8") == store.lying(ARCHIVE, "7") == 0


def test_a_mark_stays_where_none_is_given(store: Store) -> None:
    store.put_spots(Spots(INBOX, "7", (), mark=1 << 40))
    store.put_spots(Spots(INBOX, "7", (Spot(1),)))
    assert store.mark(INBOX, "7") == 1 << 40


def test_what_is_gone_is_told_and_what_moved_is_not(store: Store) -> None:
    synced(store, "1@x", "2@x", "3@x")
    store.put_spots(Spots(INBOX, "7", (Spot(1, "1@x", GONE), Spot(2, "2@x", GONE), Spot(3, "3@x", ASIDE))))
    assert store.vanished("imap:me@host#") == {"1@x", "2@x", "3@x"}
    store.put_spots(Spots(ARCHIVE, "1", (Spot(1, "2@x"),)))
    assert store.vanished("imap:me@host#") == {"1@x", "3@x"}
    assert store.vanished("imap:other@host#") == frozenset()
    assert store.lying(INBOX, "7") == 1


def test_what_files_brought_does_not_vanish(store: Store) -> None:
    add(store, letter("1@x"))
    store.put_spots(Spots(INBOX, "7", (Spot(1, "1@x", GONE),)))
    assert store.vanished("imap:") == frozenset()


def test_a_folder_that_numbers_anew_has_none_of_the_old_spots(store: Store) -> None:
    synced(store, "1@x", "2@x")
    store.put_spots(Spots(INBOX, "7", (), mark=9))
    store.put_spots(Spots(INBOX, "8", (Spot(1, "2@x"),)))
    assert [one.state for one in store.spots(INBOX, "7")] == [GONE, GONE]
    assert store.mark(INBOX, "7") == 0
    assert store.vanished("imap:") == {"1@x"}


def test_folders_that_are_gone_are_found(store: Store) -> None:
    synced(store, "1@x")
    synced(store, "2@x", source=ARCHIVE)
    assert set(store.sources("imap:me@host#")) == {INBOX, ARCHIVE}
    store.put_spots(Spots(ARCHIVE, ""))
    assert store.sources("imap:me@host#") == (INBOX,)
    assert store.vanished("imap:") == {"2@x"}


def test_letters_are_taken_out_with_all_that_hangs_on_them(store: Store) -> None:
    synced(store, "1@x", "2@x", "3@x")
    assert store.remove(["1@x", "3@x", "unknown@x"]) == 2
    assert [one.id for one in store.messages()] == ["2@x"]
    assert store.spots(INBOX, "7") == (Spot(1), Spot(2, "2@x"), Spot(3))
    assert store.trouble() == ()
    assert store.search("word") == ()


def test_an_undone_sync_leaves_spots_without_letters(store: Store) -> None:
    action = synced(store, "1@x")
    store.undo(action)
    assert store.spots(INBOX, "7") == (Spot(1),)
    assert store.vanished("imap:") == frozenset()
    synced(store, "1@x")
    assert store.spots(INBOX, "7") == (Spot(1, "1@x"),)


def test_forgetting_leaves_nothing_of_a_person_in_spots(store: Store) -> None:
    action = synced(store, "1@x", source="imap:me@host#Kari")
    store.put_person(action, Person("kari", "Kari Nordmann", (KARI,)))
    store.forget("kari")
    assert store.spots("imap:me@host#Kari", "7") == ()
    assert store.sources("imap:") == ()


def test_many_spots(store: Store) -> None:
    store.put_spots(Spots(INBOX, "7", tuple(Spot(uid, "", HERE) for uid in range(1, 3_000))))
    assert store.lying(INBOX, "7") == 2_999
    assert len(store.spots(INBOX, "7", range(1, 2_000))) == 1_999


def test_a_letter_that_comes_again_whole_lies_where_it_lay(store: Store) -> None:
    action = synced(store, "1@x", "2@x")
    old = store.message("1@x")
    assert old is not None
    assert store.lengths(["1@x", "2@x", "3@x"]) == dict.fromkeys(["1@x", "2@x"], len(old.text))
    longer = replace(old, text=old.text + " and whole", to=(KARI, OLA))
    assert store.lengthen([keep(longer), keep(letter("unknown@x"))]) == 1
    store.settle()
    assert store.message("1@x") == longer
    assert store.spots(INBOX, "7") == (Spot(1, "1@x"), Spot(2, "2@x"))
    assert store.counts()["messages"] == 2
    assert store.trouble() == ()
    assert store.thread_of("1@x")
    store.undo(action)
    assert store.counts()["messages"] == 0, "the sync that brought it can still be taken back"
