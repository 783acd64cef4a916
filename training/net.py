"""The layers of the reader's model, forward and backward, in plain numpy (`askwell.text.model` only reads).

A sentence is a small vector, the sum of a learned row for each feature. It is seen with both neighbours and
the mean of its letter; the letter is judged by what its sentences showed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from training.rows import NA, NL, NS

WIDTH, HIDDEN = 80, 96


def sigmoid(x: Any) -> Any:
    """Chances from log-odds."""
    return 1 / (1 + np.exp(-np.clip(x, -30, 30)))


def fresh(seed: int, count: int, width: int = WIDTH, hidden: int = HIDDEN) -> dict[str, Any]:
    """A model of so many features that knows nothing yet."""
    chance = np.random.default_rng(seed)

    def layer(wide: int, high: int) -> Any:
        return (chance.uniform(-1, 1, (wide, high)) / np.sqrt(wide)).astype(np.float32)

    def flat(size: int, value: float = 0.0) -> Any:
        return np.full(size, value, np.float32)

    return {
        "E": (0.02 * chance.standard_normal((count, width))).astype(np.float32),
        "eb": flat(width),
        "context": layer(4 * width + 2, hidden),
        "cb": flat(hidden),
        "out": layer(hidden + width, NS),
        "ob": flat(NS, -2.0),
        "first": layer(2 * hidden + 2 * NS + 2, hidden),
        "fb": flat(hidden),
        "last": layer(hidden, NL),
        "lb": flat(NL, -1.0),
        "scale": flat(NL, 1.0),
    }


@dataclass
class Masks:
    """What is left out by chance before each layer, and how much the rest counts for it."""

    context: Any
    out: Any
    first: Any
    last: Any


def masks(model: dict[str, Any], sentences: int, letters: int, chance: Any, drop: float = 0.2) -> Masks:
    """Masks for one step."""
    width, hidden = len(model["eb"]), len(model["cb"])

    def some(count: int, wide: int) -> Any:
        return (chance.random((count, wide), dtype=np.float32) > drop) * np.float32(1 / (1 - drop))

    return Masks(
        some(sentences, 4 * width),
        some(sentences, hidden + width),
        some(letters, 2 * hidden),
        some(letters, hidden),
    )


def forward(model: dict[str, Any], bags: Any, counts: Any, masks: Masks | None = None) -> dict[str, Any]:
    """From sums of rows to scores of sentences and letters, with what the way back needs."""
    ends = np.cumsum(counts)
    starts = ends - counts
    own = np.repeat(np.arange(len(counts)), counts)
    first, last = np.zeros(len(own), bool), np.zeros(len(own), bool)
    first[starts] = last[ends - 1] = True
    per = counts.astype(np.float32)[:, None]
    pre = bags + model["eb"]
    u = np.maximum(pre, 0)
    before, after = np.roll(u, 1, 0) * ~first[:, None], np.roll(u, -1, 0) * ~last[:, None]
    around = np.concatenate([u, before, after, (np.add.reduceat(u, starts, axis=0) / per)[own]], axis=1)
    if masks:
        around *= masks.context
    around = np.concatenate([around, first[:, None], last[:, None]], axis=1, dtype=np.float32)
    h_pre = around @ model["context"] + model["cb"]
    h = np.maximum(h_pre, 0)
    both = np.concatenate([h, u], axis=1)
    if masks:
        both *= masks.out
    z = both @ model["out"] + model["ob"]
    top = np.maximum.reduceat(z, starts, axis=0)
    part, high = z[:, NA : NA + NL], top[:, NA : NA + NL]
    grown = np.exp(part - high[own])
    total = np.add.reduceat(grown, starts, axis=0)
    pooled = np.log(total) + high
    chance = sigmoid(z)
    summed = np.add.reduceat(chance, starts, axis=0)
    most = np.maximum.reduceat(h, starts, axis=0)
    shown = np.concatenate([np.add.reduceat(h, starts, axis=0) / per, most], axis=1)
    if masks:
        shown *= masks.first
    seen = np.concatenate([shown, sigmoid(top), np.log1p(summed), np.log(per), per == 1], axis=1)
    l_pre = seen @ model["first"] + model["fb"]
    act = np.maximum(l_pre, 0)
    if masks:
        act *= masks.last
    letter = model["scale"] * pooled + model["lb"] + act @ model["last"]
    return {"own": own, "starts": starts, "first": first, "last": last, "per": per, "pre": pre,
            "around": around, "h_pre": h_pre, "h": h, "both": both, "z": z, "top": top,
            "share": grown / total[own], "pooled": pooled, "chance": chance, "summed": summed, "most": most,
            "seen": seen, "l_pre": l_pre, "act": act, "letter": letter}  # fmt: skip


def backward(
    model: dict[str, Any], seen: dict[str, Any], masks: Masks, slope: Any, letter_slope: Any, pooled: Any
) -> dict[str, Any]:
    """Slopes of all layers from those of sentence scores, letter scores and pooled scores."""
    width, hidden = len(model["eb"]), len(model["cb"])
    own, per = seen["own"], seen["per"]
    found = {"scale": (letter_slope * seen["pooled"]).sum(axis=0), "lb": letter_slope.sum(axis=0),
             "last": seen["act"].T @ letter_slope}  # fmt: skip
    act = (letter_slope @ model["last"].T) * masks.last * (seen["l_pre"] > 0)
    found["first"], found["fb"] = seen["seen"].T @ act, act.sum(axis=0)
    back = act @ model["first"].T
    shown, lit, summed = np.split(back, [2 * hidden, 2 * hidden + NS], axis=1)
    summed = summed[:, :NS]
    slope = slope.copy()
    pooled = letter_slope * model["scale"] + pooled
    slope[:, NA : NA + NL] += pooled[own] * seen["share"]
    top = sigmoid(seen["top"])
    slope += (seen["z"] >= seen["top"][own]) * (lit * top * (1 - top))[own]
    slope += (summed / (1 + seen["summed"]))[own] * seen["chance"] * (1 - seen["chance"])
    found["out"], found["ob"] = seen["both"].T @ slope, slope.sum(axis=0)
    both = (slope @ model["out"].T) * masks.out
    shown = shown * masks.first
    h = both[:, :hidden] + (shown[:, :hidden] / per)[own]
    h += ((seen["h"] >= seen["most"][own]) & (seen["h"] > 0)) * shown[:, hidden:][own]
    h *= seen["h_pre"] > 0
    found["context"], found["cb"] = seen["around"].T @ h, h.sum(axis=0)
    around = (h @ model["context"].T)[:, : 4 * width] * masks.context
    u, before, after, mean = np.split(around, 4, axis=1)
    u = u + both[:, hidden:]
    u += np.roll(before * ~seen["first"][:, None], -1, 0) + np.roll(after * ~seen["last"][:, None], 1, 0)
    u += (np.add.reduceat(mean, seen["starts"], axis=0) / per)[own]
    u *= seen["pre"] > 0
    found["eb"], found["bags"] = u.sum(axis=0), u
    return found
