"""Fit a logistic model over named features and write it as the text that `askwell.text.linear` reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from askwell.text.linear import Linear

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "src/askwell/text/weights"

Features = dict[str, float]


def ordinary() -> list[tuple[str, str]]:
    """Language and text of sentences that ask for no contact and voice no need, see the head of the file."""
    lines = (ROOT / "training/data/silent.tsv").read_text(encoding="utf-8").strip().split("\n")
    rows = (line.split("\t", 2) for line in lines if not line.startswith("#"))
    return [(lang, text) for lang, _, text in rows]


def fit(
    rows: list[Features], labels: list[str], strength: float, rarest: int = 1, balanced: bool = True
) -> Linear:
    """A model, its classes of one weight if `balanced`; features of fewer than `rarest` rows are left out."""
    often: dict[str, int] = {}
    for row in rows:
        for name in row:
            often[name] = often.get(name, 0) + 1
    names = sorted(name for name, count in often.items() if count >= rarest)
    at = {name: i for i, name in enumerate(names)}
    cells = [(i, at[n], v) for i, row in enumerate(rows) for n, v in sorted(row.items()) if n in at and v]
    where = ([i for i, _, _ in cells], [j for _, j, _ in cells])
    x = csr_matrix(([v for _, _, v in cells], where), shape=(len(rows), len(names)))
    model = LogisticRegression(
        C=strength, max_iter=3000, class_weight="balanced" if balanced else None, solver="lbfgs"
    )
    model.fit(x, np.array(labels))
    classes = tuple(str(name) for name in model.classes_)
    coef, base = model.coef_, model.intercept_
    if len(classes) == 2:
        coef, base = np.vstack([-coef[0] / 2, coef[0] / 2]), np.array([-base[0] / 2, base[0] / 2])
    weights = {"base": tuple(round(100 * float(b)) for b in base)}
    for name, column in zip(names, np.asarray(coef).T, strict=True):
        row = tuple(round(100 * float(w)) for w in column)
        if any(row):
            weights[name] = row
    return Linear(classes, weights)


def write(name: str, model: Linear) -> None:
    lines = ["\t".join(["", *model.classes])]
    lines += ["\t".join([feature, *map(str, row)]) for feature, row in sorted(model.weights.items())]
    path = WEIGHTS / f"{name}.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(model.weights)} features, {path.stat().st_size / 1000:.0f} kB")


def best(model: Linear, row: Features) -> str:
    chances = model.chances(row)
    return max(chances, key=lambda name: chances[name])
