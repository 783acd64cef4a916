"""Fits the reader's model to labelled letters, with a fixed seed: the same data give the same bytes.

Features, and parts of the layers between, are left out by chance at each step, or the few letters there are
would be learned by heart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from askwell.text.reading import ACTS, POSITIVES
from training.net import Masks, backward, forward, fresh, masks, sigmoid
from training.rows import NA, NB, NP, NQ, NS, Row, bags_of, kept

RATE, DECAY = 0.002, 0.01
TOGETHER = 32


class Adam:
    """Adam; over a table of which each step touches a few rows, or with weights that decay."""

    def __init__(self, table: Any, rate: float, decay: float = 0.0) -> None:
        self.table, self.rate, self.decay = table, rate, decay
        self.mean, self.square, self.step = np.zeros_like(table), np.zeros_like(table), 0

    def update(self, rows: Any, slope: Any, share: float) -> None:
        self.step += 1
        mean = self.mean[rows] = 0.9 * self.mean[rows] + 0.1 * slope
        square = self.square[rows] = 0.999 * self.square[rows] + 0.001 * slope * slope
        rate = self.rate * share * np.sqrt(1 - 0.999**self.step) / (1 - 0.9**self.step)
        if self.decay:
            self.table *= 1 - self.rate * share * self.decay
        self.table[rows] -= (rate * mean / (np.sqrt(square) + 1e-8)).astype(self.table.dtype)


@dataclass
class Targets:
    """Wanted values of sentences and letters, with weights that are 0 where nobody knows."""

    wanted: Any
    weight: Any
    about: Any
    who: Any
    letter: Any
    known: Any


def targets(rows: list[Row], own: Any) -> Targets:
    """What a model should say of these rows."""
    count = len(own)
    wanted, weight = np.zeros((count, NS), np.float32), np.zeros((count, NS), np.float32)
    whole = np.array([one.whole for one in rows], np.float32)[own][:, None]
    known = np.array([one.known for one in rows], np.float32)
    wanted[:, :NA] = np.concatenate([one.act for one in rows])
    weight[:, :NA] = whole
    weight[:, 0] = np.array([one.sample.acts_known for one in rows], np.float32)[own]
    wanted[:, NA : NA + NP] = np.concatenate([one.pattern for one in rows])
    weight[:, NA : NA + NP] = known[own][:, :NP]
    for name, act in (("thanks", "thanks"), ("offer", "offer"), ("loop_closing", "report_back")):
        at = NA + NP + POSITIVES.index(name)
        wanted[:, at] = wanted[:, ACTS.index(act)]
        weight[:, at] = whole[:, 0]
    favour = np.concatenate([one.favour for one in rows])
    wanted[:, -1], weight[:, -1] = np.maximum(favour, 0), favour >= 0
    about, who = (np.concatenate([getattr(one, name) for one in rows]) for name in ("about", "beneficiary"))
    return Targets(wanted, weight, about, who, np.array([one.wanted for one in rows], np.float32), known)


def _softmax_slope(z: Any, labels: Any) -> Any:
    grown = np.exp(z - z.max(axis=1, keepdims=True))
    slope = grown / grown.sum(axis=1, keepdims=True)
    slope[labels < 0] = 0
    there = np.flatnonzero(labels >= 0)
    slope[there, labels[there]] -= 1
    return slope


def fit(rows: list[Row], epochs: int = 20, seed: int = 0, drop: float = 0.8) -> dict[str, Any]:
    """A model fitted to the rows."""
    chance = np.random.default_rng(seed)
    known = kept(rows)
    model = fresh(seed, len(known))
    firsts = np.cumsum([0] + [len(one.sentences) for one in rows])
    sentences = bags_of([ids for one in rows for ids in one.sentences], known)
    table = Adam(model["E"], RATE)
    dense = {name: Adam(model[name], RATE, DECAY) for name in model if name != "E"}
    done, total = 0, epochs * (len(rows) // TOGETHER + 1)
    for _ in range(epochs):
        order = chance.permutation(len(rows))
        for start in range(0, len(order), TOGETHER):
            chosen = order[start : start + TOGETHER]
            places = np.concatenate([np.arange(firsts[k], firsts[k + 1]) for k in chosen])
            thinned = _thin(sentences[places], chance, drop)
            left_out = masks(model, len(places), len(chosen), chance)
            _step(model, [rows[k] for k in chosen], thinned, left_out, table, dense, 1 - done / total)
            done += 1
    return model | {"kept": known}


def _thin(bags: Any, chance: Any, drop: float) -> tuple[Any, Any]:
    """Leave features out by chance; the columns that are left, and the bags over them."""
    bags.data = bags.data * ((chance.random(len(bags.data)) > drop) / np.float32(1 - drop)).astype(np.float32)
    bags.eliminate_zeros()
    columns, places = np.unique(bags.indices, return_inverse=True)
    return columns, csr_matrix((bags.data, places, bags.indptr), shape=(bags.shape[0], len(columns)))


def _step(
    model: Any, rows: list[Row], thinned: Any, left_out: Masks, table: Adam, dense: Any, share: float
) -> None:
    columns, bags = thinned
    seen = forward(
        model, bags @ model["E"][columns], np.array([len(one.sentences) for one in rows]), left_out
    )
    aim, z, n = targets(rows, seen["own"]), seen["z"], np.float32(len(rows))
    slope = (seen["chance"] - aim.wanted) * aim.weight
    at = NA + NP + NQ
    slope[:, at : at + NB] = _softmax_slope(z[:, at : at + NB], aim.about)
    slope[:, at + NB : -1] = _softmax_slope(z[:, at + NB : -1], aim.who)
    letter_slope = (sigmoid(seen["letter"]) - aim.letter) * aim.known
    pooled_slope = 0.5 * (sigmoid(seen["pooled"]) - aim.letter) * aim.known
    pooled_slope[:, :NP] = 0
    found = backward(model, seen, left_out, slope / n, letter_slope / n, pooled_slope / n)
    everything = slice(None)
    for name, one in dense.items():
        one.update(everything, found[name], share)
    table.update(columns, bags.T @ found["bags"], share)


def scores(model: dict[str, Any], rows: list[Row]) -> list[tuple[Any, Any]]:
    """Sentence scores and letter scores of each row."""
    bags = bags_of([ids for one in rows for ids in one.sentences], model["kept"]) @ model["E"]
    found, at = [], 0
    for one in rows:
        count = len(one.sentences)
        seen = forward(model, bags[at : at + count], np.array([count]))
        found.append((seen["z"], seen["letter"][0]))
        at += count
    return found
