"""Ledgers to test with, told as stories."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from askwell.app.desk import Desk, open_desk, profile
from askwell.app.importing import import_

TODAY = date(2026, 5, 4)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    """A desk with a ledger that holds this story."""
    with ExitStack() as stack:

        def tell(text: str) -> Desk:
            path = tmp_path / "told.story"
            path.write_text(text, "utf-8")
            desk = stack.enter_context(open_desk(tmp_path / "home", TODAY))
            import_(desk, [path])
            return replace(desk, profile=profile(desk.store, desk.home))

        yield tell


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "llm: asks a real small model, where one is installed")
