"""The trained part of the reader: sentence scores and letter scores from hashed features, in numpy.

Fitted by `python -m training`; how, and how well it does, stands in docs/reading.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp
from typing import TYPE_CHECKING, Any

from askwell.text.reading import ABOUTS, ACTS, BENEFICIARIES, PATTERNS, POSITIVES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from askwell.text.features import Letters

GAIN = 3.0
ACT = slice(0, len(ACTS))
PATTERN = slice(ACT.stop, ACT.stop + len(PATTERNS))
POSITIVE = slice(PATTERN.stop, PATTERN.stop + len(POSITIVES))
ABOUT = slice(POSITIVE.stop, POSITIVE.stop + len(ABOUTS))
FOR = slice(ABOUT.stop, ABOUT.stop + len(BENEFICIARIES))
FAVOUR = FOR.stop
SIZES = (2, 7)
"""Remarks have up to 2 sentences, notes up to 7, letters more: each has bars of its own."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Log-odds: of each label in each sentence, and of each pattern and positive in the letter."""

    sentences: list[list[float]]
    letter: list[float]


@cache
def weights() -> dict[str, NDArray[Any]]:
    """Tables of small integers with a scale for each column, thin layers, and bars."""
    import numpy as np  # start-up: only a reading needs it

    with (resources.files("askwell.text") / "weights" / "reader.npz").open("rb") as file:
        data: Any = np.load(file, allow_pickle=False)
        return {name: data[name] for name in data.files}


@cache
def _bars() -> list[tuple[list[float], list[float]]]:
    table = weights()
    return list(zip(table["bars"].tolist(), table["acts"].tolist(), strict=True))


def bars(count: int) -> tuple[list[float], list[float]]:
    """What a letter of so many sentences must reach: bars for letter scores, and for acts."""
    return _bars()[size_of(count)]


def size_of(count: int) -> int:
    """0 for a remark, 1 for a note, 2 for a letter, by the number of sentences."""
    return sum(count > most for most in SIZES)


def score(letters: Letters) -> list[Scores]:
    """The scores of each of several letters from the feature rows of their sentences and of the wholes."""
    import numpy as np

    model, counts = weights(), letters.counts
    firsts = np.cumsum(counts) - counts
    sizes = np.diff(letters.starts, append=len(letters.rows))
    summed = _summed(model["W"], letters.rows, letters.starts)
    z = summed * (GAIN / np.sqrt(sizes))[:, None] * model["W_scale"] + model["b"]
    lengths = np.diff(letters.wholes, append=len(letters.whole)).tolist()
    gains = np.array([GAIN / length**0.5 for length in lengths])[:, None]
    bags = _summed(model["L"], letters.whole, letters.wholes) * model["L_scale"] * gains
    tops = np.maximum.reduceat(z, firsts, axis=0)
    highs = tops[:, PATTERN.start : POSITIVE.stop]
    parts = np.exp(z[:, PATTERN.start : POSITIVE.stop] - np.repeat(highs, counts, axis=0))
    pooled = np.log(np.add.reduceat(parts, firsts, axis=0)) + highs
    spread = np.log1p(np.add.reduceat(_chances(z), firsts, axis=0))
    sizes_of = np.stack([np.log(counts.astype(float)), counts == 1], axis=1)
    seen = np.concatenate([_chances(tops), spread, sizes_of], axis=1)
    # One letter at a time: a product of two tables adds up in another order than one of a row and a table.
    acts = [np.maximum(row @ model["m1"] + model["c1"], 0) @ model["m2"] for row in seen]
    whole = model["scale"] * pooled + bags + model["lb"] + np.array(acts)
    sentences, at = z.tolist(), 0
    found = []
    for count, letter in zip(counts.tolist(), whole.tolist(), strict=True):
        found.append(Scores(sentences[at : at + count], letter))
        at += count
    return found


def _summed(table: NDArray[Any], rows: NDArray[Any], starts: NDArray[Any]) -> NDArray[Any]:
    """The rows of a table added up, from each start to the next."""
    import numpy as np

    return np.add.reduceat(table.take(rows, axis=0), starts, axis=0, dtype=np.int32)


def _chances(scores: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    found: NDArray[Any] = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return found


def chance(score: float) -> float:
    """The chance that belongs to log-odds, 0 to 1."""
    return 1 / (1 + exp(-min(30.0, max(-30.0, score))))
