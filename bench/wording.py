"""How well bluntness is told: `python bench/wording.py`.

English: the fifth of TyDiP's training rows that `training/wording.py` never looks at, chosen by a hash of the
text; most against least polite quartile (quartiles of the other four fifths). In the same run, on the same
rows: 21 published politeness strategies and a bag of words, each with logistic regression.

Norwegian has no rated requests. What can be measured: whether letters whose writers were marked as pressing
(pressure, entitlement_press) come out blunter than letters marked with an easy way out, in each language.
"""

from __future__ import annotations

import json
import re
import sys
import time
from math import sqrt
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from askwell.text.wording import bluntness

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from training.wording import Row, rows  # noqa: E402  the split is the trainer's

from bench.intervals import wilson  # noqa: E402

S = r"(?:^|[.!?]\s+)"
STRATEGIES = {
    "gratitude": r"thank|thanks|appreciat",
    "deference": r"(?:nice|great|good|interesting|cool|excellent|awesome) (?:work|job|point|article)",
    "greeting": S + r"(?:hi|hello|hey)\b",
    "positive words": r"\b(?:good|great|nice|love|happy|glad|best|kind|hope|interesting|help)\b",
    "negative words": r"\b(?:bad|wrong|stupid|hate|problem|fail|vandal\w*|nonsense|ridiculous|lie|poor)\b",
    "apology": r"sorry|apolog|excuse me|forgive",
    "please": r"\w,? please",
    "please first": S + r"please",
    "indirect": r"by the way|btw",
    "direct question": S + r"(?:what|why|who|how)\b",
    "direct start": S + r"(?:so|then|and|but|or)\b",
    "counterfactual modal": r"\b(?:could|would) you",
    "indicative modal": r"\b(?:can|will) you",
    "first person start": S + r"i\b",
    "first person plural": r"\b(?:we|our|us)\b",
    "first person": r"\b(?:i|my|mine|me)\b",
    "second person": r"\b(?:you|your|yours)\b",
    "second person start": S + r"(?:you|your)\b",
    "hedges": r"\b(?:perhaps|maybe|possibly|think|suggest|seem\w*|appear\w*|guess|might|probably)\b",
    "factuality": r"\b(?:really|actually|honestly|surely|in fact|the point|the reality)\b",
    "hedge start": S + r"(?:i (?:think|believe|guess|suppose)|perhaps|maybe)\b",
}


def interval(auc: float, positives: int, negatives: int) -> str:
    """An AUC with its 95 % interval (Hanley & McNeil 1982)."""
    q1, q2 = auc / (2 - auc), 2 * auc * auc / (1 + auc)
    variance = auc * (1 - auc) + (positives - 1) * (q1 - auc**2) + (negatives - 1) * (q2 - auc**2)
    half = 1.96 * sqrt(variance / (positives * negatives))
    return f"{auc:.3f} [{auc - half:.3f}, {min(1.0, auc + half):.3f}]"


def ends(part: list[Row], low: float, high: float) -> tuple[list[str], list[int]]:
    """The requests of the most and the least polite quartile; 1 is the least polite."""
    kept = [(text, int(score <= low)) for text, score in part if score <= low or score >= high]
    return [text for text, _ in kept], [label for _, label in kept]


def english() -> None:
    kept, held = rows()
    low, high = np.quantile([score for _, score in kept], [0.25, 0.75])
    train, train_y = ends(kept, low, high)
    test, y = ends(held, low, high)
    counts = sum(y), len(y) - sum(y)
    print(f"TyDiP English, held-out fifth: {len(held)} requests, {counts[0]} blunt and {counts[1]} courteous")
    for lang, name in (
        ("en", "Askwell, strategies and words"),
        ("nb", "Askwell's strategies alone, as for Norwegian"),
    ):
        start = time.perf_counter()
        value = [bluntness(text, lang).value for text in test] if lang == "en" else _strategies_only(test)
        took = (time.perf_counter() - start) / len(test)
        print(f"  {name:46} AUC {interval(roc_auc_score(y, value), *counts)}  {took * 1e6:.0f} µs each")
    patterns = [re.compile(p, re.IGNORECASE) for p in STRATEGIES.values()]
    x, x_test = ([[len(p.findall(t)) for p in patterns] for t in part] for part in (train, test))
    model = LogisticRegression(max_iter=2000).fit(x, train_y)
    auc = roc_auc_score(y, model.decision_function(x_test))
    print(f"  {'peer: 21 published strategies, logistic':46} AUC {interval(auc, *counts)}")
    bag = CountVectorizer(binary=True)
    words = LogisticRegression(max_iter=2000).fit(bag.fit_transform(train), train_y)
    auc = roc_auc_score(y, words.decision_function(bag.transform(test)))
    print(f"  {'peer: bag of words, logistic':46} AUC {interval(auc, *counts)}")
    called = [bluntness(text, "en").rude_quarter for text, _ in held]
    truly = [score <= low for _, score in held]
    both = sum(c and t for c, t in zip(called, truly, strict=True))
    print(
        f"  called the rudest quarter: {wilson(both, sum(called))} are; "
        f"{wilson(both, sum(truly))} of them found"
    )


def _strategies_only(texts: list[str]) -> list[float]:
    """The Norwegian weights on English text: what the strategies know without words."""
    from askwell.text import wording

    weights = wording._weights("no").strategies
    return [sum(weights.get(k, 0) * v for k, v in wording.features(t, "en")[0].items()) for t in texts]


def norwegian() -> None:
    print("Letters marked as pressing against letters with an easy way out, by the blunter of the two:")
    for lang in ("en", "nb", "nn"):
        value, label = [], []
        for path in sorted((ROOT / "training/data").glob(f"{lang}*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                asks = [act["text"] for act in row["acts"] if act["act"] in ("ask", "nudge")]
                presses = {p["id"] for p in row["patterns"]} & {"pressure", "entitlement_press"}
                if asks and bool(presses) != ("easy_out" in row["positive"]):
                    value.append(bluntness(row["text"], lang).value)
                    label.append(int(bool(presses)))
        counts = sum(label), len(label) - sum(label)
        print(
            f"  {lang} AUC {interval(roc_auc_score(label, value), *counts)}  "
            f"({counts[0]} and {counts[1]} letters)"
        )


if __name__ == "__main__":
    english()
    norwegian()
