"""What mail tells after an introduction: that the two met, and that something else was asked than was said.

Only sentences of a mail that names the other of the two are looked at (`lexicons/aftermath.toml`). Linear.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from askwell.text.sentences import split

_LONGEST = 6_000


@dataclass(frozen=True, slots=True)
class Aftermath:
    """The sentences that say that the two met, and what was asked instead; empty where none does."""

    met: str = ""
    asked: str = ""


def aftermath(text: str, lang: str, name: str, purpose: str = "") -> Aftermath:
    """What the writer's own words tell of an introduction to the one called `name` (a first name).

    What the stated `purpose` said openly is nothing else: a talk about a job that was to be about a job.
    """
    head = text[:_LONGEST]
    if not name or not re.search(rf"(?<!\w){re.escape(name)}(?:s|'s|’s)?(?!\w)", head, re.IGNORECASE):
        return Aftermath()
    met = asked = ""
    for start, end in split(head):
        sentence = head[start:end]
        low = sentence.lower().replace("’", "'")
        met = met or (sentence if _found("met", lang, low) else "")
        if not asked and _found("asked", lang, low) and not _found("no", lang, low):
            other = _pattern("other", lang).search(low)
            if other and not _pattern("other", lang).search(purpose.lower()):
                asked = sentence
    return Aftermath(" ".join(met.split()), " ".join(asked.split()))


def _found(name: str, lang: str, low: str) -> bool:
    return _pattern(name, lang).search(low) is not None


@lru_cache(maxsize=8)
def _pattern(name: str, lang: str) -> re.Pattern[str]:
    return re.compile(_data()[f"{name}_{'en' if lang == 'en' else 'no'}"])


@lru_cache(maxsize=1)
def _data() -> dict[str, str]:
    file = resources.files("askwell.text") / "lexicons/aftermath.toml"
    return tomllib.loads(file.read_text("utf-8"))
