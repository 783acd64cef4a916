"""Train the models of `askwell.text.incoming`: `python training/incoming.py`, the same bytes every time.

Data, all written for Askwell: the incoming mail of `training/data/incoming.jsonl`, `incoming_more.jsonl` and
of the `*_more` files, and, for `wants` and `for`, the letters of the other files, where the kind of ask tells
both. (`office.jsonl`, work mail that wants nobody, was tried and changed nothing.)
`phrases.yaml` is not trained on: it is a test.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from askwell.text.incoming import features  # noqa: E402
from askwell.text.linear import Linear  # noqa: E402
from training.linear import Features, fit, ordinary, write  # noqa: E402

DATA = ROOT / "training/data"
STRENGTH = 0.3
CONTACTS = {
    "specific_introduction",
    "open_introduction",
    "contact_detail",
    "forward_cv",
    "endorsement",
    "referral",
}
LETTERS = ("en", "nb", "nn", "en_long", "nb_long", "nn_long", "en_more", "nb_more", "nn_more",
           "en_more2", "nb_more2", "nn_more2")  # fmt: skip
LATER = ("nb_more4", "nn_more4", "en_more5", "en_long2", "nb_long2")
MORE = ("incoming_more", *LETTERS, *LATER)
LEAST = {"wants": 4, "for": 2}
"""Hundredths below which a word, or a pair of words, is not worth its place in the package."""
Row = dict[str, Any]
Case = tuple[Features, str]
TASKS = ("wants", "for", "purpose", "repeat")


def load(name: str) -> list[Row]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def labels(row: Row) -> dict[str, str]:
    """What is known of a mail, by task."""
    told = row.get("incoming")
    if told:
        wants = bool(told["wants_my_contacts"])
        known = {"wants": "yes" if wants else "no"}
        if wants:
            known |= {"for": told["for_whom"], "purpose": told["purpose"]}
            known["repeat"] = "yes" if told["repeat"] else "no"
        return {task: value for task, value in known.items() if value != "none"}
    asks = [act for act in row["acts"] if act["act"] == "ask" and act.get("about") in CONTACTS]
    if not asks:
        return {"wants": "no"}
    known = {"wants": "yes"}
    if {"self": "sender", "third_party": "third_party"}.get(asks[0]["beneficiary"]):
        known["for"] = "sender" if asks[0]["beneficiary"] == "self" else "third_party"
    return known


def models(rows: list[tuple[Features, dict[str, str]]]) -> dict[str, Any]:
    """A model for each task, from the rows that have a label for it."""
    rows = rows + silent()
    found = {}
    for task in TASKS:
        cases = [(row, known[task]) for row, known in rows if task in known]
        found[task] = pruned(
            fit(
                [row for row, _ in cases],
                [label for _, label in cases],
                STRENGTH,
                rarest=4 if task == "wants" else 2,
            ),
            LEAST.get(task, 0),
        )
    return found


def pruned(model: Linear, least: int) -> Linear:
    """The model without the words that hardly count: a third of its size, and the same answers."""
    kept = {
        name: row
        for name, row in model.weights.items()
        if name[:2] not in ("w:", "b:") or max(map(abs, row)) >= least
    }
    return Linear(model.classes, kept)


def silent() -> list[tuple[Features, dict[str, str]]]:
    """Ordinary sentences, one by one and five together as a mail would have them."""
    found = []
    for lang in ("en", "nb", "nn"):
        texts = [text for other, text in ordinary() if other == lang]
        mails = [" ".join(texts[i : i + 5]) for i in range(0, len(texts), 5)]
        found += [(features(text, lang), {"wants": "no"}) for text in texts + mails]
    return found


def seen(rows: list[Row]) -> list[tuple[Features, dict[str, str]]]:
    return [(features(row["text"], row["lang"]), labels(row)) for row in rows]


def main() -> None:
    rows = load("incoming") + [row for name in MORE for row in load(name)]
    for task, model in models(seen(rows)).items():
        write(f"incoming_{task}", model)


if __name__ == "__main__":
    main()
