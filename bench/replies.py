"""How often an answer's outcome is told right: `python bench/replies.py`.

Models are trained anew for each split.

The lexicon of cues was written with `replies.jsonl` and the even rows of the `*_more` files in sight, so
the row that counts is the last: odd rows of the `*_more` files, by other writers, with nothing of theirs
trained on.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from training.linear import Linear, best, fit  # noqa: E402
from training.replies import STRENGTH, Row, labelled, seen  # noqa: E402

from bench.intervals import wilson  # noqa: E402

Pair = tuple[Row, str]


def trained(pairs: list[Pair]) -> Linear:
    return fit([seen(row) for row, _ in pairs], [label for _, label in pairs], STRENGTH, rarest=2)


def measured(model: Linear, pairs: list[Pair]) -> list[tuple[str, str]]:
    return [(label, best(model, seen(row))) for row, label in pairs]


def show(name: str, got: list[tuple[str, str]]) -> None:
    print(f"{name:56} {wilson(sum(a == b for a, b in got), len(got))}")


def main() -> None:
    parts = labelled()
    own, more, derived = parts["replies"], parts["more"], parts["derived"]
    folds: list[tuple[str, str]] = []
    for fold in range(10):
        rest = [pair for i, pair in enumerate(own) if i * 10 // len(own) != fold]
        folds += measured(
            trained(rest + more + derived), [p for i, p in enumerate(own) if i * 10 // len(own) == fold]
        )
    show("replies.jsonl, ten blocks of neighbours", folds)
    languages: list[tuple[str, str]] = []
    for lang in ("en", "nb", "nn"):
        rest = [pair for pair in own + more + derived if pair[0]["lang"] != lang]
        languages += measured(trained(rest), [pair for pair in own if pair[0]["lang"] == lang])
    show("replies.jsonl, each language left out", languages)
    odd = [pair for pair in more if int(pair[0]["id"].split("-")[-1]) % 2]
    other = measured(trained(own + derived), odd)
    show("*_more, odd rows, their writers left out", other)
    for label in sorted({label for label, _ in other}):
        show(f"  of them {label}", [pair for pair in other if pair[0] == label])


if __name__ == "__main__":
    main()
