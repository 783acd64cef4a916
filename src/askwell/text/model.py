"""The trained part of the reader: sentence scores and letter scores from hashed features, in numpy.

Fitted by `python -m training`; how, and how well it does, stands in docs/reading.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from askwell.text.reading import ABOUTS, ACTS, BENEFICIARIES, PATTERNS, POSITIVES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from askwell.text.features import Letter

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

    sentences: NDArray[Any]
    letter: NDArray[Any]


@cache
def weights() -> dict[str, NDArray[Any]]:
    """Tables of small integers with a scale for each column, thin layers, and bars."""
    import numpy as np  # start-up: only a reading needs it

    with (resources.files("askwell.text") / "weights" / "reader.npz").open("rb") as file:
        data: Any = np.load(file, allow_pickle=False)
        return {name: data[name] for name in data.files}


def bars(count: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """What a letter of so many sentences must reach: bars for letter scores, and for acts."""
    table = weights()
    size = size_of(count)
    return table["bars"][size], table["acts"][size]


def size_of(count: int) -> int:
    """0 for a remark, 1 for a note, 2 for a letter, by the number of sentences."""
    return sum(count > most for most in SIZES)


def score(letter: Letter) -> Scores:
    """The scores of a letter from the feature rows of its sentences and of the whole."""
    import numpy as np

    model = weights()
    sizes = np.diff(letter.starts, append=len(letter.rows))
    taken = model["W"].take(letter.rows, axis=0)
    summed = np.add.reduceat(taken, letter.starts, axis=0, dtype=np.int32)
    z = summed * (GAIN / np.sqrt(sizes))[:, None] * model["W_scale"] + model["b"]
    whole = model["L"].take(letter.whole, axis=0).sum(axis=0, dtype=np.int32)
    bag = whole * model["L_scale"] * (GAIN / len(letter.whole) ** 0.5)
    top = z.max(axis=0)
    part = z[:, PATTERN.start : POSITIVE.stop]
    high = top[PATTERN.start : POSITIVE.stop]
    pooled = np.log(np.exp(part - high).sum(axis=0)) + high
    count = len(z)
    h = np.concatenate(
        [chance(top), np.log1p(chance(z).sum(axis=0)), [np.log(float(count)), float(count == 1)]]
    )
    act = np.maximum(h @ model["m1"] + model["c1"], 0)
    return Scores(z, model["scale"] * pooled + bag + model["lb"] + act @ model["m2"])


def chance(score: Any) -> Any:
    """The chance that belongs to log-odds, 0 to 1."""
    import numpy as np

    return 1 / (1 + np.exp(-np.clip(score, -30, 30)))
