"""Fits the reader's model: hashed features to sentence labels, and from there to labels of the letter.

Plain numpy with a fixed seed; the same data give the same bytes. The model is small on purpose
(askwell.text.model holds its definition): z = bag(W) + b for each sentence; letter = scale * logsumexp(z)
+ bag(L) + two thin layers over what the sentences showed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from askwell.text.features import BUCKETS, rows, see
from askwell.text.reading import ABOUTS, ACTS, BENEFICIARIES, PATTERNS, POSITIVES
from askwell.text.sentences import split
from training.letters import Sample, locate

NA, NP, NQ, NB, NF = len(ACTS), len(PATTERNS), len(POSITIVES), len(ABOUTS), len(BENEFICIARIES)
NS = NA + NP + NQ + NB + NF + 1
NL = NP + NQ
HIDDEN = 32
GAIN = 3.0


@dataclass
class Row:
    """A sample as numbers."""

    sample: Sample
    spans: list[tuple[int, int]]
    sentences: list[Any]
    letter: Any
    act: Any
    pattern: Any
    about: Any
    beneficiary: Any
    favour: Any
    wanted: Any
    known: Any
    whole: bool


def row(sample: Sample) -> Row | None:
    """The numbers of a sample; None for an empty text."""
    spans = split(sample.text)
    if not spans:
        return None
    seen = [see(sample.text[a:b], sample.lang) for a, b in spans]
    count = len(spans)
    act, pattern = np.zeros((count, NA)), np.zeros((count, NP))
    about, who, favour = np.full(count, -1), np.full(count, -1), np.full(count, -1.0)
    for one in sample.acts:
        for k in _where(sample.text, one["text"], spans):
            act[k, ACTS.index(one["act"])] = 1
            if one["act"] == "ask":
                about[k] = ABOUTS.index(one["about"]) if one.get("about") in ABOUTS else -1
                who[k] = (
                    BENEFICIARIES.index(one["beneficiary"]) if one.get("beneficiary") in BENEFICIARIES else -1
                )
                favour[k] = float(bool(one.get("favour")))
    wanted = np.zeros(NL)
    for one in sample.patterns:
        wanted[PATTERNS.index(one["id"])] = 1
        for k in _where(sample.text, one["text"], spans):
            pattern[k, PATTERNS.index(one["id"])] = 1
    for name in sample.positives:
        wanted[NP + POSITIVES.index(name)] = 1
    known = np.ones(NL)
    if sample.known is not None:
        known = np.array([float(name in sample.known) for name in (*PATTERNS, *POSITIVES)])
    letter = rows(seen)
    sentences = np.split(letter.rows, letter.starts[1:])
    return Row(sample, spans, sentences, letter.whole, act, pattern, about, who, favour, wanted, known,
               sample.known is None)  # fmt: skip


def _where(text: str, part: str, spans: list[tuple[int, int]]) -> list[int]:
    place = locate(text, part)
    if place is None:
        return []
    found = []
    for k, (start, end) in enumerate(spans):
        shared = min(end, place[1]) - max(start, place[0])
        if shared > 0.5 * min(end - start, place[1] - place[0]):
            found.append(k)
    return found


def _bags(lists: list[Any]) -> csr_matrix:
    ends = np.cumsum([0] + [len(one) for one in lists])
    scale = np.concatenate([np.full(len(one), GAIN / np.sqrt(len(one))) for one in lists])
    return csr_matrix((scale, np.concatenate(lists), ends), shape=(len(lists), BUCKETS))


class Adam:
    """Adam over a table of which each step touches a few rows."""

    def __init__(self, table: Any, rate: float) -> None:
        self.table, self.rate = table, rate
        self.mean, self.square, self.step = np.zeros_like(table), np.zeros_like(table), 0

    def update(self, rows: Any, slope: Any, share: float) -> None:
        self.step += 1
        mean = self.mean[rows] = 0.9 * self.mean[rows] + 0.1 * slope
        square = self.square[rows] = 0.999 * self.square[rows] + 0.001 * slope * slope
        rate = self.rate * share * np.sqrt(1 - 0.999**self.step) / (1 - 0.9**self.step)
        self.table[rows] -= (rate * mean / (np.sqrt(square) + 1e-8)).astype(self.table.dtype)


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(x, -30, 30)))


def forward(model: dict[str, Any], z: Any, counts: Any, bag: Any) -> dict[str, Any]:
    """From sentence scores to letter scores, with what the way back needs."""
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    top = np.maximum.reduceat(z, starts, axis=0)
    own = np.repeat(np.arange(len(counts)), counts)
    part = z[:, NA : NA + NL]
    grown = np.exp(part - top[own, NA : NA + NL])
    total = np.add.reduceat(grown, starts, axis=0)
    pooled = np.log(total) + top[:, NA : NA + NL]
    chance = _sigmoid(z)
    summed = np.add.reduceat(chance, starts, axis=0)
    size = np.log(counts.astype(float))[:, None]
    h = np.concatenate([_sigmoid(top), np.log1p(summed), size, (counts == 1).astype(float)[:, None]], axis=1)
    pre = h @ model["m1"] + model["c1"]
    act = np.maximum(pre, 0)
    letter = model["scale"] * pooled + bag + model["lb"] + act @ model["m2"]
    return {"own": own, "starts": starts, "top": top, "share": grown / total[own], "pooled": pooled,
            "chance": chance, "summed": summed, "h": h, "pre": pre, "act": act, "letter": letter}  # fmt: skip


def fresh(seed: int) -> dict[str, Any]:
    """A model that knows nothing yet."""
    chance = np.random.default_rng(seed)
    wide = 2 * NS + 2
    return {
        "W": np.zeros((BUCKETS, NS), np.float32),
        "L": np.zeros((BUCKETS, NL), np.float32),
        "b": np.full(NS, -2.0),
        "lb": np.zeros(NL),
        "scale": np.ones(NL),
        "m1": chance.uniform(-1, 1, (wide, HIDDEN)) / np.sqrt(wide),
        "c1": np.zeros(HIDDEN),
        "m2": np.zeros((HIDDEN, NL)),
    }


def _targets(rows: list[Row], own: Any) -> tuple[Any, Any, Any, Any]:
    """Wanted sentence values, their weights (0 where nobody knows), and the same for letters."""
    count = len(own)
    wanted, weight = np.zeros((count, NS)), np.zeros((count, NS))
    whole = np.array([one.whole for one in rows], float)[own][:, None]
    known = np.array([one.known for one in rows])
    wanted[:, :NA] = np.concatenate([one.act for one in rows])
    weight[:, :NA] = whole
    weight[:, 0] = np.array([one.sample.acts_known for one in rows], float)[own]
    wanted[:, NA : NA + NP] = np.concatenate([one.pattern for one in rows])
    weight[:, NA : NA + NP] = known[own][:, :NP]
    for name, act in (("thanks", "thanks"), ("offer", "offer"), ("loop_closing", "report_back")):
        at = NA + NP + POSITIVES.index(name)
        wanted[:, at] = wanted[:, ACTS.index(act)]
        weight[:, at] = whole[:, 0]
    favour = np.concatenate([one.favour for one in rows])
    wanted[:, -1], weight[:, -1] = np.maximum(favour, 0), favour >= 0
    return wanted, weight, np.array([one.wanted for one in rows]), known


def _softmax_slope(z: Any, labels: Any) -> Any:
    grown = np.exp(z - z.max(axis=1, keepdims=True))
    slope = grown / grown.sum(axis=1, keepdims=True)
    slope[labels < 0] = 0
    there = np.flatnonzero(labels >= 0)
    slope[there, labels[there]] -= 1
    return slope


def fit(
    rows: list[Row], epochs: int = 11, seed: int = 0, rate: float = 0.006, drop: float = 0.4
) -> dict[str, Any]:
    """A model fitted to the rows."""
    chance = np.random.default_rng(seed)
    model = fresh(seed)
    firsts = np.cumsum([0] + [len(one.sentences) for one in rows])
    sentences = _bags([ids for one in rows for ids in one.sentences])
    letters = _bags([one.letter for one in rows])
    tables = {"W": Adam(model["W"], rate), "L": Adam(model["L"], rate)}
    dense = {name: Adam(model[name], 0.003) for name in ("b", "lb", "scale", "m1", "c1", "m2")}
    size, done, total = 32, 0, epochs * (len(rows) // 32 + 1)
    for _ in range(epochs):
        order = chance.permutation(len(rows))
        for start in range(0, len(order), size):
            chosen = order[start : start + size]
            share = 1 - done / total
            done += 1
            places = np.concatenate([np.arange(firsts[k], firsts[k + 1]) for k in chosen])
            thinned = _thin(sentences[places], chance, drop), _thin(letters[chosen], chance, drop)
            _step(model, [rows[k] for k in chosen], *thinned, tables, dense, share)
    return model


def _thin(bags: Any, chance: Any, drop: float) -> tuple[Any, Any]:
    """Leave features out by chance; the columns that are left, and the bags over them."""
    bags.data = bags.data * (chance.random(len(bags.data)) > drop) / (1 - drop)
    columns, places = np.unique(bags.indices, return_inverse=True)
    return columns, csr_matrix((bags.data, places, bags.indptr), shape=(bags.shape[0], len(columns)))


def _step(model: Any, rows: Any, thinned: Any, letters: Any, tables: Any, dense: Any, share: float) -> None:
    columns, bags = thinned
    letter_columns, letter_bags = letters
    z = bags @ model["W"][columns] + model["b"]
    counts = np.array([len(one.sentences) for one in rows])
    seen = forward(model, z, counts, letter_bags @ model["L"][letter_columns])
    wanted, weight, letter_wanted, known = _targets(rows, seen["own"])
    n = len(rows)
    slope = (seen["chance"] - wanted) * weight
    at = NA + NP + NQ
    slope[:, at : at + NB] = _softmax_slope(z[:, at : at + NB], np.concatenate([one.about for one in rows]))
    slope[:, at + NB : -1] = _softmax_slope(
        z[:, at + NB : -1], np.concatenate([one.beneficiary for one in rows])
    )
    letter_slope = (_sigmoid(seen["letter"]) - letter_wanted) * known
    hidden = (letter_slope @ model["m2"].T) * (seen["pre"] > 0)
    h = hidden @ model["m1"].T
    pooled = letter_slope * model["scale"]
    pooled[:, NP:] += 0.5 * ((_sigmoid(seen["pooled"]) - letter_wanted) * known)[:, NP:]
    slope[:, NA : NA + NL] += pooled[seen["own"]] * seen["share"]
    lit = _sigmoid(seen["top"])
    first = z >= seen["top"][seen["own"]]
    slope += first * (h[:, :NS] * lit * (1 - lit))[seen["own"]]
    slope += (h[:, NS : 2 * NS] / (1 + seen["summed"]))[seen["own"]] * seen["chance"] * (1 - seen["chance"])
    everything = slice(None)
    dense["m2"].update(everything, seen["act"].T @ letter_slope / n, share)
    dense["m1"].update(everything, seen["h"].T @ hidden / n, share)
    dense["c1"].update(everything, hidden.sum(axis=0) / n, share)
    dense["scale"].update(everything, (letter_slope * seen["pooled"]).sum(axis=0) / n, share)
    dense["lb"].update(everything, letter_slope.sum(axis=0) / n, share)
    dense["b"].update(everything, slope.sum(axis=0) / n, share)
    tables["W"].update(columns, bags.T @ slope / n, share)
    tables["L"].update(letter_columns, letter_bags.T @ letter_slope / n, share)


def scores(model: dict[str, Any], rows: list[Row]) -> list[tuple[Any, Any]]:
    """Sentence scores and letter scores of each row."""
    found = []
    for one in rows:
        z = (
            np.array([model["W"][ids].sum(axis=0) * (GAIN / np.sqrt(len(ids))) for ids in one.sentences])
            + model["b"]
        )
        bag = model["L"][one.letter].sum(axis=0) * (GAIN / np.sqrt(len(one.letter)))
        found.append((z, forward(model, z, np.array([len(z)]), bag[None])["letter"][0]))
    return found
