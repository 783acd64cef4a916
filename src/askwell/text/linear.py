"""Small linear models as plain text: `weights/<name>.tsv`, one feature a line, a weight for each class in
hundredths.

Pure Python: a message has a hundred features or so, which is too few to be worth an array.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from math import exp
from typing import Final

WORD_WEIGHT: Final = 0.3
"""What a word or a pair of words counts: less than a cue, because they are many and the letters few."""

_FIRST: Final = "<"


@dataclass(frozen=True)
class Linear:
    """Classes, and a weight for each of them by feature; the feature "base" is in every row."""

    classes: tuple[str, ...]
    weights: Mapping[str, tuple[int, ...]]

    def chances(self, features: Mapping[str, float], words: Sequence[str] = ()) -> dict[str, float]:
        """The probability of each class, summing to 1. `words` are a text's words in their order, and count
        as their `word_features` would in `features`."""
        scores = [float(weight) for weight in self.weights["base"]]
        alike: dict[float, list[tuple[int, ...]]] = {}
        for name, value in features.items():
            row = self.weights.get(name)
            if row is not None:
                alike.setdefault(value, []).append(row)
        for value, same in alike.items():
            sums = map(sum, zip(*same, strict=True))
            scores = [score + found * value for score, found in zip(scores, sums, strict=True)]
        singles, pairs = self._words
        rows = [singles[word] for word in singles.keys() & set(words)]
        rows += [pairs[pair] for pair in pairs.keys() & set(zip((_FIRST, *words), words, strict=False))]
        if rows:  # whole numbers add up to the same sum in any order
            sums = map(sum, zip(*rows, strict=True))
            scores = [score + found * WORD_WEIGHT for score, found in zip(scores, sums, strict=True)]
        top = max(scores)
        raised = [exp((score - top) / 100) for score in scores]
        total = sum(raised)
        return {name: value / total for name, value in zip(self.classes, raised, strict=True)}

    @cached_property
    def _words(self) -> tuple[dict[str, tuple[int, ...]], dict[tuple[str, str], tuple[int, ...]]]:
        """The weights of words and of pairs of words, by themselves."""
        singles: dict[str, tuple[int, ...]] = {}
        pairs: dict[tuple[str, str], tuple[int, ...]] = {}
        for name, row in self.weights.items():
            if name.startswith("w:"):
                singles[name[2:]] = row
            elif name.startswith("b:"):
                before, _, word = name[2:].partition(" ")
                pairs[before, word] = row
        return singles, pairs


def word_features(words: Sequence[str]) -> dict[str, float]:
    """The words of a text and their pairs, under the names that the models know them by."""
    found: dict[str, float] = {}
    for before, word in zip((_FIRST, *words), words, strict=False):
        found["w:" + word] = found[f"b:{before} {word}"] = WORD_WEIGHT
    return found


@cache
def linear(name: str) -> Linear:
    """The model of that name, read once from the package."""
    file = resources.files("askwell.text") / "weights" / f"{name}.tsv"
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines[1:])
    return Linear(tuple(lines[0].split("\t")[1:]), {row[0]: tuple(map(int, row[1:])) for row in rows})
