"""The trained part of the reader: linear scores over hashed features, weights read once from the package."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from askwell.text.features import bucket, sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@cache
def weights() -> tuple[dict[str, int], NDArray[np.float16], NDArray[np.float32]]:
    """Label columns, weights by feature bucket and label, and biases."""
    import numpy  # noqa: PLC0415 -- start-up: only a reading needs it

    with (resources.files("askwell.text") / "weights" / "first.npz").open("rb") as file:
        data: Any = numpy.load(file, allow_pickle=False)
        names = {str(name): at for at, name in enumerate(data["names"])}
        return names, data["weights"], data["biases"].astype(numpy.float32)


def scores(text: str, lang: str) -> NDArray[np.float32]:
    """The log-odds of each label for one sentence."""
    import numpy  # noqa: PLC0415

    _, table, biases = weights()
    rows = sorted({bucket(name) for name in sentence(text, lang)})
    found = table[rows].astype(numpy.float32).sum(axis=0) + biases
    return numpy.asarray(found, dtype=numpy.float32)
