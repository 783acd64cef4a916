"""Lists of words that lie beside this room as data."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

_NAMES = ("frequent.txt", "en.txt", "no.txt")


@lru_cache(maxsize=8)
def words(name: str) -> frozenset[str]:
    """The words of this name in `model.toml`."""
    text = (resources.files("askwell.app") / "model.toml").read_text("utf-8")
    return frozenset(str(tomllib.loads(text)[name]).split())


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Given names and short ones, in lower case: those of `nicknames/`."""
    folder = resources.files("askwell.app") / "nicknames"
    lines = [line for name in _NAMES for line in (folder / name).read_text("utf-8").splitlines()]
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
