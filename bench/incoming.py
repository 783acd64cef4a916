"""How well mail that wants one's contacts is told: `python bench/incoming.py`.

Models are trained anew for each split.

`incoming.jsonl` in five blocks of neighbours, each left out of training in turn; the `*_more` files'
incoming mail with their writers left out; the `incoming` lists of `phrases.yaml`, which are never trained
on.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from training.incoming import DATA, LATER, LETTERS, load, models, seen  # noqa: E402
from training.linear import best  # noqa: E402

from askwell.text.incoming import bar  # noqa: E402
from bench.intervals import wilson  # noqa: E402

Seen = list[tuple[dict[str, float], dict[str, str]]]


def guesses(trained: dict[str, Any], rows: Seen) -> list[tuple[str, str, str]]:
    """Task, truth and guess of each label."""
    return [(task, truth, guess(trained, task, row)) for row, known in rows for task, truth in known.items()]


def guess(trained: dict[str, Any], task: str, row: dict[str, float]) -> str:
    """As `wants_my_contacts` decides it."""
    if task != "wants":
        return best(trained[task], row)
    return "yes" if trained[task].chances(row)["yes"] >= bar(row) else "no"


def show(title: str, got: list[tuple[str, str, str]]) -> None:
    print(title)
    count = Counter((truth, guess) for task, truth, guess in got if task == "wants")
    hit, missed, false = count["yes", "yes"], count["yes", "no"], count["no", "yes"]
    f1 = 2 * hit / max(1, 2 * hit + missed + false)
    print(f"  wants F1 {f1:.3f}; recall {wilson(hit, hit + missed)}; precision {wilson(hit, hit + false)}")
    for task in ("for", "purpose", "repeat"):
        mine = [truth == guess for name, truth, guess in got if name == task]
        print(f"  {task:8} right {wilson(sum(mine), len(mine))}")


def main() -> None:
    own = seen(load("incoming"))
    more_rows = [row for lang in ("en", "nb", "nn") for row in load(f"{lang}_more")]
    more = seen(more_rows)
    arrived = [pair for pair, row in zip(more, more_rows, strict=True) if row.get("incoming")]
    written = [*(name for name in LETTERS if "more" not in name), *LATER]
    letters = seen([row for name in written for row in load(name)])
    got = []
    for fold in range(5):
        rest = [pair for i, pair in enumerate(own) if i * 5 // len(own) != fold]
        trained = models(rest + more + letters)
        got += guesses(trained, [pair for i, pair in enumerate(own) if i * 5 // len(own) == fold])
    show("incoming.jsonl, five blocks of neighbours", got)
    show("*_more, incoming, their writers left out", guesses(models(own + letters), arrived))
    phrases = yaml.safe_load((DATA / "phrases.yaml").read_text(encoding="utf-8"))
    trained = models(own + letters + more)
    lists = (("incoming", "third_party_ask"), ("negative", "incoming_third_party"))
    for group, name in lists:
        for lang, texts in phrases[group][name].items():
            rows = seen([{"text": text, "lang": lang, "acts": []} for text in texts])
            found = sum(guess(trained, "wants", row) == "yes" for row, _ in rows)
            print(f"phrases {group} {lang}: called {wilson(found, len(texts))}")


if __name__ == "__main__":
    main()
