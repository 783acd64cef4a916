"""Train `weights/needs.tsv`: `python training/needs.py`, the same bytes every time.

Data, written for Askwell: the sentences of the incoming mail of `training/data`, those that overlap a
marked need against the others. With `--measure` it prints F1 by overlap of the quoted words: five blocks
of neighbours of `incoming.jsonl`, and the `*_more` files with their writers left out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from askwell.text.linear import Linear  # noqa: E402
from askwell.text.needs import bar, features, may_need  # noqa: E402
from askwell.text.sentences import split  # noqa: E402
from training.linear import Features, fit, ordinary, write  # noqa: E402

DATA = ROOT / "training/data"
STRENGTH = 0.6
Row = dict[str, Any]
Case = tuple[Features, bool]


def load(name: str) -> list[Row]:
    rows = [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row.get("incoming")]


def cases(row: Row) -> list[Case]:
    """The sentences of a mail, and which of them voice a need."""
    text = row["text"]
    marked = [(at, at + len(n["text"])) for n in row.get("needs") or () if (at := text.find(n["text"])) >= 0]
    found = []
    for start, end in split(text):
        need = any(min(end, b) - max(start, a) > 0.5 * min(end - start, b - a) for a, b in marked)
        found.append((features(text[start:end], row["lang"]), need))
    return found


def train(rows: list[Row]) -> Linear:
    kept = [case for row in rows for case in cases(row)]
    kept += [(features(text, lang), False) for lang, text in ordinary()]
    kept = [case for case in kept if may_need(case[0])]
    return fit([seen for seen, _ in kept], ["yes" if need else "no" for _, need in kept], STRENGTH, rarest=2)


def measure(model: Linear, rows: list[Row]) -> tuple[int, int, int]:
    """Needs found, needs missed, sentences called a need that are none."""
    hit = missed = false = 0
    for row in rows:
        for seen, need in cases(row):
            called = may_need(seen) and model.chances(seen)["yes"] >= bar(seen)
            hit, missed, false = (
                hit + (called and need),
                missed + (need and not called),
                false + (called and not need),
            )
    return hit, missed, false


def show(name: str, counts: tuple[int, int, int]) -> None:
    hit, missed, false = counts
    f1 = 2 * hit / max(1, 2 * hit + missed + false)
    print(f"{name:44} F1 {f1:.3f}, recall {hit}/{hit + missed}, precision {hit}/{hit + false}")


def main() -> None:
    own = load("incoming")
    more = [row for lang in ("en", "nb", "nn") for row in load(f"{lang}_more")]
    if "--measure" in sys.argv:
        total = [0, 0, 0]
        for fold in range(5):
            model = train([row for i, row in enumerate(own) if i * 5 // len(own) != fold] + more)
            part = measure(model, [row for i, row in enumerate(own) if i * 5 // len(own) == fold])
            total = [a + b for a, b in zip(total, part, strict=True)]
        show("incoming.jsonl, five blocks of neighbours", (total[0], total[1], total[2]))
        show("*_more, their writers left out", measure(train(own), more))
        return
    write("needs", train(own + more))


if __name__ == "__main__":
    main()
