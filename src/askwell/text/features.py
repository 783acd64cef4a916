"""What the trained model sees of a letter: words, concepts, turns of phrase, their order, as hashed features.

Concepts and turns of phrase count threefold, for they carry over to words never met; stems of five letters
stand in for unknown forms. Hashes are fixed arithmetic on CRC-32, so weights trained on one machine fit every
other.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from askwell.text.fold import fold, tokens
from askwell.text.frames import lexicon
from askwell.text.idioms import idioms

if TYPE_CHECKING:
    from numpy.typing import NDArray

BITS = 20
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
_NONE: tuple[int, ...] = (_NOTHING,)
_ASKED: tuple[int, ...] = (_QUESTION,)
_NO_MARKS = frozenset({_NOTHING, _QUESTION})
_WORD, _PAIR, _CONCEPT, _NEXT, _LATER, _BOTH, _FORM, _BEFORE, _AFTER, _AGAIN, _TWICE, _STEM = range(1, 13)
_SALT = [np.uint64(kind * 0x1F123BB5) for kind in range(_STEM + 1)]
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - BITS)
_SHOWN = np.uint64(1 << 40)
_MOST_WORDS = 50_000
_MOST_TURNS = 20_000


_WORDS: dict[str, dict[str, Word]] = {"en": {}, "nb": {}, "nn": {}}


class Word:
    """What is known of a word by itself, looked up once: its hashes, its concepts (_NONE or _ASKED without
    any), and the phrases and turns of phrase that it may begin."""

    __slots__ = ("begun", "codes", "hash", "phrases", "stem")

    def __init__(self, word: str, lang: str) -> None:
        code = codes()
        self.hash = zlib.crc32(word.encode())
        self.stem = zlib.crc32(word[:5].encode()) if len(word) > 5 else 0
        known = lexicon(lang)
        self.codes = tuple([code[name] for name in known.of_word(word)]) or (_ASKED if word == "?" else _NONE)
        self.phrases = known.phrases.get(word)
        self.begun = idioms(lang).starting(word)


@dataclass(frozen=True, slots=True)
class Seen:
    """One sentence: its words and their hashes, its marks, the order of its concepts, its turns of phrase."""

    words: list[str]
    hashes: list[int]
    stems: list[int]
    marks: list[int]
    following: set[int]
    later: set[int]
    phrases: dict[str, int]


@dataclass(frozen=True, slots=True)
class Letters:
    """The feature rows of all sentences of several letters, one after the other; where each sentence begins,
    and how many sentences each letter has."""

    rows: NDArray[np.int64]
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]


@cache
def codes() -> dict[str, int]:
    """A number below 126 for each concept and turn of phrase, in all languages (written by training)."""
    names = (resources.files("askwell.text") / "lexicons" / "names.txt").read_text("utf-8").split()
    return {name: at for at, name in enumerate(names)}


def see(text: str, lang: str) -> Seen:
    """What stands in one sentence."""
    words = tokens(fold(text))[:LONGEST] or ["."]
    code, known = codes(), _WORDS[lang]
    here = [known.get(word) or _new(word, lang) for word in words]
    tags = [one.codes for one in here]
    for place, name in lexicon(lang).phrases_among(words, [one.phrases for one in here]):
        had = tags[place] if tags[place] not in (_NONE, _ASKED) else ()
        if code[name] not in had:
            tags[place] = (*had, code[name])
    marks = {mark for each in set(tags) for mark in each}
    marks -= _NO_MARKS
    phrases = idioms(lang).among(words, [one.begun for one in here])
    marks.update([code[name] for name in phrases])
    first = 1 if words[0] in _LEAD and len(words) > 1 else 0
    order = code["IMP"]
    if order in tags[0] or order in tags[first]:
        marks.add(code[ORDER])
    following, later = _orders(tags)
    stems = [one.stem for one in here if one.stem]
    return Seen(words, [one.hash for one in here], stems, sorted(marks), following, later, phrases)


def _new(word: str, lang: str) -> Word:
    found = Word(word, lang)
    if len(_WORDS[lang]) < _MOST_WORDS:
        _WORDS[lang][word] = found
    return found


def _orders(tags: list[tuple[int, ...]]) -> tuple[set[int], set[int]]:
    """Codes of concepts that follow each other, at once or one apart."""
    following: set[int] = set()
    later: set[int] = set()
    earlier: tuple[int, ...] = ()
    before = _NONE
    for now in tags:
        if now is not _NONE:
            following.update(_product(before, now))
            if earlier and now is not _ASKED:
                later.update(_product(earlier, now))
            earlier = before if before is not _NONE else ()
        elif before is _NONE:
            following.add(_NOTHING * 129)
            earlier = ()
        else:
            following.update(_product(before, now))
            earlier = before
        before = now
    return following, later


@lru_cache(maxsize=_MOST_TURNS)
def _product(left: tuple[int, ...], right: tuple[int, ...]) -> tuple[int, ...]:
    return tuple([a * 128 + b for a in left for b in right])


def rows(seen: list[Seen]) -> list[NDArray[np.int64]]:
    """The feature rows of each sentence of one letter, among its neighbours."""
    found = rows_of([seen])
    return np.split(found.rows, found.starts[1:])


def rows_of(letters: Sequence[list[Seen]]) -> Letters:
    """The feature rows of several letters, made at once: arrays cost most when they are small."""
    seen = [one for letter in letters for one in letter]
    counts = np.array([len(letter) for letter in letters])
    words, of_word = _flat([one.hashes for one in seen])
    marks, of_mark = _flat([one.marks for one in seen])
    stems, of_stem = _flat([one.stems for one in seen])
    following, of_following = _flat([[*one.following] for one in seen])
    later, of_later = _flat([[*one.later] for one in seen])
    left, right, of_pair = _all_pairs([len(one.marks) for one in seen])
    before = np.empty_like(words)
    before[1:] = words[:-1]
    before[0] = 7
    before[1:][of_word[1:] != of_word[:-1]] = 7
    own = _once(
        [
            (words + _SALT[_WORD], of_word),
            (words * np.uint64(31) + before + _SALT[_PAIR], of_word),
            (marks + _SALT[_CONCEPT], of_mark),
            (marks + _SALT[_AGAIN], of_mark),
            (marks + _SALT[_TWICE], of_mark),
            (stems + _SALT[_STEM], of_stem),
            (following + _SALT[_NEXT], of_following),
            (later + _SALT[_LATER], of_later),
            (marks[left] * np.uint64(128) + marks[right] + _SALT[_BOTH], of_pair),
        ],
    )
    forms = [
        form for letter in letters for at, one in enumerate(letter) for form in _form(one, at, len(letter))
    ]
    parts = [(np.array(forms, dtype=np.uint64) + _SALT[_FORM], np.repeat(np.arange(len(seen)), 3))]
    if len(seen) > len(letters):
        ends = np.cumsum(counts)
        last, first = np.zeros(len(seen), dtype=bool), np.zeros(len(seen), dtype=bool)
        last[ends - 1] = first[ends - counts] = True
        shown, of_shown = np.concatenate([words, marks + _SHOWN]), np.concatenate([of_word, of_mark])
        next_, past = ~last[of_shown], ~first[of_shown]
        parts.append((shown[next_] + _SALT[_BEFORE], of_shown[next_] + 1))
        parts.append((shown[past] + _SALT[_AFTER], of_shown[past] - 1))
    keys = _once(parts, own)
    starts = np.searchsorted(keys, np.arange(len(seen)) << BITS)
    return Letters(keys & (BUCKETS - 1), starts, counts)


def _form(one: Seen, at: int, count: int) -> tuple[int, int, int]:
    """Where in the letter a sentence stands, how long it is, whether it asks a question."""
    place = 0 if at == 0 else 1 if at == 1 else 3 if at >= count - 2 else 2
    return place, 10 + min(8, len(one.words) // 4), 20 + ("?" in one.words)


def _flat(parts: list[list[int]]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Lists one after the other, and of which list each number is."""
    values = np.array([value for part in parts for value in part], dtype=np.uint64)
    return values, np.repeat(np.arange(len(parts)), [len(part) for part in parts])


def _all_pairs(counts: list[int]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The places of all pairs within each of many lists laid one after the other, and the list of each."""
    found = [_pairs(count) for count in counts]
    sizes = [len(left) for left, _ in found]
    offsets = np.repeat(np.cumsum([0, *counts[:-1]]), sizes)
    left = np.concatenate([one for one, _ in found]) + offsets
    right = np.concatenate([one for _, one in found]) + offsets
    return left, right, np.repeat(np.arange(len(counts)), sizes)


@cache
def _pairs(count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places of all pairs among so many things."""
    left, right = np.triu_indices(count, 1)
    return left, right


def _once(
    parts: list[tuple[NDArray[np.uint64], NDArray[np.int64]]], more: NDArray[np.int64] | None = None
) -> NDArray[np.int64]:
    """Hashed values under the numbers of their sentences, sorted, each once; with what `more` has already."""
    keys = _mix(np.concatenate([values for values, _ in parts]))
    keys += np.concatenate([of for _, of in parts]) << BITS
    if more is not None:
        keys = np.concatenate([more, keys])
    keys.sort()
    fresh = np.empty(len(keys), dtype=bool)
    fresh[0] = True
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    return keys[fresh]


def _mix(salted: NDArray[np.uint64]) -> NDArray[np.int64]:
    mixed = salted * _GOLDEN
    mixed ^= mixed >> np.uint64(29)
    mixed *= _GOLDEN
    mixed >>= _SHIFT
    return mixed.astype(np.int64)
