"""Makes src/askwell/text/data/language.bin: `python -m training.language` from the project's root.

Learns from half of the lingua sentences and words (those whose SHA-256 is odd; bench/language.py reports on
the other half), lingua's letter strings (language_ngrams.py), the letters written for Askwell, Tatoeba pairs
and word bags of `language_words.toml`. All lie in training/data and may be used (NOTICE). The same data give
the same bytes: no chance but the seeded one.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from askwell.text.language import features, words_of

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "training" / "data"
TARGET = ROOT / "src" / "askwell" / "text" / "data" / "language.bin"
LANGUAGES = ("en", "nb", "nn", "da", "sv", "de", "other")
TESTED = ("en", "nb", "nn", "da", "sv")
KEPT = 44_000
LETTERS = 6_000
SAID = 0.05  # so large are lingua's columns that regularisation hardly touches them
ONLY = tomllib.loads((ROOT / "training" / "language_words.toml").read_text(encoding="utf-8"))["only"]
ONLY_NN, ONLY_NB = frozenset(ONLY["nn"].split()), frozenset(ONLY["nb"].split())
Sentence = tuple[str, str]


def is_held_out(line: str) -> bool:
    """Whether a line belongs to the half that is only measured on."""
    return int(hashlib.sha256(line.encode()).hexdigest(), 16) % 2 == 0


def lingua(kind: str, *, held_out: bool) -> Iterator[Sentence]:
    """Lines of `sentences`, `word-pairs` or `single-words`, each with its language."""
    for language in TESTED:
        path = DATA / "language" / kind / f"{language}.txt"
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and is_held_out(line) == held_out:
                yield language, line


def letters() -> Iterator[Sentence]:
    for path in sorted(DATA.glob("*.jsonl")):
        if "lang" in path.read_text(encoding="utf-8")[:400]:
            for row in path.read_text(encoding="utf-8").splitlines():
                letter = json.loads(row)
                for sentence in re.split(r"(?<=[.!?])\s+|\n+", letter["text"]):
                    if sentence.count(" ") > 2:
                        yield letter["lang"], sentence


def tatoeba() -> Iterator[Sentence]:
    for line in (DATA / "language" / "tatoeba.txt").read_text(encoding="utf-8").splitlines():
        english, bokmaal, *_ = line.split("\t")
        yield "en", english
        yield "nb", bokmaal


def word_bags() -> Iterator[Sentence]:
    chance = random.Random(7)
    lists = tomllib.loads((ROOT / "training" / "language_words.toml").read_text(encoding="utf-8"))
    lists.pop("only")
    for language, text in lists.items():
        for group in text.strip().split("\n\n") if language != "other" else text.strip().split("\n"):
            words = group.split()
            for _ in range(len(words) * 2):
                yield language, " ".join(chance.choice(words) for _ in range(chance.randint(3, 9)))
            for word in sorted(set(words)):
                yield language, word


def is_mixed_up(language: str, text: str) -> bool:
    """Whether a line of the Norwegian files is written in the other Norwegian: about one in twenty is."""
    seen = set(words_of(text))
    told = len(seen & ONLY_NN) - len(seen & ONLY_NB)
    return (language == "nb" and told > 0) or (language == "nn" and told < 0)


def weighed() -> tuple[list[Sentence], np.ndarray]:
    """All sentences with their weights; every language weighs the same in the end."""
    sources = (
        (list(lingua("sentences", held_out=False)), 1.0),
        ([*lingua("word-pairs", held_out=False), *lingua("single-words", held_out=False)], 0.3),
        (sorted(letters(), key=digest)[:LETTERS], 0.15),
        (list(tatoeba()), 0.05),
        (list(word_bags()), 0.3),
    )
    rows = [(row, weight) for source, weight in sources for row in source if not is_mixed_up(*row)]
    totals: Counter[str] = Counter()
    for (language, _), weight in rows:
        totals[language] += weight
    share = len(rows) / len(LANGUAGES)
    return [row for row, _ in rows], np.array([w * share / totals[row[0]] for row, w in rows])


def digest(row: Sentence) -> bytes:
    return hashlib.sha256(row[1].encode()).digest()


def strings() -> dict[str, list[float]]:
    """Lingua's strings of letters: per language the logarithm of their frequency, less the mean."""
    lines = (DATA / "language" / "ngrams.txt").read_text(encoding="utf-8").splitlines()
    return {string: [int(v) / 10 for v in logs] for string, *logs in (line.split(" ") for line in lines)}


def count(text: str) -> Counter[str]:
    return Counter(feature for word in words_of(text) for feature in features(word))


def train() -> bytes:
    rows, weight = weighed()
    known = strings()
    counts = [count(text) for _, text in rows]
    seen: Counter[str] = Counter()
    for counted in counts:
        seen.update(counted.keys())
    columns = {
        feature: i for i, feature in enumerate(sorted(f for f, n in seen.items() if n > 1 and len(f) > 1))
    }
    model = LogisticRegression(C=0.1, max_iter=300)
    table = hstack([sparse(counts, columns), csr_matrix(said(counts, known) * SAID)]).tocsr()
    model.fit(table, [LANGUAGES.index(language) for language, _ in rows], sample_weight=weight)
    return pack(*pruned(model, columns, known, seen), model.intercept_)


def sparse(counts: list[Counter[str]], columns: dict[str, int]) -> csr_matrix:
    starts, places, values = [0], [], []
    for counted in counts:
        for feature, times in counted.items():
            if feature in columns:
                places.append(columns[feature])
                values.append(float(times))
        starts.append(len(places))
    return csr_matrix((values, places, starts), shape=(len(counts), len(columns)))


def said(counts: list[Counter[str]], known: dict[str, list[float]]) -> np.ndarray:
    """What lingua's strings say of each text, per language."""
    table = np.zeros((len(counts), len(LANGUAGES)))
    for i, counted in enumerate(counts):
        for feature, times in counted.items():
            if feature in known:
                table[i] += times * np.array(known[feature])
    return table


def pruned(
    model: LogisticRegression, columns: dict[str, int], known: dict[str, list[float]], seen: Counter[str]
) -> tuple[list[str], np.ndarray]:
    """One weight a feature and language, of the features that matter most."""
    own = dict(zip(columns, model.coef_[:, : len(columns)].T, strict=True))
    mix = model.coef_[:, len(columns) :] * SAID
    weights = {}
    for feature in sorted({*own, *known}):
        weight = mix @ np.array(known[feature]) if feature in known else np.zeros(len(LANGUAGES))
        weights[feature] = weight + own.get(feature, 0.0)
    spread = {
        feature: float(np.ptp(weight)) * (seen[feature] + 0.5) ** 0.5 for feature, weight in weights.items()
    }
    kept = sorted(sorted(weights, key=lambda feature: (-spread[feature], feature))[:KEPT])
    return kept, np.array([weights[feature] - weights[feature].mean() for feature in kept]).T


def pack(keys: list[str], weights: np.ndarray, biases: np.ndarray) -> bytes:
    step = float(np.abs(weights).max()) / 127
    whole = np.clip(np.rint(weights / step), -127, 127).astype(np.int16) + 128
    names = "\n".join(keys).encode()
    head = f"{','.join(LANGUAGES)} {step:.6f} {' '.join(f'{bias:.4f}' for bias in biases)}"
    return f"{head}\n{len(names)}\n".encode() + names + whole.astype(np.uint8).tobytes()


def main() -> None:
    data = train()
    TARGET.write_bytes(data)
    print(f"{TARGET.name}: {len(data):,} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
