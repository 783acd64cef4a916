"""What the trained model sees of a letter: words, concepts, turns of phrase and their order, as hashed features.

Hashes are fixed arithmetic on CRC-32, so weights trained on one machine fit every other.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from askwell.text.fold import fold, tokens
from askwell.text.frames import lexicon
from askwell.text.idioms import idioms

if TYPE_CHECKING:
    from numpy.typing import NDArray

BITS = 16
BUCKETS = 1 << BITS
LONGEST = 70
"""Words of a sentence that are looked at."""

_NOTHING, _QUESTION = 127, 126
_WORD, _PAIR, _CONCEPT, _NEXT, _LATER, _BOTH, _FORM, _ACROSS, _BEFORE, _AFTER = range(1, 11)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - BITS)
_HASHES: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Seen:
    """One sentence: its words, the hashes of what it shows itself, of what it shows to its neighbours, its marks."""

    words: list[str]
    own: NDArray[np.int64]
    shown: NDArray[np.uint64]
    marks: tuple[int, ...]
    phrases: dict[str, int]
    question: bool


@cache
def codes(lang: str) -> dict[str, int]:
    """A number below 126 for each concept and turn of phrase of a language; the same in all three."""
    names: set[str] = set()
    for one in ("en", "nb", "nn"):
        names |= lexicon(one).names() | idioms(one).names()
    return {name: at for at, name in enumerate(sorted(names))} if lang else {}


def see(text: str, lang: str) -> Seen:
    """What stands in one sentence."""
    words = tokens(fold(text))[:LONGEST] or ["."]
    code = codes("all")
    here = lexicon(lang).of_tokens(words)
    phrases = idioms(lang).find(words)
    tags = [[code[name] for name in names] for names in here]
    marks = {mark for each in tags for mark in each}
    following, later = _orders(words, tags)
    marks.update(code[name] for name in phrases)
    order = sorted(marks)
    hashes = np.array([_hash(word) for word in words], dtype=np.uint64)
    before = np.empty_like(hashes)
    before[0], before[1:] = 7, hashes[:-1]
    marked = np.array(order, dtype=np.uint64)
    left, right = np.triu_indices(len(order), 1)
    own = np.concatenate(
        [
            _mix(hashes, _WORD),
            _mix(hashes * np.uint64(31) + before, _PAIR),
            _mix(marked, _CONCEPT),
            _mix(np.array(following, dtype=np.uint64), _NEXT),
            _mix(np.array(later, dtype=np.uint64), _LATER),
            _mix(marked[left] * np.uint64(128) + marked[right], _BOTH),
        ]
    )
    shown = np.concatenate([hashes, marked + np.uint64(1 << 40)])
    return Seen(words, np.unique(own), shown, tuple(order), phrases, "?" in words)


def _orders(words: list[str], tags: list[list[int]]) -> tuple[list[int], list[int]]:
    """Codes of concepts that follow each other, at once or one apart."""
    following: set[int] = set()
    later: set[int] = set()
    earlier: list[int] = []
    before = [_NOTHING]
    for word, here in zip(words, tags, strict=True):
        now = here or [_QUESTION if word == "?" else _NOTHING]
        following.update(a * 128 + b for a in before for b in now)
        later.update(a * 128 + b for a in earlier for b in here)
        earlier, before = before if before != [_NOTHING] else [], now
    return sorted(following), sorted(later)


def sentence_rows(seen: list[Seen], at: int) -> NDArray[np.int64]:
    """The feature rows of one sentence among its neighbours."""
    here = seen[at]
    count = len(seen)
    place = 0 if at == 0 else 1 if at == 1 else 3 if at >= count - 2 else 2
    form = np.array([place, 10 + min(8, len(here.words) // 4), 20 + here.question], dtype=np.uint64)
    parts = [here.own, _mix(form, _FORM)]
    if at:
        parts.append(_mix(seen[at - 1].shown, _BEFORE))
    if at + 1 < count:
        parts.append(_mix(seen[at + 1].shown, _AFTER))
    return np.unique(np.concatenate(parts))


def letter_rows(seen: list[Seen]) -> NDArray[np.int64]:
    """The feature rows of the letter as a whole: all that its sentences show, and turns of phrase side by side."""
    code = codes("all")
    marks = np.array(
        sorted({code[name] for one in seen for name in one.phrases if name.startswith("X")}), dtype=np.uint64
    )
    left, right = np.triu_indices(len(marks), 1)
    across = _mix(marks[left] * np.uint64(128) + marks[right], _ACROSS)
    return np.unique(np.concatenate([across, *(one.own for one in seen)]))


def _hash(word: str) -> int:
    found = _HASHES.get(word)
    if found is None:
        found = zlib.crc32(word.encode())
        if len(_HASHES) < 100_000:
            _HASHES[word] = found
    return found


def _mix(values: NDArray[np.uint64], kind: int) -> NDArray[np.int64]:
    salted = (values + np.uint64(kind * 0x1F123BB5)) * _GOLDEN
    salted ^= salted >> np.uint64(29)
    return ((salted * _GOLDEN) >> _SHIFT).astype(np.int64)
