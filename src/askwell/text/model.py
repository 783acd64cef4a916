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
AT_BAR = 0.7
"""Log-odds of a pattern that just reaches its bar, as they are told."""
PLAIN = 0.75
"""How sure a pattern must be in a note or letter that asks for nothing, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Log-odds: of each label in each sentence, and of each pattern and positive in the letter."""

    sentences: list[list[float]]
    letter: list[float]


@cache
def weights() -> dict[str, NDArray[Any]]:
    """A table of small integers with a scale for each column, thin layers, bars, and for each feature its
    place in the table (`places`, -1 for those without one)."""
    import numpy as np  # start-up: only a reading needs it

    with (resources.files("askwell.text") / "weights" / "reader.npz").open("rb") as file:
        data: Any = np.load(file, allow_pickle=False)
        found: dict[str, NDArray[Any]] = {name: data[name] for name in data.files}
    kept = np.unpackbits(found.pop("kept"))
    places = np.where(kept, np.cumsum(kept, dtype=np.int32) - 1, np.int32(-1))
    table = found.pop("E")
    return {name: layer.astype(np.float64) for name, layer in found.items()} | {"E": table, "places": places}


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
    """The scores of each of several letters from the feature rows of their sentences."""
    import numpy as np

    model, counts = weights(), letters.counts
    ends = np.cumsum(counts)
    firsts = ends - counts
    own = _vectors(model, letters)
    z, shown = _sentences(model, own, firsts, ends)
    per = counts[:, None].astype(float)
    tops = np.maximum.reduceat(z, firsts, axis=0)
    highs = tops[:, PATTERN.start : POSITIVE.stop]
    parts = np.exp(z[:, PATTERN.start : POSITIVE.stop] - np.repeat(highs, counts, axis=0))
    pooled = np.log(np.add.reduceat(parts, firsts, axis=0)) + highs
    spread = np.log1p(np.add.reduceat(_chances(z), firsts, axis=0))
    means, most = np.add.reduceat(shown, firsts, axis=0) / per, np.maximum.reduceat(shown, firsts, axis=0)
    seen = np.concatenate([means, most, _chances(tops), spread, np.log(per), per == 1], axis=1)
    acts = [np.maximum(row @ model["first"] + model["fb"], 0) @ model["last"] for row in seen]
    whole = model["scale"] * pooled + model["lb"] + np.array(acts)
    sentences = z.tolist()
    return [
        Scores(sentences[first:end], letter)
        for first, end, letter in zip(firsts.tolist(), ends.tolist(), whole.tolist(), strict=True)
    ]


def _vectors(model: dict[str, NDArray[Any]], letters: Letters) -> NDArray[Any]:
    """A vector for each sentence: the sum of its features' rows."""
    import numpy as np

    places = model["places"].take(letters.rows)
    known = places >= 0
    sizes = np.add.reduceat(known, letters.starts, dtype=np.int64)
    some = sizes > 0
    summed = np.zeros((len(sizes), len(model["eb"])), dtype=np.int32)
    if some.any():
        firsts = (np.cumsum(sizes) - sizes)[some]
        summed[some] = np.add.reduceat(model["E"].take(places[known], axis=0), firsts, axis=0, dtype=np.int32)
    gains = GAIN / np.sqrt(np.diff(letters.starts, append=len(letters.rows)))
    found: NDArray[Any] = np.maximum(summed * gains[:, None] * model["E_scale"] + model["eb"], 0)
    return found


def _sentences(
    model: dict[str, NDArray[Any]], own: NDArray[Any], firsts: NDArray[Any], ends: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Scores of all sentences, each seen with its neighbours and the mean of its letter, and what they show.

    One letter at a time: a product of two tables adds up in another order than those of their parts, and a
    message must read the same alone and among others.
    """
    import numpy as np

    count, wide = own.shape
    around = np.zeros((count, 4 * wide + 2))
    around[:, :wide] = own
    around[1:, wide : 2 * wide] = own[:-1]
    around[firsts, wide : 2 * wide] = 0
    around[:-1, 2 * wide : 3 * wide] = own[1:]
    around[ends - 1, 2 * wide : 3 * wide] = 0
    counts = ends - firsts
    around[:, 3 * wide : 4 * wide] = np.repeat(
        np.add.reduceat(own, firsts, axis=0) / counts[:, None], counts, axis=0
    )
    around[firsts, -2] = around[ends - 1, -1] = 1
    places = list(zip(firsts.tolist(), ends.tolist(), strict=True))
    shown = np.concatenate([around[a:b] @ model["context"] for a, b in places])
    shown = np.maximum(shown + model["cb"], 0)
    both = np.concatenate([shown, own], axis=1)
    return np.concatenate([both[a:b] @ model["out"] for a, b in places]) + model["ob"], shown


def _chances(scores: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    found: NDArray[Any] = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return found


def chance(score: float) -> float:
    """The chance that belongs to log-odds, 0 to 1."""
    return 1 / (1 + exp(-min(30.0, max(-30.0, score))))
