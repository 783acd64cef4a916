"""Makes training/data/language/ngrams.txt: `python -m training.language_ngrams WHEEL` from the project root.

WHEEL is lingua_language_detector-1.3.5-py3-none-any.whl (Apache-2.0), whose models hold how often each string
of up to five letters follows its beginning, counted on Leipzig corpora. Kept are the strings that tell most
about the language. Needs the `brotli` package, and only here.
"""

from __future__ import annotations

import json
import sys
import zipfile
from math import log, sqrt
from pathlib import Path

TARGET = Path(__file__).resolve().parent / "data" / "language" / "ngrams.txt"
NAMES = ("unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams")
TOLD = ("en", "nb", "nn", "da", "sv", "de")
OTHERS = ("fr", "es", "nl", "it", "fi", "pl", "pt", "is", "cs")
KEPT = 60_000
LEAST = 1e-6
SHARE = 0.6  # of the other languages' largest frequency, which the group of them all never has


def frequencies(wheel: zipfile.ZipFile, language: str) -> dict[str, float]:
    """How often each string stands among all strings of its length."""
    import brotli  # type: ignore[import-not-found]

    found: dict[str, float] = {}
    for name in NAMES:
        packed = wheel.read(f"lingua/language-models/{language}/{name}.json.br")
        for share, strings in json.loads(brotli.decompress(packed))["ngrams"].items():
            of, total = share.split("/")
            for string in strings.split(" "):
                before = found.get(string[:-1], 0.0) if len(string) > 1 else 1.0
                found[string] = before * int(of) / int(total)
    return found


def main(path: str) -> None:
    with zipfile.ZipFile(path) as wheel:
        tables = {language: frequencies(wheel, language) for language in (*TOLD, *OTHERS)}
    rows = []
    for string in sorted(set().union(*(tables[language] for language in TOLD))):
        if len(string) < 2:
            continue
        shares = [tables[language].get(string, 0.0) for language in TOLD]
        shares.append(SHARE * max(tables[language].get(string, 0.0) for language in OTHERS))
        logs = [log(share + LEAST) for share in shares]
        middle = sum(logs) / len(logs)
        north = logs[1:5]
        worth = (max(north) - min(north) + 0.3 * (max(logs) - min(logs))) * sqrt(max(shares))
        rows.append((worth, string, [round((value - middle) * 10) for value in logs]))
    rows.sort(key=lambda row: (-row[0], row[1]))
    lines = sorted(f"{string} {' '.join(map(str, logs))}" for _, string, logs in rows[:KEPT])
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
