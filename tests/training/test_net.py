"""The reader's layers: their slopes, and that what is shipped scores as what was fitted."""

import numpy as np
import pytest
from training.fit import fit, scores
from training.letters import bank, letters
from training.rows import NL, NS, kept, row

from askwell.text import model
from askwell.text.features import BUCKETS, rows_of, see
from training import net


def test_slopes_are_those_of_small_steps() -> None:
    chance = np.random.default_rng(1)
    layers = net.fresh(3, 1, width=5, hidden=6)
    del layers["E"]
    layers = {
        name: one.astype(float) + 0.3 * chance.standard_normal(one.shape) for name, one in layers.items()
    }
    counts, sums = np.array([1, 3, 2]), chance.standard_normal((6, 5))
    left_out = net.masks(layers, 6, 3, chance)
    of = {"z": (6, NS), "letter": (3, NL), "pooled": (3, NL)}
    wanted = {name: chance.standard_normal(shape) for name, shape in of.items()}

    def value() -> float:
        seen = net.forward(layers, sums, counts, left_out)
        return float(sum((seen[name] * wanted[name]).sum() for name in of))

    slopes = net.backward(layers, net.forward(layers, sums, counts, left_out), left_out, *wanted.values())
    for name, slope in slopes.items():
        table = sums if name == "bags" else layers[name]
        for _ in range(10):
            at = tuple(int(chance.integers(size)) for size in table.shape)
            here, step = table[at], 1e-4
            table[at] = here + step
            above = value()
            table[at] = here - step
            assert slope[at] == pytest.approx((above - value()) / (2 * step), abs=0.02)
            table[at] = here


def test_what_is_shipped_scores_as_what_was_fitted(monkeypatch: pytest.MonkeyPatch) -> None:
    few = [one for one in map(row, letters(("en_long",))[:40]) if one]
    known, chance = kept(few), np.random.default_rng(2)
    layers = net.fresh(2, len(known))
    fitted = {name: one + 0.2 * chance.standard_normal(one.shape) for name, one in layers.items()}
    places = np.full(BUCKETS, -1)
    places[known] = np.arange(len(known))
    table = np.rint(fitted["E"] * 1e5).astype(np.int32)
    shipped = fitted | {"places": places, "E": table, "E_scale": np.float64(1e-5)}
    monkeypatch.setattr(model, "weights", lambda: shipped)
    seen = [[see(one.sample.text[a:b], one.sample.lang) for a, b in one.spans] for one in few]
    for mine, (z, letter) in zip(
        model.score(rows_of(seen)), scores(fitted | {"kept": known}, few), strict=True
    ):
        assert np.allclose(mine.sentences, z, atol=0.02)
        assert np.allclose(mine.letter, letter, atol=0.02)


def test_the_same_samples_give_the_same_model() -> None:
    few = [one for one in map(row, bank()[:60]) if one]
    first, again = fit(few, epochs=1), fit(few, epochs=1)
    assert all(np.array_equal(first[name], again[name]) for name in first)
