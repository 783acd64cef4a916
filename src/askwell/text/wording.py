"""How blunt or courteous an ask is put, and which words make it so (MODEL.md 2a and 2f).

What is weighed are politeness strategies: thanks, greeting, apology, "could you", a way out, "why don't
you", an order, and so on, some forty of them (`lexicons/wording.toml`), after Danescu-Niculescu-Mizil et
al., "A computational approach to politeness" (ACL 2013). Their weights are learned on 3,081 English
requests that people rated for politeness (TyDiP, Srinivasan & Choi 2022, CC BY 4.0); for English single
words are weighed too.

There are no rated Norwegian requests. Bokmål and nynorsk are read by the same strategies with Norwegian
devices in place of the English ones ("kunne du", "hadde du hatt høve til", "gjerne" and "sette pris på" for
"could" and "please"; "vennligst" as the order that it is) and with the weights learned on English
strategies alone. What carries over is which strategy is courteous and how far; what does not are single
words, so no Norwegian word has a weight of its own. `bench/wording.py` measures both.

The value is a place in a row: 0.75 means blunter than three quarters of the rated requests.
"""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import log1p

from askwell.text.cues import Cues
from askwell.text.reading import Span

RUDE_QUARTER = 0.75
_LONGEST = 4_000  # code points weighed; an ask is a sentence or two
_MOST = 2  # times that one strategy counts
_START = r"(?:(?<=[.!?]\s)|^)"
_WORD = re.compile(r"[\w']+")
_SHOUT = "shout"  # the one strategy that is in the case of the letters
_SHOWN = 0.1  # a strategy or word that weighs less is not worth showing


@dataclass(frozen=True, slots=True)
class Bluntness:
    """`value` from 0 (courteous) to 1 (blunt): the share of rated requests that were put more courteously.

    `words` are the spans that make it blunt, the weightiest first; `rude_quarter` says if it is among the
    bluntest quarter, the only one that a finding may be raised on.
    """

    value: float
    words: tuple[Span, ...]
    rude_quarter: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model: bluntness in standard deviations of the ratings, and the row to place it in."""

    base: float
    strategies: Mapping[str, float]
    words: Mapping[str, float]
    quantiles: tuple[float, ...]


def bluntness(ask_text: str, lang: str) -> Bluntness:
    """How bluntly the ask in `ask_text` is put, greeting and thanks around it included if they are passed."""
    text = ask_text[:_LONGEST]
    weights = _weights("en" if lang == "en" else "no")
    score = weights.base
    spans: list[tuple[float, Span]] = []
    for name, value, found in _strategies(text, lang):
        weight = weights.strategies.get(name, 0.0)
        score += weight * value
        spans += [(weight, span) for span in found if weight >= _SHOWN]
    if weights.words:
        for word, span in _words(text).items():
            weight = weights.words.get(word, 0.0)
            score += weight
            if weight >= 2 * _SHOWN:
                spans.append((weight, span))
    place = bisect_left(weights.quantiles, score) / len(weights.quantiles)
    return Bluntness(round(place, 3), _weightiest(spans), place >= RUDE_QUARTER)


def _weightiest(spans: list[tuple[float, Span]]) -> tuple[Span, ...]:
    """The spans by falling weight, without those that lie inside another."""
    kept: list[tuple[float, Span]] = []
    for weight, (start, end) in sorted(spans, key=lambda pair: (pair[1][0], -pair[1][1])):
        if kept and end <= kept[-1][1][1]:
            kept[-1] = (max(weight, kept[-1][0]), kept[-1][1])
        else:
            kept.append((weight, (start, end)))
    return tuple(span for _, span in sorted(kept, key=lambda pair: (-pair[0], pair[1])))


def features(text: str, lang: str) -> tuple[dict[str, float], tuple[str, ...]]:
    """What the model is trained on: strategies with their strength, and the different words."""
    text = text[:_LONGEST]
    return {name: value for name, value, _ in _strategies(text, lang)}, tuple(_words(text))


def _strategies(text: str, lang: str) -> Iterator[tuple[str, float, tuple[Span, ...]]]:
    """Each strategy found, how often (at most twice), and where; and the length."""
    low = _lower(text)
    names, cues, shout = _patterns("en" if lang == "en" else "no")
    found = cues.spans(low)
    if shouted := [match.span() for match in shout.finditer(text)]:
        found[_SHOUT] = shouted
    for name in names:
        if name in found:
            yield name, float(min(len(found[name]), _MOST)), tuple(found[name])
    yield "length", log1p(text.count(" ")) / 2, ()


def _lower(text: str) -> str:
    """Lower case with every letter in its place: three times faster than patterns that ignore case."""
    low = text.lower().replace("’", "'")
    return low if len(low) == len(text) else "".join(c.lower()[:1] or c for c in text)


def _words(text: str) -> dict[str, Span]:
    words: dict[str, Span] = {}
    for match in _WORD.finditer(text.replace("’", "'")):
        words.setdefault(match.group().lower(), match.span())
    return words


@lru_cache(maxsize=2)
def _patterns(name: str) -> tuple[tuple[str, ...], Cues, re.Pattern[str]]:
    """The names of the strategies, what shows them, and the one that is in the case of the letters."""
    file = resources.files("askwell.text") / "lexicons/wording.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    found = {key: row[name].format(start=_START) for key, row in table.items()}
    shout = re.compile(found[_SHOUT], re.MULTILINE)
    return tuple(found), Cues({key: f"(?m){one}" for key, one in found.items() if key != _SHOUT}), shout


@lru_cache(maxsize=2)
def _weights(name: str) -> Weights:
    file = resources.files("askwell.text") / "weights/wording.json"
    row = json.loads(file.read_text(encoding="utf-8"))[name]
    return Weights(row["base"], row["strategies"], row["words"], tuple(row["quantiles"]))
