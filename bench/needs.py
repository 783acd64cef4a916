"""How many needs are found in letters left out of training, and how often what is called a need is one in
real mail: `python -m bench.needs`.

Reads the mail of `enron_friday` and `r_mailing_lists` where they lie beside the project, and compares each
find with `bench/needs_judged.tsv`: finds read by hand, kept as a digest of the message's id and of the
words, with the judgement, and without a word of the mail. `--show` prints finds that are not judged yet.
"""

from __future__ import annotations

import hashlib
import random
import sys
from pathlib import Path
from typing import NamedTuple

from training.needs import measured

from askwell.text.clean import own_words
from askwell.text.language import identify
from askwell.text.needs import SURE, needs
from askwell.text.sentences import split
from bench.intervals import wilson
from bench.mailboxes import SHARED, letters

JUDGED_FROM = 0.75
"""The confidence from which finds are read by hand; the figure is of those that the program shows (SURE)."""
JUDGED = Path(__file__).parent / "needs_judged.tsv"
BOXES = (("enron", "enron_friday/maildir", ("",)), ("r", "r_mailing_lists", ("", "list")))
LOOKED_AT = 12_000
"""Messages of each set that are read at most: a fixed draw from all."""
EACH = 115
"""Finds looked at in each, the first by digest; the same words are looked at once."""


class Find(NamedTuple):
    """A sentence that was called a need, where it stands, and a digest that tells it apart."""

    box: str
    digest: str
    start: int
    end: int
    confidence: float
    text: str


def finds(name: str, folder: str, kinds: tuple[str, ...]) -> tuple[int, list[Find]]:
    """How many mails were read, and all finds in them, in an order of their own."""
    found: dict[str, Find] = {}
    letters = drawn(SHARED / folder, kinds)
    for id, text in letters:
        own = own_words(text)
        for need in needs(own, identify(own), split(own)):
            if need.confidence < JUDGED_FROM:
                continue
            said = " ".join(need.text.split())
            digest = hashlib.sha256(f"{id}\n{said}".encode()).hexdigest()[:16]
            found.setdefault(said, Find(name, digest, *need.span, need.confidence, need.text))
    return len(letters), sorted(found.values(), key=lambda one: one.digest)


def drawn(path: Path, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    """Ids and texts of messages of these kinds."""
    every = [(one.id, one.text) for one in letters(path) if one.bulk in kinds]
    every.sort()
    chance = random.Random(7)
    return chance.sample(every, min(LOOKED_AT, len(every)))


def judged() -> dict[str, str]:
    """The judgement (yes or no) of each digest."""
    lines = JUDGED.read_text("utf-8").splitlines() if JUDGED.exists() else []
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[1]: row[4] for row in rows}


def main() -> None:
    if "--show" not in sys.argv:
        measured()
    known = judged()
    for name, folder, kinds in BOXES:
        if not (SHARED / folder).exists():
            print(f"{name}: not beside the project")
            continue
        read, found = finds(name, folder, kinds)
        some = found[:EACH]
        if "--show" in sys.argv:
            for one in some:
                if one.digest not in known:
                    print(f"{one.box}\t{one.digest}\t{one.start}\t{one.end}\t{one.confidence}\t{one.text!r}")
            continue
        right = [known.get(one.digest) for one in some if one.confidence >= SURE]
        yes, no = right.count("yes"), right.count("no")
        print(f"needs in {name}: {len(right)} finds in {read:,} mails; right {wilson(yes, yes + no)}")
        if None in right:
            print(f"  {right.count(None)} finds are new, and are not judged")


if __name__ == "__main__":
    main()
