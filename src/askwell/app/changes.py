"""What changed between two texts, word by word, for showing them side by side."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 8000
"""Pairs of alike words, one of each text, beyond which nothing is compared: all is shown as changed. The
time grows with them; a letter of 300 words and another have some 2,000."""
ISLAND = 2
"""Words between two changes that are shown as changed with them."""
_WORDS = re.compile(r"\w+ ?|[^\w\s]+ ?|\s+")


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words: `kept` stands in both texts, `out` in the first alone, `new` in the second alone."""

    kind: str
    text: str


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The runs in order: all that is not `new` gives the first text again, all that is not `out` the
    second."""
    one, other = _WORDS.findall(before), _WORDS.findall(after)
    counts = Counter(other)
    if sum(counts[word] for word in one) > ALIKE:
        return tuple(Change(kind, text) for kind, text in (("out", before), ("new", after)) if text)
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("kept", "".join(one[a:b])))
            continue
        pairs = (("out", "".join(one[a:b])), ("new", "".join(other[c:d])))
        found += [Change(kind, text) for kind, text in pairs if text]
    return tuple(_calm(found))


def _calm(found: list[Change]) -> list[Change]:
    """Without islands of a word or two between changes, which only flicker."""
    calm: list[Change] = []
    for n, one in enumerate(found):
        inside = one.kind == "kept" and 0 < n < len(found) - 1
        if inside and "\n" not in one.text and len(one.text.split()) <= ISLAND:
            calm += [Change("out", one.text), Change("new", one.text)]
        else:
            calm.append(one)
    return _joined(calm)


def _joined(found: list[Change]) -> list[Change]:
    """Neighbouring changes as one run out and one run new."""
    joined: list[Change] = []
    out = new = ""
    for one in (*found, Change("kept", "")):
        if one.kind == "out":
            out += one.text
        elif one.kind == "new":
            new += one.text
        else:
            joined += [Change(kind, text) for kind, text in (("out", out), ("new", new)) if text]
            out = new = ""
            joined += [one] if one.text else []
    return joined
