"""The frame grammar's eyes: which concepts stand where in a sentence, the same in the three languages.

The word lists are data, in `lexicons/`. A word may carry several concepts ("time" is an hour and a lesson).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

from askwell.text.fold import fold, tokens

_LANGUAGES = {"en": ("en",), "nb": ("nb",), "nn": ("nn", "nb")}


class Lexicon:
    """Concepts by word, by beginning or ending of a word, and by phrase. Asked once for each new word."""

    def __init__(self, texts: list[str]) -> None:
        self.words: dict[str, tuple[str, ...]] = {}
        self.starts: dict[str, tuple[str, ...]] = {}
        self.ends: dict[str, tuple[str, ...]] = {}
        self.phrases: dict[str, list[tuple[list[str], str]]] = {}
        self.known: dict[str, tuple[str, ...]] = {}
        for text in texts:
            for line in text.splitlines():
                name, colon, entries = line.partition(":")
                if colon and not line.startswith("#"):
                    for entry in fold(entries).split(","):
                        self._add(name, entry.strip())

    def _add(self, name: str, entry: str) -> None:
        if entry.endswith("*") or entry.startswith("*"):
            stem = "".join(tokens(entry.strip("*")))
            table = self.starts if entry.endswith("*") and not entry.startswith("*") else self.ends
            if entry.startswith("*") and entry.endswith("*"):
                self.starts[stem] = _with(self.starts.get(stem), name)
            table[stem] = _with(table.get(stem), name)
            return
        parts = tuple(tokens(entry))
        if len(parts) == 1:
            self.words[parts[0]] = _with(self.words.get(parts[0]), name)
        elif parts:
            self.phrases.setdefault(parts[0], []).append((list(parts[1:]), name))

    def names(self) -> set[str]:
        """All concepts that it knows."""
        tables = (self.words, self.starts, self.ends)
        return {name for table in tables for names in table.values() for name in names} | {
            name for found in self.phrases.values() for _, name in found
        }

    def of_word(self, word: str) -> tuple[str, ...]:
        found = self.known.get(word)
        if found is None:
            found = self._look_up(word)
            if len(self.known) < 50_000:
                self.known[word] = found
        return found

    def _look_up(self, word: str) -> tuple[str, ...]:
        names = list(self.words.get(word, ()))
        for length in range(min(len(word), 24), 1, -1):
            names += self.starts.get(word[:length], ())
            if length > 2:
                names += self.ends.get(word[-length:], ())
        return tuple(dict.fromkeys(names))

    def phrases_in(self, words: list[str]) -> Iterator[tuple[int, str]]:
        """Each token of each phrase that stands there, and its concept."""
        return self.phrases_among(words, [self.phrases.get(word) for word in words])

    def phrases_among(
        self, words: list[str], begun: list[list[tuple[list[str], str]] | None]
    ) -> Iterator[tuple[int, str]]:
        """The same, where the phrases that each word may begin are at hand."""
        for at, here in enumerate(begun):
            if here:
                for rest, name in here:
                    end = at + 1 + len(rest)
                    if words[at + 1 : end] == rest:
                        for place in range(at, end):
                            yield place, name


def _with(names: tuple[str, ...] | None, name: str) -> tuple[str, ...]:
    return (name,) if names is None else names if name in names else (*names, name)


@cache
def lexicon(lang: str) -> Lexicon:
    """The concepts of a language, read once from the package."""
    here = resources.files("askwell.text") / "lexicons"
    return Lexicon([(here / f"{name}.txt").read_text("utf-8") for name in _LANGUAGES[lang]])
