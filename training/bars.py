"""Where a score is high enough to say so: bars for each label, by the size of the text.

In notes and letters a pattern is told from a chance on: scores are made chances by a logistic curve, fitted
to texts that the scored model never saw. Remarks have little context, so their patterns keep a share of clean
texts that may be alarmed. Acts and positives take the bar of the best F1.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from askwell.text.model import size_of
from askwell.text.reading import ACTS, PATTERNS
from training.rows import NL, NP, Row

CORE = ("third_party_ask", "contact_fishing", "entitlement_press", "hidden_goal")
SURE = (0.50, 0.70)
"""Chance from which a core pattern, and another, is told in notes and letters."""
RAREST = (0.0025, 0.0030)
"""Share of clean remarks that may be alarmed by a core pattern, and by another."""


def bars(found: list[tuple[Row, Any, Any]]) -> Any:
    """Bars for texts of each size (`askwell.text.model.size_of`)."""
    return np.array(
        [_bars([each for each in found if size_of(len(each[0].sentences)) == at], at) for at in range(3)]
    )


def _bars(chosen: list[tuple[Row, Any, Any]], size: int) -> Any:
    """The bar of each letter label."""
    score = np.array([each[2] for each in chosen])
    wanted = np.array([each[0].wanted for each in chosen])
    known = np.array([each[0].known for each in chosen])
    result = np.zeros(NL)
    for at in range(NL):
        sure = known[:, at] > 0
        s, y = score[sure, at], wanted[sure, at] > 0
        if at >= NP:
            result[at] = _best(s, y, y, 1.0)
            continue
        other = PATTERNS[at] not in CORE
        clean = wanted[sure][:, :NP].sum(axis=1) == 0
        result[at] = _sure(s, y, SURE[other]) if size else _best(s, y, clean, RAREST[other])
    return result


def _sure(score: Any, wanted: Any, chance: float) -> float:
    """The score at which the label holds with this chance."""
    curve = LogisticRegression(C=1e4).fit(score[:, None], wanted)
    return float((np.log(chance / (1 - chance)) - curve.intercept_[0]) / curve.coef_[0, 0])


def _best(score: Any, wanted: Any, clean: Any, most: float) -> float:
    best, bar = -1.0, 0.0
    for one in np.arange(-9, 7, 0.05):
        fired, others = score > one, clean & ~wanted
        if others.any() and fired[others].mean() > most:
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
    return _best(z, wanted, wanted, 1.0)
