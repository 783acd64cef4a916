"""How well due dates are found: the asks of the corpus against the words that its writers marked.

Run as `python -m bench.dates`. The grammar is written by hand, not trained; the corpus rows were read
while it was written, so the figure on the `*_more` files, which were not, is the one to trust.
Needs `training/data`.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import defaultdict
from pathlib import Path

from askwell.text.dates import deadline
from bench.intervals import wilson

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "training/data"
ON = dt.date(2026, 8, 26)


def near(text: str, ask: str) -> str:
    """The ask with the sentence around it."""
    at = text.find(ask)
    if at < 0:
        return ask
    end = text.find("\n", at + len(ask))
    return text[at : end if end >= 0 else len(text)][: len(ask) + 160]


def main(verbose: bool) -> None:
    for path in sorted(DATA.glob("*.jsonl")):
        count: dict[str, int] = defaultdict(int)
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for act in row.get("acts", ()):
                if act["act"] != "ask" or "deadline" not in act:
                    continue
                measure(row, act, count, verbose)
        if count["due"]:
            print(
                f"{path.name:20} due dates found {wilson(count['found'], count['due'])}; "
                f"of asks without one, called hard {wilson(count['alarm'], count['free'])}"
            )


def measure(row: dict[str, str], act: dict[str, str], count: dict[str, int], verbose: bool) -> None:
    got = deadline(near(row["text"], act["text"]), row["lang"], ON)
    if not act["deadline"]:
        count["free"] += 1
        alarm = bool(got and got.hard and got.text in act["text"])
        count["alarm"] += alarm
        if alarm and verbose:
            print("ALARM", got, act["text"], sep=" | ")
        return
    count["due"] += 1
    marked = act["deadline"].lower()
    found = bool(got and (got.text.lower() in marked or marked in got.text.lower()))
    count["found"] += found
    if not found and verbose:
        print("MISSED", act["deadline"], got and got.text, act["text"][:120], sep=" | ")


if __name__ == "__main__":
    main("-v" in sys.argv)
