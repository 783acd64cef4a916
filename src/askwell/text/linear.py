"""Small linear models as plain text: `weights/<name>.tsv`, one feature a line, a weight for each class in
hundredths.

Pure Python: a message has a hundred features or so, which is too few to be worth an array.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp


@dataclass(frozen=True, slots=True)
class Linear:
    """Classes, and a weight for each of them by feature; the feature "base" is in every row."""

    classes: tuple[str, ...]
    weights: Mapping[str, tuple[int, ...]]

    def chances(self, features: Mapping[str, float]) -> dict[str, float]:
        """The probability of each class, summing to 1."""
        scores = [float(weight) for weight in self.weights["base"]]
        for name, value in features.items():
            row = self.weights.get(name)
            if row is not None:
                for at, weight in enumerate(row):
                    scores[at] += weight * value
        top = max(scores)
        raised = [exp((score - top) / 100) for score in scores]
        total = sum(raised)
        return {name: value / total for name, value in zip(self.classes, raised, strict=True)}


@cache
def linear(name: str) -> Linear:
    """The model of that name, read once from the package."""
    file = resources.files("askwell.text") / "weights" / f"{name}.tsv"
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines[1:])
    return Linear(tuple(lines[0].split("\t")[1:]), {row[0]: tuple(map(int, row[1:])) for row in rows})
