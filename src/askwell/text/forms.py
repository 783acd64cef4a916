"""The forms of a word: how it may stand in a text where one looks for it. Synonyms are not made up.

A form is an inflection by the dictionaries of simplemma (en, nb, nn), or a Norwegian compound that begins
with the word and goes on with another one: "vindkraft" is in "vindkraftprosjektene", and "vind" is not in
"vindu". The dictionaries are large and are loaded when the first word is looked for, never before.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

LANGUAGES = ("en", "nb", "nn")
_NORWEGIAN = ("nb", "nn")
_SHORT = 4
"""Letters that each part of a compound has at least."""
_VOWELS = "aeiouyæøå"
_LINKS = ("", "s", "e", "-")
_VERBS = ("ere", "era")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is looked for: itself, and what dictionaries have it under."""

    word: str
    lemmas: frozenset[str]

    @property
    def beginnings(self) -> frozenset[str]:
        """How its forms begin, irregular ones left out."""
        return frozenset(_beginning(one) for one in (self.word, *self.lemmas))

    @property
    def irregular(self) -> frozenset[str]:
        """Its forms with another beginning."""
        return frozenset(form for lemma in (self.word, *self.lemmas) for form in _irregular().get(lemma, ()))

    def stands_in(self, other: str) -> bool:
        """Whether another word is a form of this one, or a compound that begins with it."""
        return (
            other == self.word
            or not self.lemmas.isdisjoint(_lemmas(other))
            or any(_compound(other, lemma) for lemma in (self.word, *self.lemmas))
        )

    def among(self, words: Iterable[str]) -> frozenset[str]:
        """Those of the words that it stands in, and all its irregular forms."""
        return frozenset(one for one in words if self.stands_in(one)) | self.irregular | {self.word}


def word(text: str) -> Word:
    """A single word in lower case."""
    low = text.lower()
    lemmas = _lemmas(low) | _bases().get(low, frozenset())
    return Word(low, lemmas | {noun for one in lemmas if (noun := _noun(one))})


def _noun(verb: str) -> str:
    """The noun that a verb in -ere is made of: "rapporter" is a form of both "rapportere" and "rapport"."""
    noun = verb[:-3] if verb.endswith(_VERBS) else ""
    return noun if len(noun) >= _SHORT and _known(noun) else ""


def _beginning(lemma: str) -> str:
    """What all regular forms share: "turbine" and "turbiner" begin with "turbin"."""
    return lemma[:-1] if len(lemma) > _SHORT and lemma[-1] in _VOWELS else lemma


def _compound(other: str, lemma: str) -> bool:
    if len(lemma) < _SHORT or not other.startswith(lemma):
        return False
    rest = other[len(lemma) :]
    return any(
        len(last) >= _SHORT and _known(last)
        for link in _LINKS
        if rest.startswith(link) and (last := rest[len(link) :])
    )


@lru_cache(maxsize=20_000)
def _lemmas(low: str) -> frozenset[str]:
    lemmatize = _dictionary()[0]
    return frozenset(lemmatize(low, lang).lower() for lang in LANGUAGES)


@lru_cache(maxsize=20_000)
def _known(low: str) -> bool:
    known = _dictionary()[1]
    return any(known(low, lang) for lang in _NORWEGIAN)


@lru_cache(maxsize=1)
def _dictionary() -> tuple[Callable[[str, str], str], Callable[[str, str], bool]]:
    from simplemma import is_known, lemmatize

    return lambda low, lang: lemmatize(low, lang=lang), lambda low, lang: is_known(low, lang=lang)


@lru_cache(maxsize=1)
def _irregular() -> dict[str, frozenset[str]]:
    file = resources.files("askwell.text") / "data" / "irregular.toml"
    lines = (line.split() for table in tomllib.loads(file.read_text("utf-8")).values() for line in table)
    return {line[0]: frozenset(line) for line in lines}


@lru_cache(maxsize=1)
def _bases() -> dict[str, frozenset[str]]:
    """The words that an irregular form belongs to."""
    found: dict[str, set[str]] = {}
    for lemma, forms in _irregular().items():
        for form in forms:
            found.setdefault(form, set()).add(lemma)
    return {form: frozenset(lemmas) for form, lemmas in found.items()}
