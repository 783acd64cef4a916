"""Train `weights/needs.tsv`: `python training/needs.py`, the same bytes every time.

Data, written for Askwell: the sentences of the incoming mail of `training/data`, those that overlap a
marked need against the others, and single sentences (`needs.tsv`). With `--measure` it prints F1 by overlap
of the quoted words: five blocks of neighbours of `incoming.jsonl`, and the `*_more*` files with their
writers left out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from askwell.text.linear import Linear  # noqa: E402
from askwell.text.needs import SURE, bar, confidence, dry, features, may_need  # noqa: E402
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


def sentences() -> list[Case]:
    """The single sentences, with signs and words alike."""
    lines = (DATA / "needs.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t", 2) for line in lines if not line.startswith("#"))
    return [(features(text, lang), label == "yes") for lang, label, text in rows]


def train(rows: list[Row]) -> Linear:
    kept = sentences() + [case for row in rows for case in cases(row)]
    kept += [(features(text, lang), False) for lang, text in ordinary()]
    kept = [case for case in kept if may_need(case[0])]
    return fit([seen for seen, _ in kept], ["yes" if need else "no" for _, need in kept], STRENGTH, rarest=2)


def measure(model: Linear, rows: list[Row], least: float = 0.0) -> tuple[int, int, int]:
    """Needs found, needs missed, sentences called a need that are none; of those of this confidence."""
    hit = missed = false = 0
    for row in rows:
        is_dry = dry(row["text"], row["lang"])
        for seen, need in cases(row):
            chance = model.chances(seen)["yes"] if may_need(seen) else 0.0
            called = chance >= bar(seen, dry=is_dry) and confidence(chance, seen) >= least
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


def read() -> tuple[list[Row], list[Row]]:
    """The incoming mail, and that of other writers."""
    files = (f"{lang}_{file}" for lang in ("en", "nb", "nn") for file in ("more", "more2"))
    return load("incoming"), [row for file in files for row in load(file)]


def measured() -> None:
    """Print how well needs are found in letters that were left out of training."""
    own, more = read()
    total, sure = [0, 0, 0], [0, 0, 0]
    for fold in range(5):
        model = train([row for i, row in enumerate(own) if i * 5 // len(own) != fold] + more)
        left_out = [row for i, row in enumerate(own) if i * 5 // len(own) == fold]
        total = [a + b for a, b in zip(total, measure(model, left_out), strict=True)]
        sure = [a + b for a, b in zip(sure, measure(model, left_out, SURE), strict=True)]
    show("incoming.jsonl, five blocks of neighbours", (total[0], total[1], total[2]))
    show("  of them said in so many words", (sure[0], sure[1], sure[2]))
    show("*_more and *_more2, their writers left out", measure(train(own), more))


def main() -> None:
    if "--measure" in sys.argv:
        measured()
        return
    own, more = read()
    write("needs", train(own + more))


if __name__ == "__main__":
    main()
