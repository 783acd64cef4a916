"""Whether the words of a letter bear the large thing that was read in it.

The reader learned from letters between people. In mail of another sort, about packages or gas, it now and
then takes a plain question for one for a job, or a line of output for an introduction. A job, an interview,
somebody's word or a way to people is therefore seen only where some word speaks of it
(`lexicons/grounds.toml`). Linear in the text.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

_LONGEST = 6_000
_OF_LETTER = ("work", "vouch")
_AFTER = re.compile(
    r"\b(?:with|to|and|at|from|of|for|know|that|med|til|på|hos|fra|og|inn|kjenner?|om)\s(?:the )?"
    r"[A-ZÆØÅ][a-zæøåéö]{2,30}\b"
)
_NAME = re.compile(
    r"(?<=[^.!?:\s]\s)[A-ZÆØÅ][a-zæøåéö]{2,30}\b(?:\s[A-ZÆØÅ][a-zæøåéö]{2,30}\b){0,3}"
    r"|(?:^|(?<=[.;!?]\s))[A-ZÆØÅ][a-zæøåéö]{2,30}(?=[,:;]|\s(?:og|and)\s)"
)
_TWO = 2


def stand(about: str, words: str, letter: str, lang: str) -> bool:
    """Whether a sentence that asks, in its letter, speaks of what the kind of ask `about` is about."""
    return (
        any(_stands(name, words, letter, lang) for name in _grounds()[about]) if about in _grounds() else True
    )


def together(words: str, lang: str) -> bool:
    """Whether a sentence brings people together: in so many words, or by two names."""
    said = _pattern("together", lang).search(_plain(words)) is not None
    return said or len(set(_NAME.findall(words))) >= _TWO


def offered(words: str, lang: str) -> bool:
    """Whether a question offers something instead of asking for it."""
    return _pattern("offered", lang).search(_plain(words)) is not None


def wished(words: str, lang: str) -> bool:
    """Whether a sentence that looks like an ask only wishes the reader well."""
    return _pattern("wished", lang).search(_plain(words)) is not None


def of_work(letter: str, lang: str) -> bool:
    """Whether a letter speaks of work, or of somebody's word, at all."""
    return any(_pattern(name, lang).search(_plain(letter[:_LONGEST])) for name in _OF_LETTER)


def _stands(name: str, words: str, letter: str, lang: str) -> bool:
    if name == "name":
        return _AFTER.search(words) is not None
    text = letter[:_LONGEST] if name in _OF_LETTER else words
    return _pattern(name, lang).search(_plain(text)) is not None


@lru_cache(maxsize=8)
def _plain(text: str) -> str:
    """In lower case, with lines that a mail program broke made whole."""
    return " ".join(text.lower().split())


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    file = resources.files("askwell.text") / "lexicons/grounds.toml"
    return tomllib.loads(file.read_text("utf-8"))


def _grounds() -> dict[str, list[str]]:
    found: dict[str, list[str]] = _data()["grounds"]
    return found


@lru_cache(maxsize=16)
def _pattern(name: str, lang: str) -> re.Pattern[str]:
    return re.compile(_data()[name]["en" if lang == "en" else "no"])
