"""Turns of phrase as data: word patterns with gaps, choices, stems and concepts, found in one pass."""

from __future__ import annotations

from functools import cache
from importlib import resources

from askwell.text.fold import fold, tokens
from askwell.text.frames import Lexicon, lexicon

_LANGUAGES = {"en": ("en",), "nb": ("nb",), "nn": ("nn", "nb")}
_WIDEST = 3
"""Words that "~" may stand for at most."""

_MOST_WORDS = 50_000
"""Words whose turns of phrase are remembered."""

Part = tuple[str, frozenset[str], tuple[str, ...], tuple[str, ...]]
"""Kind ("word", "any", "gap"), words, beginnings of words, concepts."""


Entry = tuple[str, tuple[Part, ...]]
"""A name, and the parts after those already matched."""
Begun = tuple[tuple[str, ...], dict[str, list[Entry]], tuple[Entry, ...]]
"""Names of single words, entries by their second word, and entries whose second part is no plain word."""


class Idioms:
    """The turns of phrase of a language by their first word."""

    def __init__(self, texts: list[str], concepts: Lexicon) -> None:
        self.concepts = concepts
        self.by_word: dict[str, list[tuple[str, tuple[Part, ...]]]] = {}
        self.by_start: dict[str, list[tuple[str, tuple[Part, ...]]]] = {}
        self.by_concept: dict[str, list[tuple[str, tuple[Part, ...]]]] = {}
        self.starts: dict[str, Begun | None] = {}
        for text in texts:
            for line in text.splitlines():
                name, colon, entries = line.partition(":")
                if colon and not line.startswith("#"):
                    for entry in entries.split(","):
                        self._add(name, entry.split())

    def _add(self, name: str, written: list[str]) -> None:
        parts = tuple(_part(one) for one in written)
        if not parts:
            return
        _, words, stems, concepts = parts[0]
        found = (name, parts[1:])
        for word in words:
            self.by_word.setdefault(word, []).append(found)
        for stem in stems:
            self.by_start.setdefault(stem, []).append(found)
        for concept in concepts:
            self.by_concept.setdefault(concept, []).append(found)

    def names(self) -> set[str]:
        """All names of turns of phrase that it knows."""
        tables = (self.by_word, self.by_start, self.by_concept)
        return {name for table in tables for entries in table.values() for name, _ in entries}

    def starting(self, word: str) -> Begun | None:
        """What may begin with a word: by the word that must follow, and others; None if nothing does."""
        if word in self.starts:
            return self.starts[word]
        here = list(self.by_word.get(word, ()))
        for length in range(3, len(word) + 1):
            here += self.by_start.get(word[:length], ())
        for concept in self.concepts.of_word(word):
            here += self.by_concept.get(concept, ())
        found = _sorted(here) if here else None
        if len(self.starts) < _MOST_WORDS:
            self.starts[word] = found
        return found

    def find(self, words: list[str]) -> dict[str, int]:
        """The names of the turns of phrase, each with the place of the word where it first begins."""
        return self.among(words, [self.starting(word) for word in words])

    def among(self, words: list[str], begun: list[Begun | None]) -> dict[str, int]:
        """The same, where what may begin with each word (`starting`) is at hand."""
        found: dict[str, int] = {}
        last = len(words) - 1
        for at, here in enumerate(begun):
            if here is None:
                continue
            alone, followed, others = here
            for name in alone:
                found.setdefault(name, at)
            if at < last and followed and words[at + 1] in followed:
                for name, rest in followed[words[at + 1]]:
                    if name not in found and (not rest or self._follows(words, at + 2, rest)):
                        found[name] = at
            for name, rest in others:
                if name not in found and self._follows(words, at + 1, rest):
                    found[name] = at
        return found

    def _follows(self, words: list[str], at: int, rest: tuple[Part, ...]) -> bool:
        for place, (kind, choices, stems, concepts) in enumerate(rest):
            if kind == "gap":
                after = rest[place + 1 :]
                for there in range(at, min(at + _WIDEST, len(words) - 1) + 1):
                    if self._follows(words, there, after):
                        return True
                return False
            if at >= len(words):
                return False
            word = words[at]
            if kind == "word" and not (
                word in choices
                or (stems and word.startswith(stems))
                or (concepts and not set(concepts).isdisjoint(self.concepts.of_word(word)))
            ):
                return False
            at += 1
        return True


def _sorted(entries: list[Entry]) -> Begun:
    alone: dict[str, None] = {}
    followed: dict[str, list[Entry]] = {}
    others: list[Entry] = []
    for name, rest in entries:
        if not rest:
            alone[name] = None
        elif rest[0][0] == "word" and not rest[0][2] and not rest[0][3]:
            for word in rest[0][1]:
                followed.setdefault(word, []).append((name, rest[1:]))
        else:
            others.append((name, rest))
    return tuple(alone), followed, tuple(others)


def _part(written: str) -> Part:
    if written == "~":
        return ("gap", frozenset(), (), ())
    if written == "_":
        return ("any", frozenset(), (), ())
    words, stems, concepts = [], [], []
    for one in written.split("|"):
        if one.startswith("@"):
            concepts.append(one[1:])
        elif one.endswith("*"):
            stems.append(fold(one[:-1]))
        else:
            words.append(fold(one))
    return ("word", frozenset(words), tuple(stems), tuple(concepts))


@cache
def idioms(lang: str) -> Idioms:
    """The turns of phrase of a language, read once from the package."""
    here = resources.files("askwell.text") / "lexicons"
    files = [here / f"{name}_idioms.txt" for name in _LANGUAGES[lang]]
    return Idioms([file.read_text("utf-8") for file in files if file.is_file()], lexicon(lang))


def names(text: str, lang: str) -> dict[str, int]:
    """The turns of phrase of one sentence."""
    return idioms(lang).find(tokens(fold(text)))
