"""Which language a text is written in: English, bokmål, nynorsk; Danish, Swedish and German known too.

A linear model on words and on their strings of two to five letters (training/language.py), read from
`text/data/language.bin` on first use. The weights of a word are packed into one whole number, so that the
scores of all languages are added up in one sum.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from math import exp
from struct import Struct
from typing import Final, cast

from .reading import Language

LOOKED_AT: Final = 4_000
"""Code points from the start of a text that are looked at."""
SHORT: Final = 3
"""Up to so many words say too little against the sender's habit."""

SIZES: Final = (2, 3, 4, 5)
"""How many letters the strings have that words are known by."""

SAMPLE: Final = 60
"""Words, signs around them included, that a longer text is judged by, evenly from its first 400."""

_READ: Final = 400
_WORD: Final = re.compile(r"[^\W\d_]+")
_NEAREST: Final = {"en": "en", "nb": "nb", "nn": "nn", "da": "nb", "sv": "nb", "de": "en", "other": "en"}
_HABIT: Final = 1.5  # log odds that the sender writes as usual
_COMMON: Final = 1.0  # log odds for bokmål, which nine of ten Norwegians write
_LONGEST_WORD: Final = 30


def identify(text: str, *, usual: str | None = None) -> Language:
    """en, nb or nn. Danish and Swedish count as nb, German and all others as `usual` or else en.

    `usual` is the language that the sender mostly writes: it decides on texts of up to three words and on
    close calls, and never against clear words.
    """
    scores, words = _scores(text)
    if usual in ("en", "nb", "nn") and words <= SHORT:
        return cast(Language, usual)
    if usual in scores:
        scores[usual] += _HABIT
    elif usual is None:
        scores["nb"] += _COMMON
    best = max(scores, key=scores.__getitem__)
    if best in ("de", "other") and usual in ("en", "nb", "nn"):
        return cast(Language, usual)
    return cast(Language, _NEAREST[best])


def guess(text: str) -> tuple[str, float]:
    """The likeliest of en, nb, nn, da, sv, de and other, and how sure, 0 to 1. No words: other, 0."""
    scores, words = _scores(text)
    if not words:
        return "other", 0.0
    best = max(scores, key=scores.__getitem__)
    return best, 1.0 / sum(exp(max(score - scores[best], -50.0)) for score in scores.values())


def words_of(text: str) -> list[str]:
    """The words that count: lower case, without addresses of mail and web, and without monsters."""
    return _words(text[:LOOKED_AT].split())


def _words(tokens: list[str]) -> list[str]:
    head = " ".join(tokens)[:LOOKED_AT]
    if "@" in head or "://" in head or "www." in head:
        head = " ".join(
            [token for token in head.split() if not ("@" in token or "://" in token or "www." in token)]
        )
    return [word for word in _WORD.findall(head.lower()) if len(word) <= _LONGEST_WORD]


def _sample(text: str) -> list[str]:
    """What stands between spaces, or every so many of them, so that neither a long letter nor the blanks in
    a masked one cost more."""
    tokens = text.split(None, _READ)[:_READ]
    count = len(tokens)
    return tokens if count <= SAMPLE else [tokens[i * count // SAMPLE] for i in range(SAMPLE)]


def features(word: str) -> list[str]:
    """What the model knows a word by: the word itself between spaces, and its strings of two to five letters,
    the spaces among them."""
    whole = f" {word} "
    found = [whole]
    for size in SIZES:
        if size < len(whole):
            found += [whole[i : i + size] for i in range(len(whole) - size + 1)]
    return found


def _scores(text: str) -> tuple[dict[str, float], int]:
    model = _model()
    words = _words(_sample(text))
    total = sum(map(_word_score, words))
    sums = model.layout.unpack(total.to_bytes(model.layout.size, "little"))
    sure = model.scale / max(1.0, len(words) / 12.0)  # a letter is no surer than a long sentence
    return {
        language: bias + sure * (summed - sums[0])
        for language, summed, bias in zip(model.languages, sums, model.biases, strict=True)
    }, len(words)


@lru_cache(maxsize=1 << 16)
def _word_score(word: str) -> int:
    """The packed weights of a word's features: words come again and again, so they are kept."""
    model = _model()
    known, places = model.known, model.places
    total = 0
    for feature in features(word):
        weights = known.get(feature)
        if weights is None:
            place = places.get(feature)
            if place is None:
                continue
            weights = known[feature] = model.weights(place)
        total += weights
    return total


@dataclass(frozen=True, slots=True)
class _Model:
    languages: tuple[str, ...]
    biases: tuple[float, ...]
    scale: float
    layout: Struct
    places: dict[str, int]
    table: bytes
    known: dict[str, int] = field(default_factory=dict)
    """The packed weights of the features met so far."""

    def weights(self, place: int) -> int:
        """The weights of a feature, packed into one whole number."""
        size = self.layout.size
        return int.from_bytes(self.table[place * size : (place + 1) * size], "little")


@cache
def _model() -> _Model:
    return read_model(files("askwell.text").joinpath("data", "language.bin").read_bytes())


def read_model(data: bytes) -> _Model:
    """The model from its file: a line with the languages, scale and biases; a line with the size of the
    feature list; the features, one a line; and per language one byte a feature, shifted by 128."""
    head, size, rest = data.split(b"\n", 2)
    names, scale, *biases = head.decode().split(" ")
    languages = tuple(names.split(","))
    keys = rest[: int(size)].decode().split("\n")
    narrow = rest[int(size) :]
    width, count = len(languages), len(keys)
    wide = bytearray(count * width * 4)
    for i in range(width):
        wide[i * 4 :: width * 4] = narrow[i * count : (i + 1) * count]
    places = dict(zip(keys, range(count), strict=True))
    return _Model(
        languages, tuple(map(float, biases)), float(scale), Struct(f"<{width}I"), places, bytes(wide)
    )
