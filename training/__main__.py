"""Rebuilds the reader's weights, to the same bytes: `python -m training`. Two to three minutes on one core.

Bars are set on letters of files that the scored model never saw (four groups of files and phrases, each left
out in turn); then one model is fitted to everything.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from askwell.text.features import ORDER
from askwell.text.frames import lexicon
from askwell.text.idioms import idioms
from askwell.text.model import size_of
from askwell.text.reading import ACTS, PATTERNS
from training.fit import NL, NP, Row, fit, row, scores
from training.letters import bank, letters, ordinary, phrases

NAMES = Path(__file__).parent.parent / "src/askwell/text/lexicons/names.txt"
WEIGHTS = Path(__file__).parent.parent / "src/askwell/text/weights/reader.npz"
# Letters that one writer wrote side by side in two languages stand in one group: en_more3 with nb_more3.
GROUPS = (
    ("en", "nb_long", "nn_more", "en_more2"),
    ("nb", "en_more", "incoming", "nn_more2"),
    ("nn", "en_long", "nb_more", "nn_more3", "en_more4"),
    ("nn_long", "replies", "nb_more2", "replies_more2", "en_more3", "nb_more3"),
)
RAREST = ((0.0025, 0.0030), (0.0060, 0.0020), (0.0060, 0.0020))
"""Share of clean texts that may be alarmed by a core pattern, and by another, for each size."""
CORE = ("third_party_ask", "contact_fishing", "entitlement_press", "hidden_goal")


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


def bars(found: list[tuple[Row, Any, Any]]) -> Any:
    """Bars for texts of each size (`askwell.text.model.size_of`)."""
    return np.array(
        [_bars([each for each in found if size_of(len(each[0].sentences)) == at], at) for at in range(3)]
    )


def _bars(chosen: list[tuple[Row, Any, Any]], size: int) -> Any:
    """For each letter label the bar of the best F1 at which alarms stay as rare as asked for."""
    score = np.array([each[2] for each in chosen])
    wanted = np.array([each[0].wanted for each in chosen])
    known = np.array([each[0].known for each in chosen])
    result = np.zeros(NL)
    for at in range(NL):
        sure = known[:, at] > 0
        s, y = score[sure, at], wanted[sure, at] > 0
        core = at < NP and PATTERNS[at] in CORE
        most = 1.0 if at >= NP else RAREST[size][0 if core else 1]
        clean = wanted[sure][:, :NP].sum(axis=1) == 0
        result[at] = _best(s, y, clean, most)
    return result


def _best(score: Any, wanted: Any, clean: Any, most: float) -> float:
    best, bar = -1.0, 0.0
    for one in np.arange(-9, 7, 0.05):
        fired = score > one
        if fired[clean & ~wanted].mean() > most:
            continue
        right = (fired & wanted).sum()
        value = 2 * right / max(1, fired.sum() + wanted.sum())
        if value > best:
            best, bar = value, float(one)
    return bar


def act_bars(found: list[tuple[Row, Any, Any]]) -> Any:
    """For each size and act the bar of the best F1 over sentences; asks in remarks have one of their own."""
    whole = [each for each in found if each[0].whole]
    result = np.tile([_act_bar(whole, at) for at in range(len(ACTS))], (3, 1))
    remarks = [each for each in found if each[0].sample.acts_known and size_of(len(each[0].sentences)) == 0]
    result[0, 0] = _act_bar(remarks, 0)
    return result


def _act_bar(found: list[tuple[Row, Any, Any]], at: int) -> float:
    z = np.concatenate([each[1][:, at] for each in found])
    wanted = np.concatenate([each[0].act[:, at] for each in found]) > 0
    nobody = np.zeros(len(z), bool)
    nobody[np.flatnonzero(~wanted)[0]] = True
    return _best(z, wanted, nobody, 1.0)


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
    packed = {name: model[name].round(5) for name in ("b", "lb", "scale", "m1", "c1", "m2")}
    packed["W"], packed["W_scale"] = small(model["W"])
    packed["L"], packed["L_scale"] = small(model["L"])
    np.savez(WEIGHTS, **packed, bars=table.round(3), acts=acts.round(3))
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes from {len(rows)} texts")


if __name__ == "__main__":
    main()
