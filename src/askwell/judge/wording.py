"""The judge's own words in the reader's language, from words/*.toml. Language in, sentence out: no state."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

LANGUAGES = ("en", "nb", "nn")


@lru_cache(maxsize=len(LANGUAGES))
def _words(lang: str) -> dict[str, Any]:
    file = resources.files("askwell.judge") / "words" / f"{lang}.toml"
    return tomllib.loads(file.read_text("utf-8"))


def known(lang: str) -> str:
    """The language itself if Askwell speaks it, else English."""
    return lang if lang in LANGUAGES else "en"


def say(lang: str, key: str, **values: object) -> str:
    """The sentence `key` (`verdict.send`, or a name at the top of the file) with the values put in.

    Raises KeyError if there is no such sentence: that is a mistake in the program, and tested for.
    """
    found: Any = _words(known(lang))
    for part in key.split("."):
        found = found[part]
    return str(found).format(**values)


def asked(lang: str, about: str) -> str:
    """A kind of ask as the object of "ask for": "an introduction", «en introduksjon»."""
    table = _words(known(lang))["asked"]
    return str(table.get(about, table["other"]))


def done(lang: str, about: str) -> str:
    """A kind of help as the object of "thank for": "the introduction", «introduksjonen»."""
    table = _words(known(lang))["done"]
    return str(table.get(about, table["other"]))


def on_day(lang: str, day: date, today: date) -> str:
    """A date as one writes it in a sentence, with the year only where it is another one."""
    words = _words(known(lang))
    form = words["day"] if day.year == today.year else words["day_of_year"]
    return str(form.format(day=day.day, month=words["months"][day.month - 1], year=day.year))


_TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "mx", "sir", "dame", "herr", "fru", "ing"})


def in_a_row(lang: str, names: Sequence[str]) -> str:
    """Names as a list in a sentence: "Kari, Ola and Liv"."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} {_words(known(lang))['and']} {names[-1]}"


def short(name: str) -> str:
    """What one calls a person: the first name, without a title. An address, a single word, a title with a
    last name, and a name that begins with an initial stay whole."""
    whole = name.strip()
    if "@" in whole or " " not in whole:
        return whole
    last, comma, first = whole.partition(",")
    words = (f"{first} {last}" if comma and " " not in last and first.strip() else whole).split()
    while len(words) > 1 and words[0].rstrip(".").casefold() in _TITLES:
        words = words[1:]
    if len(words) == 1:
        return whole  # "Dr Hall": nobody is called by a last name alone
    return words[0].rstrip(",") if len(words[0].rstrip(".")) > 1 else " ".join(words)
