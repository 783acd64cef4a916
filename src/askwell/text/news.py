"""Good news that writers tell of themselves: a new job, a book, a prize; what one congratulates on.

Precise rather than complete (`lexicons/news.toml`): to congratulate on what did not happen is worse than
silence. Nothing is looked for in health, faith or politics.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from askwell.text.cues import Cues
from askwell.text.reading import Span

_LONGEST = 6_000
_NOT = "not"


@dataclass(frozen=True, slots=True)
class News:
    """A piece of news: its `kind` (job, promotion, book, …), and the sentence that tells it."""

    kind: str
    span: Span
    text: str


def news(text: str, lang: str, sentences: Sequence[Span]) -> tuple[News, ...]:
    """The good news in `text`, the writer's own words, whose sentences are given as spans."""
    cues = _cues("en" if lang == "en" else "no")
    found = []
    for start, end in sentences:
        if end > _LONGEST or text[end - 1 : end] == "?":
            continue
        seen = cues.first(text[start:end].lower().replace("’", "'"))
        if seen and _NOT not in seen:
            found.append(News(next(iter(seen)), (start, end), text[start:end]))
    return tuple(found)


@lru_cache(maxsize=2)
def _cues(name: str) -> Cues:
    file = resources.files("askwell.text") / "lexicons" / "news.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return Cues({kind: row[name] for kind, row in table.items()})
