"""Who wrote which words: the same answers from every store."""

from tests.store.store_letters import KARI, ME, OLA, add, letter

from askwell.store.contract import Store


def test_who_wrote_a_word_how_often_and_when_last(store: Store) -> None:
    add(
        store,
        letter("1@x", KARI, (ME,), 1, text="Vi bygger vindkraft på Sørøya."),
        letter("2@x", KARI, (ME,), 3, subject="Vindkraftprosjekter", text="Se over."),
        letter("3@x", OLA, (ME,), 2, text="Offshore wind is what I do."),
        letter("4@x", ME, (OLA,), 2, text="Tell me of vindkraft."),
    )
    found = {one.address: one for one in store.passages().mentions({"vindkraft", "vindkraftprosjekter"})}
    assert list(found) == [KARI]
    assert found[KARI].messages == 2
    assert found[KARI].last == store.message("2@x").at  # type: ignore[union-attr]
    assert [one.address for one in store.passages().mentions({"offshore wind"})] == [OLA]
    assert store.passages().mentions({"wind offshore", "sorøya"}) == ()
    every = store.passages().mentions({"vindkraft", "wind"})
    assert [one.address for one in every] == [OLA, KARI]
    assert store.passages().mentions({"vindkraft", "wind"}, 1) == every[:1]
    assert store.passages().mentions(set()) == ()
    assert store.passages().mentions({'"', "*", "( OR NOT"}) == ()


def test_the_words_that_begin_so(store: Store) -> None:
    add(store, letter("1@x", KARI, (ME,), 1, text="Vind, vindkraft, Vindu og havvind; ålesund og ale."))
    assert store.passages().words("VIND") == ("vind", "vindkraft", "vindu")
    assert store.passages().words("vind", 2) == ("vind", "vindkraft")
    assert store.passages().words("ål") == ("ålesund",)
    assert store.passages().words("") == ()
    assert store.passages().words('v"%') == ()


def test_the_newest_letters_with_a_word(store: Store) -> None:
    add(store, *(letter(f"{n}@x", KARI, (ME,), n, text=f"number {n} wind") for n in range(5)))
    add(store, letter("9@x", OLA, (ME,), 9, text="wind"))
    assert [one.id for one in store.passages().of(KARI, {"wind"})] == ["4@x", "3@x", "2@x"]
    (newest,) = store.passages().of(KARI.upper(), {"wind"}, 1)
    assert newest == ("4@x", store.message("4@x").at)  # type: ignore[union-attr]
    assert store.passages().of(KARI, {"rain"}) == ()


def test_letters_of_others_that_somebody_had_too(store: Store) -> None:
    add(
        store,
        letter("1@x", KARI, (ME, OLA), 1, text="Ola, meet Ingrid."),
        letter("2@x", KARI, (ME,), 2, text="Later.", cc=(OLA,)),
        letter("3@x", OLA, (ME, KARI), 3, text="Hello."),
        letter("4@x", ME, (OLA,), 4, text="Hello."),
    )
    assert [one.id for one in store.passages().beside(OLA.upper())] == ["2@x", "1@x"]
    assert [one.id for one in store.passages().beside(OLA, 1)] == ["2@x"]
    assert store.passages().beside("nobody@x") == ()
