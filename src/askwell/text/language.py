"""Which language a text is written in: English, bokmål, nynorsk; Danish, Swedish, German and others known too.

A linear model on words and on strings of three and four letters (training/language.py), read from
`text/data/language.bin` on first use. All weights of a feature are packed into one whole number, so that the
scores of all languages are added up in one sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import repeat
from math import exp
from struct import Struct
from typing import Final, cast

from .reading import Language

LOOKED_AT: Final = 4_000
"""Code points from the start of a text that are looked at."""
SHORT: Final = 3
"""Up to so many words say too little against the sender's habit."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_NOT_WORDS: Final = re.compile(r"\S*(?:://|@|www\.)\S*")
_NEAREST: Final = {"en": "en", "nb": "nb", "nn": "nn", "da": "nb", "sv": "nb", "de": "en", "other": "en"}
_HABIT: Final = 1.5  # log odds that the sender writes as usual
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


def features(text: str) -> tuple[list[str], int]:
    """What the model counts: " word ", and all strings of three and four letters, spaces among them; and how
    many words there are."""
    head = text[:LOOKED_AT]
    if "@" in head or "://" in head or "www." in head:
        head = _NOT_WORDS.sub(" ", head)
    words = [word for word in _WORD.findall(head.lower()) if len(word) <= _LONGEST_WORD]
    line = f" {' '.join(words)} "
    found = [f" {word} " for word in words]
    found += [line[i : i + 3] for i in range(len(line) - 2)]
    found += [line[i : i + 4] for i in range(len(line) - 3)]
    return found, len(words)


def _scores(text: str) -> tuple[dict[str, float], int]:
    model = _model()
    found, words = features(text)
    total = sum(map(model.weights.get, found, repeat(0)))
    sums = model.layout.unpack(total.to_bytes(model.layout.size, "little"))
    sure = model.scale / max(1.0, words / 12.0)  # a letter is no surer than a long sentence
    return {
        language: bias + sure * (summed - sums[0])
        for language, summed, bias in zip(model.languages, sums, model.biases, strict=True)
    }, words


@dataclass(frozen=True, slots=True)
class _Model:
    languages: tuple[str, ...]
    biases: tuple[float, ...]
    scale: float
    layout: Struct
    weights: dict[str, int]


@cache
def _model() -> _Model:
    return read_model(files("askwell.text").joinpath("data", "language.bin").read_bytes())


def read_model(data: bytes) -> _Model:
    """The model from its file: a line with the languages, scale and biases, a line with the size of the
    feature list, the features one a line, and one byte a feature and language, shifted by 128."""
    head, size, rest = data.split(b"\n", 2)
    names, scale, *biases = head.decode().split(" ")
    languages = tuple(names.split(","))
    keys = rest[: int(size)].decode().split("\n")
    table = rest[int(size) :]
    width, count = len(languages), len(keys)
    wide = bytearray(count * width * 4)
    for i in range(width):
        wide[i * 4 :: width * 4] = table[i * count : (i + 1) * count]
    packed = map(_whole, _slices(bytes(wide), width * 4))
    return _Model(
        languages,
        tuple(map(float, biases)),
        float(scale),
        Struct(f"<{width}I"),
        dict(zip(keys, packed, strict=True)),
    )


def _whole(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _slices(data: bytes, size: int) -> Iterator[bytes]:
    return (data[i : i + size] for i in range(0, len(data), size))
