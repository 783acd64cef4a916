"""A letter without a To line goes to whom it answers: public archives take the line out."""

from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from askwell.ledger.entries import Message
from askwell.store.contract import Kept, Store
from askwell.store.opening import open_store

AT = datetime(2026, 1, 1, tzinfo=UTC)
ASK = Kept(Message("q", AT, "kari@x.no"), by_me=False)
REPLY = Kept(Message("a", AT.replace(hour=1), "me@x.no", reply_to="q"), by_me=True)
BACK = Kept(Message("b", AT.replace(hour=2), "kari@x.no", reply_to="a"), by_me=False)
NAMED = Kept(Message("c", AT.replace(hour=3), "me@x.no", to=("ola@x.no",), reply_to="q"), by_me=True)


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return open_store(None if request.param == "memory" else tmp_path / "ledger.sqlite")


def to(store: Store) -> dict[str, tuple[str, ...]]:
    return {one.id: one.to for one in store.exchanges()}


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_whom_it_answers_whatever_came_first(store: Store, order: tuple[int, ...]) -> None:
    mail = (ASK, REPLY, BACK, NAMED)
    action = store.begin(AT, "import", "x")
    for n in order:
        store.add(action, [mail[n]])
        store.settle()
    assert to(store) == {"q": (), "a": ("kari@x.no",), "b": ("me@x.no",), "c": ("ola@x.no",)}
    assert [one.id for one in store.exchanges(["kari@x.no"])] == ["q", "a", "b"]
    assert {one.address: one.written for one in store.correspondents()}["kari@x.no"] == 1
    message = store.message("a")
    assert message is not None
    assert message.to == ()


def test_undo_takes_the_recipient_away_again(store: Store) -> None:
    first = store.begin(AT, "import", "x")
    store.add(first, [REPLY])
    second = store.begin(AT, "import", "y")
    store.add(second, [ASK])
    store.settle()
    assert to(store)["a"] == ("kari@x.no",)
    store.undo(second)
    store.settle()
    assert to(store) == {"a": ()}
    assert store.trouble() == ()
