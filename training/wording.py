"""Train the weights of `askwell.text.wording`: `python training/wording.py` writes the same bytes every time.

Data: `training/data/tydip_en_train.csv`, the English training split of TyDiP (Srinivasan & Choi 2022,
github.com/Genius1237/TyDiP, CC BY 4.0): requests of Wikipedia editors from the Stanford Politeness Corpus
with a normalised score. A fifth of the rows, chosen by a hash of their text, is held out and never looked
at here.

Method: ridge regression on the score of all other rows; the penalty is the best of a few in five-fold
cross-validation. "en" has strategies and words that at least three rows have; "no" has strategies alone.
The row of values to place a score in comes from the same cross-validation, so that it is not flattered by
training.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.linear_model import Ridge
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold, cross_val_predict

from askwell.text.wording import features

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "training/data/tydip_en_train.csv"
OUT = ROOT / "src/askwell/text/weights/wording.json"
PENALTIES = (10.0, 30.0, 60.0, 100.0)
RAREST = 3
SMALLEST = 0.01

Row = tuple[str, float]


def held_out(text: str) -> bool:
    """If a text belongs to the fifth that is only ever measured on."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 5 == 0


def rows() -> tuple[list[Row], list[Row]]:
    """Requests with their politeness in standard deviations: to train on, to measure on."""
    with DATA.open(encoding="utf-8", newline="") as file:
        every = [(row["sentence"], float(row["score"])) for row in csv.DictReader(file)]
    return [r for r in every if not held_out(r[0])], [r for r in every if held_out(r[0])]


def matrix(texts: list[str], names: list[str]) -> np.ndarray:
    at = {name: i for i, name in enumerate(names)}
    out = np.zeros((len(texts), len(names)))
    for i, text in enumerate(texts):
        strategies, words = features(text, "en")
        for name, value in [*strategies.items(), *((f"w:{word}", 1.0) for word in words)]:
            if name in at:
                out[i, at[name]] = value
    return out


def train(kept: list[Row], with_words: bool) -> dict[str, object]:
    texts, blunt = [t for t, _ in kept], -np.array([s for _, s in kept])
    found = [features(text, "en") for text in texts]
    strategies = sorted({name for row, _ in found for name in row})
    often = Counter(word for _, words in found for word in words)
    words = sorted(f"w:{w}" for w, n in often.items() if n >= RAREST) if with_words else []
    names = strategies + words
    x = matrix(texts, names)
    low, high = np.quantile(blunt, [0.25, 0.75])
    ends = (blunt <= low) | (blunt >= high)
    best = (0.0, 0.0, blunt)
    for penalty in PENALTIES:
        guess = cross_val_predict(Ridge(alpha=penalty), x, blunt, cv=KFold(5, shuffle=True, random_state=1))
        best = max(
            best, (roc_auc_score(blunt[ends] >= high, guess[ends]), penalty, guess), key=lambda b: b[0]
        )
    auc, penalty, guess = best
    model = Ridge(alpha=penalty).fit(x, blunt)
    language = "en" if with_words else "no"
    print(f"{language}: cross-validated AUC {auc:.3f}, penalty {penalty}, {len(names)} weights")
    weights = {n: round(float(w), 3) for n, w in zip(names, model.coef_, strict=True)}
    return {
        "base": round(float(model.intercept_), 3),
        "strategies": {n: weights[n] for n in strategies},
        "words": {n[2:]: weights[n] for n in words if abs(weights[n]) >= SMALLEST},
        "quantiles": [round(float(q), 3) for q in np.quantile(guess, np.linspace(0.005, 0.995, 100))],
    }


def main() -> None:
    kept, _ = rows()
    weights = {"en": train(kept, True), "no": train(kept, False)}
    text = json.dumps(weights, ensure_ascii=False, sort_keys=True, indent=0, separators=(",", ":"))
    OUT.write_text(text + "\n", encoding="utf-8")
    print(f"{OUT.name}: {OUT.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
