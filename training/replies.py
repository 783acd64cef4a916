"""Train `weights/replies.tsv`: `python training/replies.py`, the same bytes every time.

Data, all written for Askwell: `training/data/replies*.jsonl`, the replies with an outcome of the `*_more`
files, and the replies of other files, whose outcome follows from their marked acts where it does.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from askwell.text.linear import Linear  # noqa: E402
from askwell.text.replies import features  # noqa: E402
from training.linear import Features, fit, write  # noqa: E402

DATA = ROOT / "training/data"
STRENGTH = 0.8
RAREST = 3
LANGUAGES = ("en", "nb", "nn")
WITH_OUTCOME = tuple(f"{lang}_{more}" for more in ("more", "more2", "more3") for lang in LANGUAGES)
WITH_ACTS = (*LANGUAGES, "en_more5", "nb_more4", "nn_more4")
Row = dict[str, Any]


def load(name: str) -> list[Row]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def labelled() -> dict[str, list[tuple[Row, str]]]:
    """Replies with their outcome, by the writer who marked them.

    The three languages of a block of `replies_more3` say the same: they belong on one side of any split.
    """
    parts = {
        name: [(row, row["outcome"]) for row in load(f"{name}.jsonl")]
        for name in ("replies", "replies_more2", "replies_more3")
    }
    more = [row for name in WITH_OUTCOME for row in load(f"{name}.jsonl")]
    plain = [row for name in WITH_ACTS for row in load(f"{name}.jsonl") if row["kind"] == "reply"]
    derived = [(row, from_acts(row)) for row in plain]
    return parts | {
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


def trained(pairs: list[tuple[Row, str]]) -> Linear:
    return fit([seen(row) for row, _ in pairs], [label for _, label in pairs], STRENGTH, rarest=RAREST)


def main() -> None:
    write("replies", trained([pair for part in labelled().values() for pair in part]))


if __name__ == "__main__":
    main()
