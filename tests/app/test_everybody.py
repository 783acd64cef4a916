"""Everybody at hand: always the people that the store has."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from askwell.app.desk import Desk, open_desk
from askwell.app.everybody import everybody
from askwell.app.forget import forget
from askwell.app.people import setting
from askwell.app.undo import undo
from askwell.ledger.person import Person


@pytest.fixture(params=["memory", "sqlite"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(None if request.param == "memory" else tmp_path, date(2026, 5, 4)) as desk:
        yield desk


def test_a_change_is_seen_at_once(desk: Desk) -> None:
    store = desk.store
    assert everybody(store) == ()
    for key in ("kari", "ola"):
        store.put_person(store.begin(desk.now, "log", key), Person(key, key.title(), (f"{key}@x.example",)))
        assert everybody(store) == store.people()
    known = everybody(store)
    assert everybody(store) is known
    setting(desk, "kari", floor="close")
    assert [one.floor for one in everybody(store)] == ["close", ""]
    undo(desk)
    assert everybody(store) == known
    forget(desk, "ola")
    assert [one.key for one in everybody(store)] == ["kari"]


def test_another_program_may_change_the_ledger(tmp_path: Path) -> None:
    with open_desk(tmp_path, date(2026, 5, 4)) as one, open_desk(tmp_path, date(2026, 5, 4)) as other:
        assert everybody(one.store) == ()
        other.store.put_person(other.store.begin(other.now, "log", "kari"), Person("kari", "Kari"))
        assert [each.key for each in everybody(one.store)] == ["kari"]
