"""What an answer says to the ask that it answers: granted, partly, declined, holding, answered or none.

"I'll see what I can do" is holding; "I can't get you the interview, but here is HR's address" is partly;
an answer to a question is answered. None of these is a message in which the asker writes again: thanks,
news of how it went, an ask withdrawn, a second press; nor is an automatic reply.

Some fifty cues in three languages (`lexicons/replies.toml`), where they stand, what kind of ask it was and
how it begins, how long the answer is, and words, their beginnings and pairs of words, weighed by a logistic
model (`training/replies.py`).
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from math import log1p

from askwell.text.blanks import close_up
from askwell.text.cues import Cues
from askwell.text.linear import linear, word_features
from askwell.text.reading import Span

_LONGEST = 2_500  # code points read; an answer says what it has to say at its beginning
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[?!]")
_STOP = re.compile(r"[.!?\n]")
_STEM = 5  # letters at the beginning of a word that its forms share: "hjelpe", "hjelpen", "hjelpsam"
_STEM_WEIGHT = 0.4
_OPENS = 3  # words of the ask that tell its kind: "Could you lend", "Hva sa legen"
_LENGTHS = (2, 4, 7, 12, 20, 35, 60)  # words
_SENTENCES = (1, 2, 3, 4, 6)
_LENGTH_WEIGHT = 0.5
_GREETING = re.compile(
    r"\A\s{0,20}(?:(?:hi|hello|hey|dear|hiya|hei|heisann|heia|kjære|hallo)\b[^.!?\n]{0,40}[.,!\n]\s{0,20})?"
)
_FIRST = (
    r"(?:\A\s{0,20}(?:(?:hi|hello|hey|dear|hiya|hei|heisann|heia|kjære|hallo|god (?:dag|morgen|kveld))\b"
    r"[^.!?\n,]{0,30}[.,!]{0,3}\s{1,20})?(?:[^\W\d]{1,30}(?: [^\W\d]{1,30})?[.,!:]{1,3}\s{1,9})??)"
)
_SHOWS = {
    "granted": ("yes_first", "yes", "done", "introduced", "me_will", "you_get"),
    "partly": ("instead", "no", "but"),
    "declined": ("no_first", "no", "full", "neg_me"),
    "holding": ("hold", "ask_back", "they_decide"),
    "answered": ("advice", "digits"),
}


def outcome(text: str, lang: str, asked: str | None = None) -> tuple[str, Span | None, float]:
    """The outcome that `text`, an answer without quoted parts, gives to an earlier ask, in its own words.

    `asked` is that ask, where it is known; it tells a question from a request. The span is the sentence that
    shows it, if one does, and the last value the confidence from 0 to 1.
    """
    closed = close_up(text)
    low = _lower(closed.text[:_LONGEST])
    if not low.strip():
        return "none", None, 1.0
    words = _WORD.findall(low)
    cues = _cues("en" if lang == "en" else "no")[0].first(low)
    chances = linear("replies").chances(_signs(low, words, cues, lang, asked), words)
    best = max(chances, key=lambda name: chances[name])
    span = None if best == "none" else _shown(low, cues, best)
    return best, closed.span(span) if span else None, round(chances[best], 3)


def features(text: str, lang: str, asked: str | None) -> dict[str, float]:
    """What the model sees of an answer and the ask it answers."""
    low = _lower(text)
    words = _WORD.findall(low)
    cues = _cues("en" if lang == "en" else "no")[0].first(low)
    return _signs(low, words, cues, lang, asked) | word_features(words)


def _signs(
    low: str, words: list[str], cues: dict[str, re.Match[str]], lang: str, asked: str | None
) -> dict[str, float]:
    """All that the model sees but the words."""
    ask = _lower((asked or "")[:400])
    first_end = _first_sentence(low)
    of_asks = _cues("en" if lang == "en" else "no")[1]
    found = {"c:" + name: 1.0 for name in of_asks.first(ask)} if ask else {}
    for name, match in cues.items():
        found["c:" + name] = 1.0
        if match.start() < first_end:
            found["f:" + name] = 1.0
    found.update(dict.fromkeys({"t:" + word[:_STEM] for word in words}, _STEM_WEIGHT))
    asked_words = _WORD.findall(ask)
    opening = ["<", *asked_words[:_OPENS]]
    found.update(dict.fromkeys(("q:" + word for word in opening), _STEM_WEIGHT))
    found.update((f"q:{before} {word}", _STEM_WEIGHT) for before, word in pairwise(opening))
    found.update(_shape(low, words, asked_words, first_end))
    return found


def _shape(low: str, words: list[str], asked: list[str], first_end: int) -> dict[str, float]:
    """Length, questions, and how many of the ask's longer words come back."""
    wanted = {word for word in asked if len(word) > 4}
    sentences = max(1, len(_STOP.findall(low)))
    longer = {f"words>{least}": _LENGTH_WEIGHT for least in _LENGTHS if len(words) > least}
    longer.update((f"sentences>{least}", _LENGTH_WEIGHT) for least in _SENTENCES if sentences > least)
    return longer | {
        "questions": min(1.0, low.count("?") / sentences),
        "ends asking": float(low.rstrip().endswith("?")),
        "starts asking": float("?" in low[:first_end]),
        "length": min(2.0, log1p(len(words)) / 3),
        "short": float(len(words) < 5),
        "no ask known": float(not asked),
        "shared": len(wanted.intersection(words)) / max(1, len(wanted)),
    }


def _first_sentence(low: str) -> int:
    greeting = _GREETING.match(low)
    start = greeting.end() if greeting else 0
    stop = _STOP.search(low, start)
    return stop.end() if stop else len(low)


def _shown(low: str, cues: dict[str, re.Match[str]], result: str) -> Span | None:
    """The sentence in which the weightiest cue of an outcome stands."""
    for name in _SHOWS[result]:
        match = cues.get(name)
        if match:
            at = max(match.end() - 1, match.start())
            start = max((stop.end() for stop in _STOP.finditer(low, 0, max(0, at))), default=0)
            stop = _STOP.search(low, at)
            end = stop.end() if stop else len(low)
            start += len(low[start:end]) - len(low[start:end].lstrip())
            return (start, max(start, start + len(low[start:end].rstrip())))
    return None


def _lower(text: str) -> str:
    """Lower case with every letter in its place, and one kind of apostrophe."""
    low = text.lower().replace("’", "'")
    return low if len(low) == len(text) else "".join(c.lower()[:1] or c for c in text)


@lru_cache(maxsize=2)
def _cues(name: str) -> tuple[Cues, Cues]:
    """The cues of an answer, and those of the ask that it answers."""
    file = resources.files("askwell.text") / "lexicons/replies.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    patterns = {cue: _spelled_out(row[name]) for cue, row in table.items()}
    asked = {cue for cue in patterns if cue.startswith("asked")}
    return (
        Cues({cue: pattern for cue, pattern in patterns.items() if cue not in asked}),
        Cues({cue: pattern for cue, pattern in patterns.items() if cue in asked}),
    )


def _spelled_out(pattern: str) -> str:
    for mark, meant in (("{i}", "(?:jeg|eg)"), ("{not}", "(?:ikke|ikkje)"), ("{first}", _FIRST)):
        pattern = pattern.replace(mark, meant)
    return pattern.replace("{{", "{").replace("}}", "}")
