"""Needs that a writer voices: "we are looking for", "does anyone know", "vi søker", "har ingen til å …".

Each sentence is weighed on its own, with a dozen kinds of signs (`lexicons/needs.toml`), words, pairs of
words and its place in the mail, by a logistic model (`training/needs.py`). Most sentences show no sign
and cost a search.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from itertools import accumulate

from askwell.text.cues import Cues
from askwell.text.linear import linear, word_features
from askwell.text.reading import Need, Span

_LONGEST = 6_000  # code points read
_MOST = 60  # sentences read; a longer text is no letter
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[?!]")
_BAR = 0.4
_BAR_OUTRIGHT = 0.2
_BAR_DRY = 0.85
_BAR_DRY_OUTRIGHT = 0.6
SURE = 0.8
"""Confidence of what was said in so many words, or as good as; below, it was read between the lines."""
_DRY = 0.04
"""Share of words of programs, deals and markets from which a mail is no letter of one person to another: what
fails or is missing there is mostly a program or a price."""
_SIGNS = ("seek", "know_any", "lack", "struggle", "loss", "news", "dream", "who_can")


def needs(text: str, lang: str, sentences: Sequence[Span]) -> tuple[Need, ...]:
    """The sentences of `text`, given as spans, that voice a need; `confidence` from 0 to 1.

    Pass the writer's own words, with quoted parts and signatures blanked.
    """
    found: list[Need] = []
    looked_at = [span for span in sentences[:_MOST] if span[1] <= _LONGEST]
    is_dry: bool | None = None
    for start, end in _with_signs(text, lang, looked_at):
        low = _lower(text[start:end])
        seen = _signs(low, lang)
        if not may_need(seen):
            continue
        chance = linear("needs").chances(seen, _WORD.findall(low))["yes"]
        if chance < bar(seen, dry=False):
            continue
        is_dry = dry(text[: looked_at[-1][1]], lang) if is_dry is None else is_dry
        if chance >= bar(seen, dry=is_dry):
            found.append(Need((start, end), text[start:end], confidence(chance, seen)))
    return tuple(found)


def confidence(chance: float, seen: Mapping[str, float]) -> float:
    """How sure a find is, 0 to 1: at least SURE where it is said in so many words and is not over."""
    if "c:over" in seen:
        return round(min(chance, SURE - 0.01), 3)
    return round(SURE + (1 - SURE) * chance if "c:outright" in seen else chance, 3)


def dry(text: str, lang: str) -> bool:
    """Whether a mail is about programs, deals or markets, and no letter of one person to another."""
    low = _lower(text)
    words = len(_WORD.findall(low))
    found = _cues("en" if lang == "en" else "no")[2].every(low).get("machine", ())
    return len(found) > 1 and len(found) / words >= _DRY


def _with_signs(text: str, lang: str, sentences: Sequence[Span]) -> Sequence[Span]:
    """The sentences that show a sign of a need, and perhaps others: all are looked through at once."""
    low = _lower("\n".join([text[start:end] for start, end in sentences]))
    ends = list(accumulate(end - start + 1 for start, end in sentences))
    if not ends or len(low) + 1 != ends[-1]:  # a letter that grew when it became small
        return sentences
    places = _cues("en" if lang == "en" else "no")[0].places(low)
    return [sentences[at] for at in sorted({bisect_right(ends, place) for place in places})]


def may_need(seen: Mapping[str, float]) -> bool:
    """If a sentence shows any sign of a need at all."""
    return any("c:" + sign in seen for sign in _SIGNS)


def bar(seen: Mapping[str, float], *, dry: bool) -> float:
    """How sure to be: less for "we are looking for" and "do you know anyone who", which say it outright; more
    in a mail that is `dry`."""
    if "c:outright" in seen and "c:over" not in seen:
        return _BAR_DRY_OUTRIGHT if dry else _BAR_OUTRIGHT
    return _BAR_DRY if dry else _BAR


def features(sentence: str, lang: str) -> dict[str, float]:
    """What the model sees of a sentence: signs, pairs of signs, its end, words and pairs of words."""
    low = _lower(sentence)
    found = _signs(low, lang)
    return found | word_features(_WORD.findall(low)) if found else found


def _signs(low: str, lang: str) -> dict[str, float]:
    """All that the model sees of a sentence but its words; nothing if it shows no sign of a need."""
    signs, others, _ = _cues("en" if lang == "en" else "no")
    first = signs.first(low)
    if not first:
        return {}
    here = [*first, *others.first(low)]
    found = {"c:" + name: 1.0 for name in here}
    found.update((f"p:{a}+{b}", 0.5) for i, a in enumerate(here) for b in here[i + 1 :])
    found["asks"] = float(low.endswith("?"))
    found["long"] = min(2.0, len(_WORD.findall(low)) / 15)
    return found


def _lower(text: str) -> str:
    return text.lower().replace("’", "'")


@lru_cache(maxsize=2)
def _cues(name: str) -> tuple[Cues, Cues, Cues]:
    """The signs of a need, what else the model looks at, and the words of a mail that is dry."""
    file = resources.files("askwell.text") / "lexicons/needs.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    patterns = {cue: _spelled_out(row[name]) for cue, row in table.items()}
    return (
        Cues({cue: pattern for cue, pattern in patterns.items() if cue in _SIGNS}),
        Cues({cue: pattern for cue, pattern in patterns.items() if cue not in _SIGNS}),
        Cues({"machine": patterns["machine"]}),
    )


def _spelled_out(pattern: str) -> str:
    pattern = pattern.replace("{i}", "(?:jeg|eg)").replace("{not}", "(?:ikke|ikkje)")
    return pattern.replace("{{", "{").replace("}}", "}")
