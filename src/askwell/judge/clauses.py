"""Letters that state only what is on record: each clause with a fact in it names the entries it rests on.

The sentences are data (letters/thanks/*.toml), in two tables: `fact` has holes for what the ledger or the
user has said, `plain` has none and states nothing that could be untrue.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from askwell.judge import wording

LEAST = {"en": 50, "nb": 40, "nn": 40}
"""Words below which a letter gets one courtesy more (MODEL.md 3.8: 50 to 125, nb and nn 40 to 110)."""
MOST = {"en": 125, "nb": 110, "nn": 110}
_HOLE = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Clause:
    """One or two sentences of a letter. `sources` are the ledger's entries that its facts rest on: a
    Message-ID, `said:` and a number, `person:` and a key, or `profile:` and a list; none where it states no
    fact."""

    text: str
    sources: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "sources": list(self.sources)}


@dataclass(frozen=True, slots=True)
class Note:
    """A short letter. `do` is what it does: thank, told, offer, quiet; `about` is what it is about in a few
    words of the reader's language, on `day`, and `quote` the words that this rests on, in `source`.
    `due` is the day from which it may well be sent."""

    do: str
    lang: str
    subject: str
    greeting: str
    paragraphs: tuple[tuple[Clause, ...], ...]
    closing: str
    about: str = ""
    day: date | None = None
    source: str = ""
    quote: str = ""
    due: date | None = None

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(one for paragraph in self.paragraphs for one in paragraph)

    @property
    def text(self) -> str:
        """The letter as it would be sent, with a line end."""
        middle = (" ".join(one.text for one in paragraph) for paragraph in self.paragraphs)
        return "\n\n".join((self.greeting, *middle, self.closing)) + "\n"

    @property
    def words(self) -> int:
        return len(self.text.split())

    def to_json(self) -> dict[str, Any]:
        return {
            "do": self.do,
            "language": self.lang,
            "subject": self.subject,
            "text": self.text,
            "clauses": [one.to_json() for one in self.clauses],
            "about": self.about,
            "date": self.day.isoformat() if self.day else None,
            "source": self.source,
            "quote": self.quote,
            "due": self.due.isoformat() if self.due else None,
        }


@lru_cache(maxsize=3)
def _sentences(lang: str) -> dict[str, Any]:
    file = resources.files("askwell.judge") / "letters" / "thanks" / f"{lang}.toml"
    return tomllib.loads(file.read_text("utf-8"))


def _raw(lang: str, table: str, key: str) -> str:
    found: Any = _sentences(lang)[table]
    for part in key.split("."):
        found = found[part]
    return str(found)


def has(lang: str, table: str, key: str) -> bool:
    """Whether there is a sentence of this key in `fact` or `plain`."""
    try:
        return bool(_raw(lang, table, key))
    except (KeyError, TypeError):
        return False


def fact(lang: str, key: str, sources: Iterable[str], **values: str) -> Clause:
    """A sentence with facts in it. Raises ValueError without a source: then it would be invented."""
    rests = tuple(dict.fromkeys(one for one in sources if one))
    if not rests:
        raise ValueError(f"{key}: a fact without a source")
    text = _raw(lang, "fact", key).format(**values)
    return Clause(" ".join(text.replace(" .", ".").replace(" :", ":").replace(" !", "!").split()), rests)


def plain(lang: str, key: str) -> Clause:
    """A sentence that states no fact. Raises ValueError if it has a hole that a fact could slip in by."""
    text = _raw(lang, "plain", key)
    if _HOLE.search(text):
        raise ValueError(f"{key}: a courtesy with a hole in it")
    return Clause(text)


def word(lang: str, key: str) -> str:
    """A word or two of the letters that is no sentence: a subject, a kind of news."""
    return _raw(lang, "word", key)


def month(lang: str, day: date, today: date) -> str:
    """A month as one says it of something that is neither fresh nor long past: "in April"; else nothing."""
    if not 21 <= (today - day).days <= 330:
        return ""
    name = wording.on_day(lang, day.replace(day=1), day).split()[-1]
    return word(lang, "month").format(month=name)


def filled(
    lang: str, fixed: str, paragraphs: list[list[Clause]], more: Iterable[Clause]
) -> tuple[tuple[Clause, ...], ...]:
    """The paragraphs, of which the last may be empty, with as many courtesies at the end as the letter needs
    to be no mere line; and fewer where it is long. `fixed` is the greeting and the closing, which count."""
    body = [list(one) for one in paragraphs]
    for one in more:
        if _count(fixed, body) >= LEAST[lang]:
            break
        body[-1].append(one)
    body = [one for one in body if one]
    while _count(fixed, body) > MOST[lang] and any(_droppable(part) for part in body):
        part = next(part for part in reversed(body) if _droppable(part))
        part.remove(next(one for one in reversed(part) if not one.sources))
        body = [one for one in body if one]
    return tuple(tuple(one) for one in body)


def _droppable(part: list[Clause]) -> bool:
    return any(not one.sources for one in part)


def _count(fixed: str, body: list[list[Clause]]) -> int:
    return len(fixed.split()) + sum(len(one.text.split()) for part in body for one in part)
