"""Whether a received mail wants one's contacts: whom it wants to reach, for whom, why, and if it is not the
first time.

Read from some fifteen kinds of signs in three languages (`lexicons/incoming.toml`), which of them stand
in one sentence, and words and pairs of words, weighed by three small logistic models
(`training/incoming.py`): wants, for whom, and purpose (MODEL.md 3.9). A double purpose is one that hides
another.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from askwell.text.blanks import Closed, close_up
from askwell.text.cues import Cues
from askwell.text.linear import linear, word_features
from askwell.text.reading import Reading, Span
from askwell.text.sentences import split

_LONGEST = 4_000  # code points read
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[?!]")
_NAME = re.compile(
    r"(?<=[\w,;:] )(?:Mrs?\.? |Ms\.? |Dr\.? |Prof\.? |Professor )?"
    r"[A-ZÆØÅ][a-zæøåéüö][\w'-]{0,30}(?: [A-ZÆØÅ][a-zæøåéüö][\w-]{0,30}){0,2}"
)
_PLACE = re.compile(r"(?<!\w)(?:at|in|from|i|på|hos|hjå|ved) $")
_KEYS = ("reach", "your_person", "you_know", "other_person", "request", "mine", "for_me", "for_them")
_ASKING = (
    "s:reach+request",
    "s:reach+?",
    "s:reach+for_me",
    "s:reach+mine",
    "s:reach+your_person",
    "s:reach+name",
)
_BAR, _BAR_NEAR, _BAR_FAR, _BAR_EVERYDAY = 0.45, 0.6, 0.8, 0.95
_BAR_AGAIN = 0.3
_AGAIN = ("c:again", "s:reach+mine")
"""The signs of the same favour once more, for somebody of the writer's."""
_BAR_OTHER, _BAR_NOWHERE, _BAR_NO_FAVOUR = 0.62, 0.75, 0.88
"""How sure to be where the reader sees another favour than a way to somebody in the sentences that ask; where
no sentence asks for one; and where it sees no favour, so that it is most likely work, or no ask at all."""
_AROUND = 4
"""Sentences before and after the asking one that are weighed; what a long letter says elsewhere does not."""
_WHOLE = 2 * _AROUND + 3
_BESIDE = 120
"""Characters between the asking sentence and a favour for it to be about the same."""
_NEVER = 1.1
_CLEAR = 0.75
_WAYS = (
    *("job", "interview", "referral", "reference", "specific_introduction", "open_introduction"),
    *("forward_cv", "chat", "meeting", "contact_detail", "endorsement", "other"),
)
_BY_OTHERS = ("specific_introduction", "open_introduction", "referral", "forward_cv")
_SHOWS = frozenset({"third_party_ask", "contact_fishing", "hidden_goal"})


@dataclass(frozen=True, slots=True)
class Incoming:
    """`for_whom` is sender, third_party or none; `purpose` is clear, vague, double or none.

    `target` is whom the writer wants to reach, in the mail's words; `span` the sentence that asks;
    `confidence` that of `wants`, from 0 to 1.
    """

    wants: bool
    for_whom: str = "none"
    purpose: str = "none"
    target: str | None = None
    repeat: bool = False
    span: Span | None = None
    confidence: float = 1.0


def wants_my_contacts(text: str, reading: Reading | None, lang: str) -> Incoming:
    """What `text`, a received mail without quoted parts, wants of the reader's contacts.

    Where `reading` found no ask, or none that is a favour, only the surest are called.
    """
    closed = close_up(text)
    head = closed.text[:_LONGEST]
    spans = split(head)
    low = _lower(head)
    span = _asking(head, spans, lang)
    near = _near(spans, span)
    part = head[near[0] : near[1]]
    found, words = _signs(part, _lower(part), lang), _WORD.findall(_lower(part))
    chance = linear("incoming_wants").chances(found, words)["yes"]
    target = _target(head, span, lang)
    again = all(one in found for one in _AGAIN)
    least = 0.0 if again else _least(closed, span, reading, target is not None)
    if chance < max(least, min(bar(found), _enough(found, reading))):
        return Incoming(wants=False, confidence=round(1 - chance, 3))
    if len(part) < len(head):
        found, words = _signs(head, low, lang), _WORD.findall(low)
    return Incoming(
        wants=True,
        for_whom=_likeliest("incoming_for", found, words),
        purpose=_likeliest("incoming_purpose", found, words),
        target=target,
        repeat=_likeliest("incoming_repeat", found, words) == "yes",
        span=closed.span(span) if span else None,
        confidence=round(chance, 3),
    )


def _enough(found: Mapping[str, float], reading: Reading | None) -> float:
    """How sure to be is enough where the reader, too, sees a favour that goes by way of others."""
    if reading is None or "c:help_back" in found:
        return 1.0
    favours = [act for act in reading.acts if act.act == "ask" and act.favour and act.confidence >= _CLEAR]
    third = any(one.id == "third_party_ask" and one.confidence >= _CLEAR for one in reading.patterns)
    if third or any(act.about in _BY_OTHERS for act in favours):
        return _BAR
    talks = any(act.about in ("chat", "meeting", "interview") for act in favours)
    return _BAR_NEAR if talks and "c:other_person" in found else 1.0


def _near(spans: list[Span], asking: Span | None) -> Span:
    """The part of a mail that is weighed: all of a short one, of a long one what stands around the asking."""
    if not spans:
        return (0, 0)
    if len(spans) <= _WHOLE:
        return (0, spans[-1][1])
    at = spans.index(asking) if asking in spans else 0
    return (spans[max(0, at - _AROUND)][0], spans[min(len(spans) - 1, at + _AROUND)][1])


def _least(closed: Closed, asking: Span | None, reading: Reading | None, named: bool) -> float:
    """How sure to be at least, by what the reader found: a favour asked next to the asking sentence, or a
    way of asking for others, says most."""
    if reading is None or not _SHOWS.isdisjoint(one.id for one in reading.patterns):
        return 0.0
    asks = [act for act in reading.acts if act.act in ("ask", "nudge")]
    if not asks:  # "I told Kari that you vouch for me" asks nothing any more
        return _BAR_NO_FAVOUR if named else _NEVER
    if asking is None:
        return _BAR_NOWHERE
    start, end = closed.span(asking)
    asks = [act for act in asks if act.span[0] <= end + _BESIDE and act.span[1] >= start - _BESIDE]
    favours = [act for act in asks if act.favour or act.act == "nudge"]
    if not favours:
        return _BAR_NO_FAVOUR
    ways = (act.act == "nudge" or (act.about in _WAYS and act.confidence >= _CLEAR) for act in favours)
    return 0.0 if any(ways) else _BAR_OTHER


def features(text: str, lang: str) -> dict[str, float]:
    """What the models see: signs, signs that share a sentence, names, words and pairs of words."""
    low = _lower(text)
    return _signs(text, low, lang) | word_features(_WORD.findall(low))


def _signs(text: str, low: str, lang: str) -> dict[str, float]:
    """All that the models see but the words."""
    places = _cues("en" if lang == "en" else "no").every(low)
    found = {"c:" + name: 1.0 for name in places}
    found.update(("n:" + name, min(len(starts), 4) / 4) for name, starts in places.items())
    for start, end in split(text):
        here = [name for name in _KEYS if any(start <= at < end for at in places.get(name, ()))]
        if _NAME.search(text, start, end):
            here.append("name")
        if text[end - 1] == "?":
            here.append("?")
        found.update((f"s:{a}+{b}", 0.7) for i, a in enumerate(here) for b in here[i + 1 :])
    return found


def bar(found: Mapping[str, float]) -> float:
    """How sure to be: least where a sentence asks for a way to somebody, most where nothing points there.

    Minutes, a parcel or a birthday card explain a request, and ask for more still.
    """
    known = "c:you_know" in found or "c:your_person" in found
    if "c:help_back" in found and "c:your_person" not in found:
        return _BAR_EVERYDAY
    if all(one in found for one in _AGAIN):
        return _BAR_AGAIN
    if "c:reach" in found and any(pair in found for pair in _ASKING):
        return _BAR
    return _BAR_NEAR if "c:reach" in found or known else _BAR_FAR


def _likeliest(model: str, found: dict[str, float], words: list[str]) -> str:
    chances = linear(model).chances(found, words)
    return max(chances, key=lambda name: chances[name])


def _asking(text: str, spans: list[Span], lang: str) -> Span | None:
    """The sentence with most signs of asking for a way to somebody."""
    known = _cues("en" if lang == "en" else "no")
    cues = [(name, known.pattern(name)) for name in _KEYS[:5]]
    best: tuple[float, Span] | None = None
    for start, end in spans:
        low = _lower(text[start:end])
        signs = {name for name, pattern in cues if pattern.search(low)}
        score = len(signs) + 2 * ("reach" in signs) + ("request" in signs) + (text[end - 1] == "?") * 0.5
        asks = "reach" in signs or (
            "request" in signs and signs & {"your_person", "other_person", "you_know"}
        )
        if asks and (best is None or score > best[0]):
            best = (score, (start, end))
    return best[1] if best else None


def _target(text: str, span: Span | None, lang: str) -> str | None:
    """Who is to be reached: "your boss" or a name in the asking sentence, else the last one before it."""
    if span is None:
        return None
    pattern = _cues("en" if lang == "en" else "no").pattern("your_person")
    low = _lower(text)
    for start, end in (span, (0, span[0])):
        names = [m.span() for m in _NAME.finditer(text, start, end)]
        people = [one for one in names if not _PLACE.search(text, max(0, one[0] - 6), one[0])]
        found = [m.span() for m in pattern.finditer(low, start, end)] + (people or names)
        if found:
            a, b = min(found) if start == span[0] else max(found)
            return text[a:b]
    return None


def _lower(text: str) -> str:
    low = text.lower().replace("’", "'")
    return low if len(low) == len(text) else "".join(c.lower()[:1] or c for c in text)


@lru_cache(maxsize=2)
def _cues(name: str) -> Cues:
    file = resources.files("askwell.text") / "lexicons/incoming.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return Cues({cue: _spelled_out(row[name]) for cue, row in table.items()})


def _spelled_out(pattern: str) -> str:
    pattern = pattern.replace("{i}", "(?:jeg|eg)").replace("{not}", "(?:ikke|ikkje)")
    return pattern.replace("{{", "{").replace("}}", "}")
