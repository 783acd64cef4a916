"""The golden cases in tests/golden, as values."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from askwell.judge.case import Case
from askwell.judge.examples import history_of, reading_of
from askwell.ledger.history import History

HERE = Path(__file__).parent.parent / "golden"
TODAY = date(2026, 11, 25)


@lru_cache(maxsize=1)
def _stories() -> dict[str, str]:
    return tomllib.loads((HERE / "stories.toml").read_text("utf-8"))


@lru_cache(maxsize=64)
def story(name: str) -> History:
    return history_of(_stories()[name])


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))["case"]
    return found


def case_of(one: dict[str, Any], lang: str | None = None) -> Case:
    """The case with its reading taken from the file; verdicts are told in `lang`, else in the draft's."""
    reading = reading_of(one["draft"], one["lang"], one["read"])
    return Case(one["draft"], reading, (story(one["history"]),), TODAY, lang=lang or one["lang"])
