"""The words of triage and of introductions, from requests/*.toml, and letters that say what they rest on."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

from askwell.judge.clauses import Clause, Note
from askwell.judge.wording import known, short


def word(lang: str, key: str, **values: object) -> str:
    """The sentence of this key with the values put in. Raises KeyError for an unknown key."""
    found: Any = _data(known(lang))
    for part in key.split("."):
        found = found[part]
    return str(found).format(**values) if values else str(found)


def line(lang: str, key: str, *sources: str, **values: object) -> Clause:
    """The same as a sentence of a letter; `sources` are what its facts rest on."""
    return Clause(word(lang, key, **values), tuple(dict.fromkeys(one for one in sources if one)))


def hello(lang: str, name: str) -> str:
    """A greeting by first name, or without a name where none is known."""
    first = short(name) if name and "@" not in name else ""
    return word(lang, "greeting.named", name=first) if first else word(lang, "greeting.nobody")


def goodbye(lang: str, name: str) -> str:
    """The closing lines, with the user's first name."""
    return f"{word(lang, 'closing.plain')}\n{short(name) or '…'}"


def answering(subject: str) -> str:
    """The subject of an answer."""
    plain = " ".join(subject.split())
    return plain if plain.lower().startswith(("re:", "sv:")) or not plain else f"Re: {plain}"


def letter(
    do: str, lang: str, subject: str, names: tuple[str, str], *parts: Sequence[Clause], about: str = ""
) -> Note:
    """A letter of these paragraphs; `names` are whom it greets and who signs it."""
    filled = tuple(tuple(part) for part in parts if part)
    return Note(do, lang, subject, hello(lang, names[0]), filled, goodbye(lang, names[1]), about)


@lru_cache(maxsize=3)
def _data(lang: str) -> dict[str, Any]:
    file = resources.files("askwell.judge") / "requests" / f"{lang}.toml"
    return tomllib.loads(file.read_text("utf-8"))
