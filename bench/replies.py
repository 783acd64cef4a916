"""How often an answer's outcome is told right: `python bench/replies.py`.

Models are trained anew for each split: each file of answers is left out in turn, so that nothing of its
writer is trained on. The cues were written with `replies.jsonl` and the even rows of the `*_more` files in
sight, and errors on `replies_more2` were read when features were chosen. Of `replies_more3` nobody read an
error; only its figure was seen, so the row that counts is that file's. By its blocks of neighbours (the three
languages of an answer on one side) it shows what more answers by the same writer would give.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from training.linear import best  # noqa: E402
from training.replies import Row, labelled, seen, trained  # noqa: E402

from askwell.text.linear import Linear  # noqa: E402
from bench.intervals import wilson  # noqa: E402

Pair = tuple[Row, str]
UNSEEN = "replies_more3"
BLOCKS = 5


def measured(model: Linear, pairs: list[Pair]) -> list[tuple[str, str]]:
    return [(label, best(model, seen(row))) for row, label in pairs]


def show(name: str, got: list[tuple[str, str]]) -> None:
    print(f"{name:56} {wilson(sum(a == b for a, b in got), len(got))}")


def by_blocks(own: list[Pair], rest: list[Pair]) -> list[tuple[str, str]]:
    """Blocks of neighbours within each language: an answer and its translations are left out together."""
    place: dict[str, int] = {}
    count = {lang: sum(row["lang"] == lang for row, _ in own) for lang in ("en", "nb", "nn")}
    block = []
    for row, _ in own:
        at = place[row["lang"]] = place.get(row["lang"], -1) + 1
        block.append(at * BLOCKS // count[row["lang"]])
    got: list[tuple[str, str]] = []
    for one in range(BLOCKS):
        model = trained(rest + [pair for pair, at in zip(own, block, strict=True) if at != one])
        got += measured(model, [pair for pair, at in zip(own, block, strict=True) if at == one])
    return got


def main() -> None:
    parts = labelled()
    for name in ("replies", "more", "replies_more2", UNSEEN):
        rest = [pair for other, pairs in parts.items() if other != name for pair in pairs]
        got = measured(trained(rest), parts[name])
        show(f"{name}, left out", got)
    for label in sorted({label for label, _ in got}):
        show(f"  of them {label}", [pair for pair in got if pair[0] == label])
    for lang in ("en", "nb", "nn"):
        show(
            f"  of them {lang}",
            [two for two, (row, _) in zip(got, parts[UNSEEN], strict=True) if row["lang"] == lang],
        )
    rest = [pair for other, pairs in parts.items() if other != UNSEEN for pair in pairs]
    show(f"{UNSEEN}, blocks of neighbours", by_blocks(parts[UNSEEN], rest))


if __name__ == "__main__":
    main()
