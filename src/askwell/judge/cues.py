"""Small hints in words that the judge looks for beside the reader's findings; they are data (cues.toml)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import Any

LONGEST = 20_000
"""Code points looked at; a letter is far shorter."""


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files("askwell.judge") / "cues.toml").read_text("utf-8"))


@lru_cache(maxsize=64)
def _pattern(name: str) -> re.Pattern[str]:
    found: Any = _data()
    for part in name.split("."):
        found = found[part]
    return words_pattern(tuple(found))


@lru_cache(maxsize=256)
def words_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words or phrases, whole and in any case; a final * stands for the rest of a word."""
    forms = (
        r"\s{1,3}".join(re.escape(part) for part in word.rstrip("*").split()).replace("'", "['’]")
        + (r"\w{0,20}" if word.endswith("*") else "")
        for word in words
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


def find(name: str, text: str) -> tuple[int, int] | None:
    """Where a hint of this name stands in the text, or None."""
    return spot(_pattern(name), text)


def spot(pattern: re.Pattern[str], text: str) -> tuple[int, int] | None:
    """Where a pattern stands in the text, also where its letters are written apart from their accents."""
    if unicodedata.is_normalized("NFC", text):
        match = pattern.search(text, 0, LONGEST)
        return match.span() if match else None
    whole = unicodedata.normalize("NFC", text)
    match = pattern.search(whole, 0, LONGEST)
    if match is None:
        return None
    start = len(unicodedata.normalize("NFD", whole[: match.start()]))
    return start, start + len(unicodedata.normalize("NFD", match.group()))


def starts(name: str, text: str) -> bool:
    """Whether the text begins with a hint of this name."""
    return _pattern(name).match(unicodedata.normalize("NFC", text[:100])) is not None


def has(name: str, text: str) -> bool:
    """Whether the text gives a hint of this name."""
    return find(name, text) is not None
