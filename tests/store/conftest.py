"""Stores to test, and messages to put into them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from askwell.store.contract import Store
from askwell.store.opening import FILE, open_store

Opener = Callable[[], Store]


@pytest.fixture(params=["memory", "sqlite"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def opener(kind: str, tmp_path: Path) -> Iterator[Opener]:
    """Makes new, empty stores of one kind, and closes them in the end."""
    made: list[Store] = []

    def make() -> Store:
        path = None if kind == "memory" else tmp_path / f"home{len(made)}" / FILE
        made.append(open_store(path))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(opener: Opener) -> Store:
    return opener()


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Where a ledger on disk is, or will be."""
    return tmp_path / FILE
