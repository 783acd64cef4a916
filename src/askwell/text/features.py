"""What the trained model sees of a letter: words, concepts, turns of phrase, their order, as hashed features.

Concepts and turns of phrase count threefold, for they carry over to words never met; stems of five letters
stand in for unknown forms. Hashes are fixed arithmetic on CRC-32, so weights trained on one machine fit every
other.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
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

ORDER = "Z_ORDER"
"""The mark of a sentence that begins with an imperative."""
_LEAD = frozenset(
    {"please", "pls", "and", "so", "just", "then", "also", "hi", "hei", "saa", "og", "da", "bare", "berre"}
    | {"vennligst"}
)

_NOTHING, _QUESTION = 127, 126
_WORD, _PAIR, _CONCEPT, _NEXT, _LATER, _BOTH, _FORM, _ACROSS, _BEFORE, _AFTER, _AGAIN, _TWICE, _STEM = range(
    1, 14
)
_SALT = [np.uint64(kind * 0x1F123BB5) for kind in range(_STEM + 1)]
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - BITS)
_HASHES: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Seen:
    """One sentence: its words, hashes of what it shows itself and to its neighbours, its marks."""

    words: list[str]
    own: NDArray[np.int64]
    shown: NDArray[np.uint64]
    marks: tuple[int, ...]
    phrases: dict[str, int]
    question: bool


@cache
def codes() -> dict[str, int]:
    """A number below 126 for each concept and turn of phrase, in all languages (written by training)."""
    names = (resources.files("askwell.text") / "lexicons" / "names.txt").read_text("utf-8").split()
    return {name: at for at, name in enumerate(names)}


def see(text: str, lang: str) -> Seen:
    """What stands in one sentence."""
    words = tokens(fold(text))[:LONGEST] or ["."]
    code = codes()
    here = lexicon(lang).of_tokens(words)
    phrases = idioms(lang).find(words)
    tags = [[code[name] for name in names] for names in here]
    marks = {mark for each in tags for mark in each}
    following, later = _orders(words, tags)
    marks.update(code[name] for name in phrases)
    first = 1 if words[0] in _LEAD and len(words) > 1 else 0
    if "IMP" in here[0] or "IMP" in here[first]:
        marks.add(code[ORDER])
    order = sorted(marks)
    hashes = np.array([_hash(word) for word in words], dtype=np.uint64)
    stems = np.array([_hash(word[:5]) for word in words if len(word) > 5], dtype=np.uint64)
    before = np.empty_like(hashes)
    before[0], before[1:] = 7, hashes[:-1]
    marked = np.array(order, dtype=np.uint64)
    left, right = _pairs(len(order))
    own = _mix(
        np.concatenate(
            [
                hashes + _SALT[_WORD],
                hashes * np.uint64(31) + before + _SALT[_PAIR],
                marked + _SALT[_CONCEPT],
                marked + _SALT[_AGAIN],
                marked + _SALT[_TWICE],
                stems + _SALT[_STEM],
                np.array(following, dtype=np.uint64) + _SALT[_NEXT],
                np.array(later, dtype=np.uint64) + _SALT[_LATER],
                marked[left] * np.uint64(128) + marked[right] + _SALT[_BOTH],
            ]
        )
    )
    shown = np.concatenate([hashes, marked + np.uint64(1 << 40)])
    return Seen(words, _once(own), shown, tuple(order), phrases, "?" in words)


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
    parts = [form + _SALT[_FORM]]
    if at:
        parts.append(seen[at - 1].shown + _SALT[_BEFORE])
    if at + 1 < count:
        parts.append(seen[at + 1].shown + _SALT[_AFTER])
    return _once(np.concatenate([here.own, _mix(np.concatenate(parts))]))


def letter_rows(seen: list[Seen]) -> NDArray[np.int64]:
    """The feature rows of the whole letter: all that its sentences show, and turns of phrase side by side."""
    code = codes()
    marks = np.array(
        sorted({code[name] for one in seen for name in one.phrases if name.startswith("X")}), dtype=np.uint64
    )
    left, right = _pairs(len(marks))
    across = _mix(marks[left] * np.uint64(128) + marks[right] + _SALT[_ACROSS])
    return _once(np.concatenate([across, *(one.own for one in seen)]))


def _hash(word: str) -> int:
    found = _HASHES.get(word)
    if found is None:
        found = zlib.crc32(word.encode())
        if len(_HASHES) < 100_000:
            _HASHES[word] = found
    return found


@cache
def _pairs(count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places of all pairs among so many things."""
    left, right = np.triu_indices(count, 1)
    return left, right


def _once(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sorted, each value once."""
    values.sort()
    fresh = np.empty(len(values), dtype=bool)
    fresh[0] = True
    np.not_equal(values[1:], values[:-1], out=fresh[1:])
    return values[fresh]


def _mix(salted: NDArray[np.uint64]) -> NDArray[np.int64]:
    mixed = salted * _GOLDEN
    mixed ^= mixed >> np.uint64(29)
    mixed *= _GOLDEN
    mixed >>= _SHIFT
    return mixed.astype(np.int64)
