"""How well languages are told apart: `python -m bench.language`.

Lingua sentences, pairs and words that training/language.py never saw (the half whose SHA-256 is even). About
one in twelve lines of its bokmål file is nynorsk, and a few the other way round; the second row of figures
leaves out those that hold more words which only the other Norwegian has. UD Norwegian and the labelled real
mail are measured on only.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

from training.language import Sentence, is_mixed_up, lingua

from askwell.text import language
from bench.intervals import wilson

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def merged(name: str) -> str:
    return "no" if name in ("nb", "nn") else name


def report(title: str, rows: list[Sentence]) -> None:
    if not rows:
        return
    said = [(name, language.guess(text)[0]) for name, text in rows]
    exact = sum(name == guess for name, guess in said)
    whole = sum(merged(name) == merged(guess) for name, guess in said)
    print(f"{title}: exact {wilson(exact, len(rows))}; nb and nn merged {wilson(whole, len(rows))}")
    wrong = Counter(f"{name} as {guess}" for name, guess in said if name != guess)
    if wrong:
        print("   ", ", ".join(f"{count} {what}" for what, count in wrong.most_common(8)))


def treebank(name: str) -> list[Sentence]:
    path = SHARED / "ud_norwegian" / f"no_{name}-ud-test.conllu"
    lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    return [("", line[9:]) for line in lines if line.startswith("# text = ") and line.count(" ") > 6]


def main() -> None:
    start = time.process_time()
    language.guess("Hei")
    print(f"load: {(time.process_time() - start) * 1e3:.0f} ms")
    sentences = list(lingua("sentences", held_out=True))
    for round_ in ("first sight of the words", "words seen before"):
        start = time.process_time()
        for _, text in sentences:
            language.guess(text)
        print(f"speed, {round_}: {len(sentences) / (time.process_time() - start):,.0f} sentences/s")
    report("lingua sentences, as labelled", sentences)
    report(
        "lingua sentences, without mixed-up Norwegian", [row for row in sentences if not is_mixed_up(*row)]
    )
    for kind in ("word-pairs", "single-words"):
        report(f"lingua {kind}", list(lingua(kind, held_out=True)))
    for name, wanted in (("bokmaal", "nb"), ("nynorsk", "nn")):
        rows = [(wanted, text) for _, text in treebank(name)]
        report(f"UD {name}, sentences of six words and more", rows)
    real = SHARED / "corpus" / "real_labels.jsonl"
    if real.exists():
        texts = [json.loads(line) for line in real.read_text(encoding="utf-8").split("\n") if line]
        report(
            "real mail, own words",
            [(row["lang"], row["new_text"]) for row in texts if row["new_text"].strip()],
        )


if __name__ == "__main__":
    main()
