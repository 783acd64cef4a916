"""Rebuilds the reader's weights, to the same bytes: `python -m training`. Five minutes on one core.

Bars are set on letters of files that the scored model never saw (four groups of files and phrases, each left
out in turn); then one model is fitted to everything.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from askwell.text.features import BUCKETS, ORDER
from askwell.text.frames import lexicon
from askwell.text.idioms import idioms
from training.bars import act_bars, bars
from training.fit import fit, scores
from training.letters import bank, letters, ordinary, phrases
from training.rows import Row, row

NAMES = Path(__file__).parent.parent / "src/askwell/text/lexicons/names.txt"
WEIGHTS = Path(__file__).parent.parent / "src/askwell/text/weights/reader.npz"
# Letters that one writer wrote side by side in two languages stand in one group: en_more3 with nb_more3.
GROUPS = (
    ("en", "nb_long", "nn_more", "en_more2", "nb_more4", "replies_more3", "kinds"),
    (
        "nb",
        "en_more",
        "incoming",
        "nn_more2",
        "en_long2",
        "nb_long2",
        "nb_more5",
        "nn_more5",
        "lists",
        "made",
    ),
    ("nn", "en_long", "nb_more", "nn_more3", "en_more4", "office", "en_more6"),
    ("nn_long", "replies", "nb_more2", "replies_more2", "en_more3", "nb_more3", "en_more5", "nn_more4"),
)


def write_names() -> None:
    """The names that the lexicons use, in the order in which the model numbers them."""
    names = {name for lang in ("en", "nb", "nn") for name in lexicon(lang).names() | idioms(lang).names()}
    NAMES.write_text("\n".join(sorted({*names, ORDER})) + "\n", "utf-8")


def rows_of_all() -> list[Row]:
    """Every sample there is, as numbers."""
    return [one for one in map(row, [*letters(), *phrases(), *bank(), *ordinary()]) if one is not None]


def left_out(rows: list[Row]) -> list[tuple[Row, Any, Any]]:
    """Each row with the scores of a model that saw neither its file nor, for a phrase, its text."""
    found = []
    for at, group in enumerate(GROUPS):
        out = [_in(one, at, group) for one in rows]
        model = fit([one for one, left in zip(rows, out, strict=True) if not left])
        held = [one for one, left in zip(rows, out, strict=True) if left]
        found += [(one, z, letter) for one, (z, letter) in zip(held, scores(model, held), strict=True)]
    return found


def _in(one: Row, at: int, group: tuple[str, ...]) -> bool:
    if one.whole:
        return one.sample.file in group
    return sum(one.sample.text.encode()) % len(GROUPS) == at


def small(table: Any) -> tuple[Any, Any]:
    """Whole numbers from -127 to 127 and a scale for each column."""
    scale = np.maximum(np.abs(table).max(axis=0), 1e-6) / 127
    return np.rint(table / scale).astype(np.int8), scale.astype(np.float64)


def main() -> None:
    write_names()
    rows = rows_of_all()
    found = left_out(rows)
    table, acts = bars(found), act_bars(found)
    model = fit(rows)
    held = np.zeros(BUCKETS, np.uint8)
    held[model.pop("kept")] = 1
    packed = {"kept": np.packbits(held)}
    packed["E"], packed["E_scale"] = small(model.pop("E"))
    packed |= {name: layer.astype(np.float16) for name, layer in model.items()}
    np.savez(WEIGHTS, **packed, bars=table.round(3), acts=acts.round(3))
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes from {len(rows)} texts")


if __name__ == "__main__":
    main()
