"""Makes src/askwell/text/data/language.bin: `python -m training.language` from the project's root.

Learns from half of the lingua sentences and words (those whose SHA-256 is odd; bench/language.py reports on
the other half), from the labelled letters and phrases written for Askwell, from Tatoeba pairs and from word
bags of `language_words.toml`. The same data give the same bytes: no chance but the seeded one.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from askwell.text.language import features

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
TARGET = ROOT / "src" / "askwell" / "text" / "data" / "language.bin"
LANGUAGES = ("en", "nb", "nn", "da", "sv", "de", "other")
TESTED = ("en", "nb", "nn", "da", "sv")
KEPT = 18_000
TATOEBA = 1_500
Sentence = tuple[str, str]


def is_held_out(line: str) -> bool:
    """Whether a line belongs to the half that is only measured on."""
    return int(hashlib.sha256(line.encode()).hexdigest(), 16) % 2 == 0


def lingua(kind: str, *, held_out: bool) -> Iterator[Sentence]:
    """Lines of `sentences`, `word-pairs` or `single-words`, each with its language."""
    for language in TESTED:
        path = DATA / "lingua_testdata" / kind / f"{language}.txt"
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and is_held_out(line) == held_out:
                yield language, line


def letters() -> Iterator[Sentence]:
    for path in sorted((DATA / "corpus").glob("*.jsonl")):
        if path.name != "real_labels.jsonl":
            for row in path.read_text(encoding="utf-8").splitlines():
                letter = json.loads(row)
                for sentence in re.split(r"(?<=[.!?])\s+|\n+", letter["text"]):
                    if sentence.count(" ") > 2:
                        yield letter["lang"], sentence


def tatoeba() -> Iterator[Sentence]:
    lines = (DATA / "tatoeba_eng_nob" / "nob.txt").read_text(encoding="utf-8").splitlines()
    for line in sorted(lines, key=lambda line: hashlib.sha256(line.encode()).digest())[:TATOEBA]:
        english, bokmaal, *_ = line.split("\t")
        yield "en", english
        yield "nb", bokmaal


def word_bags() -> Iterator[Sentence]:
    chance = random.Random(7)
    lists = tomllib.loads((ROOT / "training" / "language_words.toml").read_text(encoding="utf-8"))
    for language, text in lists.items():
        for group in text.strip().split("\n\n") if language != "other" else text.strip().split("\n"):
            words = group.split()
            for _ in range(len(words) * 2):
                yield language, " ".join(chance.choice(words) for _ in range(chance.randint(3, 9)))
            for word in sorted(set(words)):
                yield language, word


def sentences() -> list[Sentence]:
    found = list(lingua("sentences", held_out=False)) * 2
    found += lingua("word-pairs", held_out=False)
    found += lingua("single-words", held_out=False)
    return [*found, *letters(), *tatoeba(), *word_bags()]


def matrix(texts: Iterable[str], columns: dict[str, int]) -> csr_matrix:
    starts, places, counts = [0], [], []
    for text in texts:
        for feature, count in Counter(features(text)[0]).items():
            if feature in columns:
                places.append(columns[feature])
                counts.append(float(count))
        starts.append(len(places))
    return csr_matrix((counts, places, starts), shape=(len(starts) - 1, len(columns)))


def train(rows: list[Sentence]) -> bytes:
    seen: Counter[str] = Counter()
    for _, text in rows:
        seen.update(set(features(text)[0]))
    columns = {feature: i for i, feature in enumerate(sorted(f for f, n in seen.items() if n > 1))}
    table = matrix((text for _, text in rows), columns)
    model = LogisticRegression(C=0.3, max_iter=400, class_weight="balanced")
    model.fit(table, [LANGUAGES.index(language) for language, _ in rows])
    weights = model.coef_ - model.coef_.mean(axis=0)
    often = np.asarray((table > 0).sum(axis=0)).ravel()
    worth = np.abs(weights).max(axis=0) * often**0.25
    kept = np.sort(np.argsort(-worth, kind="stable")[:KEPT])
    return pack([list(columns)[i] for i in kept], weights[:, kept], model.intercept_)


def pack(keys: list[str], weights: np.ndarray, biases: np.ndarray) -> bytes:
    step = float(np.abs(weights).max()) / 127
    whole = np.clip(np.rint(weights / step), -127, 127).astype(np.int16) + 128
    names = "\n".join(keys).encode()
    head = f"{','.join(LANGUAGES)} {step:.6f} {' '.join(f'{bias:.4f}' for bias in biases)}"
    return f"{head}\n{len(names)}\n".encode() + names + whole.astype(np.uint8).tobytes()


def main() -> None:
    data = train(sentences())
    TARGET.write_bytes(data)
    print(f"{TARGET.name}: {len(data):,} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
