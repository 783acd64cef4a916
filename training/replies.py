"""Train `weights/replies.tsv`: `python training/replies.py`, the same bytes every time.

Data, all written for Askwell: `training/data/replies.jsonl`, the replies with an outcome of the `*_more`
files, and the replies of en, nb and nn, whose outcome follows from their marked acts where it does.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from askwell.text.replies import features  # noqa: E402
from training.linear import Features, fit, write  # noqa: E402

DATA = ROOT / "training/data"
STRENGTH = 0.4
Row = dict[str, Any]


def load(name: str) -> list[Row]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def labelled() -> dict[str, list[tuple[Row, str]]]:
    """Replies with their outcome, by the writer who marked them."""
    more = [row for lang in ("en", "nb", "nn") for row in load(f"{lang}_more.jsonl")]
    plain = [row for lang in ("en", "nb", "nn") for row in load(f"{lang}.jsonl")]
    derived = [(row, from_acts(row)) for row in plain if row["kind"] == "reply"]
    return {
        "replies": [(row, row["outcome"]) for row in load("replies.jsonl")],
        "more": [(row, row["outcome"]) for row in more if row.get("outcome")],
        "derived": [(row, found) for row, found in derived if found],
    }


def from_acts(row: Row) -> str | None:
    acts = {act["act"] for act in row["acts"]}
    if "decline" in acts:
        return "partly" if acts & {"grant", "offer"} else "declined"
    if acts & {"grant", "introduction_made"}:
        return "granted"
    return "holding" if "hold" in acts else None


def seen(row: Row) -> Features:
    return features(row["text"], row["lang"], row.get("asked"))


def main() -> None:
    pairs = [pair for part in labelled().values() for pair in part]
    write("replies", fit([seen(row) for row, _ in pairs], [label for _, label in pairs], STRENGTH, rarest=2))


if __name__ == "__main__":
    main()
