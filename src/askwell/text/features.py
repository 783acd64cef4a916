"""What a trained model sees of a sentence: words, concepts, and their order, as hashed features.

Hashing is a fixed 32-bit FNV-1a over bytes, so that weights trained on one machine fit every other.
"""

from __future__ import annotations

from askwell.text.fold import fold, tokens
from askwell.text.frames import lexicon

BUCKETS = 1 << 15
_SEEN: dict[str, int] = {}


def bucket(name: str) -> int:
    """The hash bucket of a feature's name."""
    found = _SEEN.get(name)
    if found is None:
        value = 2166136261
        for byte in name.encode():
            value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
        found = (value ^ (value >> 15)) % BUCKETS
        if len(_SEEN) < 400_000:
            _SEEN[name] = found
    return found


def sentence(text: str, lang: str) -> set[str]:
    """The names of the features of one sentence."""
    words = tokens(fold(text[:1200]))[:90]
    concepts = lexicon(lang).of_tokens(words)
    found: set[str] = set()
    previous = "<"
    before: tuple[str, ...] = ("<",)
    earlier: tuple[str, ...] = ()
    for word, here in zip(words, concepts, strict=True):
        found.add("w " + word)
        found.add("b " + previous + " " + word)
        found.update("c " + name for name in here)
        tags = here or (("?" if word == "?" else "."),)
        found.update(f"d {a} {b}" for a in before for b in tags)
        found.update(f"e {a} {b}" for a in earlier for b in here)
        if here:
            earlier, before = before, here
        else:
            earlier, before = before, tags
        previous = word
    if not found:
        found.add("empty")
    return found
