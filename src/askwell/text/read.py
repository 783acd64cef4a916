"""Reading a message: from its words to acts, patterns and positives (`askwell.reading/1`).

Quoted, forwarded and signature parts are blanked before anything is read, so spans stay those
of the given text. What stands in one sentence is scored among its neighbours, and patterns for the letter
as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from askwell.text import frames_why, grounds, model, sizes
from askwell.text.clean import mask
from askwell.text.dates import deadline
from askwell.text.gate import ordinary
from askwell.text.language import identify
from askwell.text.needs import needs
from askwell.text.reading import (
    ABOUTS,
    ACTS,
    BENEFICIARIES,
    PATTERNS,
    POSITIVES,
    Act,
    Language,
    Pattern,
    Positive,
    Reading,
    Span,
)
from askwell.text.replies import outcome
from askwell.text.sentences import split
from askwell.text.wording import bluntness

if TYPE_CHECKING:
    import datetime

    from askwell.text.features import Seen

READER_VERSION = "5"

MOST_SENTENCES = 400
"""Sentences read of one message: the first of them. More than that nobody wrote by hand."""

_SURE_OF_TWO = 1.0
"""Log-odds above its bar at which a second act is seen in one sentence."""
_SHOWS = 0.0
_OF_FAVOURS = frozenset({"urgency", "pressure", "minimiser"})
"""In a whole message these speak of a favour: haste in ordinary work is no harm (MODEL.md, meta rules)."""
_ASK = ACTS.index("ask")
_PRESSES = frozenset({"entitlement_press", "pressure", "debt_guilt"})
"""Nobody presses for what is due anyway: an ask that does asks a favour, and a remark that does is an ask."""
_LARGE = 5.0
"""Size from which a kind is not fallen back upon."""
_ANSWERS = frozenset({"grant", "hold", "decline", "introduction_made"})
_KINDS = {
    "A_OPENINTRO": "open_introduction",
    "A_SPECINTRO": "specific_introduction",
    "A_REFERENCE": "reference",
    "A_INTERVIEW": "interview",
    "A_FWD": "forward_cv",
    "A_JOB": "job",
}
"""Kinds of asks that are no ordinary work, by the turn of phrase that names them."""
_POSITIVE_ACTS = {"thanks": "thanks", "offer": "offer", "report_back": "loop_closing"}


def read(
    text: str,
    *,
    lang: str | None = None,
    usual: str | None = None,
    on: datetime.date | None = None,
    parent: str | None = None,
    masked: bool = False,
) -> Reading:
    """What a message does.

    `lang` if known, `usual` the language that the writer mostly uses, `on` its date (for deadlines), `parent`
    the text that it answers. `masked` says that quotes and signatures are blanked already (`clean.mask`).
    """
    own = text if masked else mask(text, parent=parent)
    language = cast("Language", lang) if lang in ("en", "nb", "nn") else identify(own, usual=usual)
    spans = split(own)[:MOST_SENTENCES]
    if not spans or ordinary(own, spans, language):
        return Reading(language)
    return _read(own, spans, language, on, parent)


def read_many(texts: Iterable[str], *, lang: str | None = None, usual: str | None = None) -> list[Reading]:
    """The readings of many messages, each as `read` gives it."""
    return [read(text, lang=lang, usual=usual) for text in texts]


def _read(
    text: str, spans: list[Span], lang: Language, on: datetime.date | None, parent: str | None
) -> Reading:
    from askwell.text import features  # start-up: numpy

    seen = [features.see(text[start:end], lang) for start, end in spans]
    found = model.score(features.rows(seen))
    letter_bars, act_bars = model.bars(len(spans))
    patterns = _patterns(text, spans, seen, found, letter_bars)
    acts = _acts(text, spans, seen, found, act_bars, lang, on, patterns)
    in_advance = any("X_ADVTHANKS" in one.phrases for one in seen)
    if len(spans) > model.SIZES[0] and not any(act.favour or act.act == "nudge" for act in acts):
        patterns = tuple(one for one in patterns if one.id not in _OF_FAVOURS)
    positives = _positives(text, spans, found, letter_bars, acts, in_advance)
    answers = parent is not None or any(act.act in _ANSWERS for act in acts)
    result = outcome(text, lang, parent)[0] if answers else "none"
    voiced = needs(text, lang, spans)
    asks = [act for act in acts if act.act == "ask"]
    if not asks:
        return Reading(lang, acts, patterns, positives, result, voiced)
    start, end = asks[0].span
    blunt = bluntness(text[start:end], lang)
    words = tuple((a + start, b + start) for a, b in blunt.words)
    return Reading(lang, acts, patterns, positives, result, voiced, round(blunt.value, 3), words)


def _patterns(
    text: str, spans: list[Span], seen: list[Seen], found: model.Scores, bars: Any
) -> tuple[Pattern, ...]:
    patterns = []
    for at, name in enumerate(PATTERNS):
        over = float(found.letter[at] - bars[at])
        if over <= 0:
            continue
        column = found.sentences[:, model.PATTERN.start + at]
        places = [k for k in range(len(spans)) if column[k] > _SHOWS] or [int(column.argmax())]
        for k in places:
            start, end = spans[k]
            patterns.append(
                Pattern(
                    name,
                    spans[k],
                    text[start:end],
                    round(float(model.chance(over + 0.7)), 4),
                    frames_why.of_pattern(name, seen[k].phrases),
                )
            )
    return tuple(sorted(patterns, key=lambda one: (one.span, PATTERNS.index(one.id))))


def _acts(
    text: str,
    spans: list[Span],
    seen: list[Seen],
    found: model.Scores,
    bars: Any,
    lang: Language,
    on: datetime.date | None,
    patterns: tuple[Pattern, ...],
) -> tuple[Act, ...]:
    acts: list[Act] = []
    for k, span in enumerate(spans):
        over = found.sentences[k, model.ACT] - bars
        if "X_ADVTHANKS" in seen[k].phrases:
            over[ACTS.index("thanks")] = -9.0
        shown = {one.id for one in patterns if one.span == span}
        if len(spans) <= model.SIZES[0] and not _PRESSES.isdisjoint(shown):
            sure_of_ask = max(float(over[_ASK]), 0.1)
            over[:] = -9.0
            over[_ASK] = sure_of_ask
        order = over.argsort()[::-1]
        for rank in range(2):
            at = int(order[rank])
            if over[at] <= (_SURE_OF_TWO if rank else 0):
                break
            words = text[span[0] : span[1]]
            sure = round(float(model.chance(over[at] + 0.3)), 4)
            name = "offer" if ACTS[at] == "ask" and not shown and grounds.offered(words, lang) else ACTS[at]
            if name == "ask":
                acts.append(_ask(span, text, sure, found.sentences[k], seen[k], lang, on, patterns))
            elif name != "introduction_made" or grounds.together(words, lang):
                acts.append(Act(name, span, words, sure, (frames_why.ACTS[name],)))
    return tuple(acts)


def _ask(
    span: Span,
    text: str,
    sure: float,
    scores: Any,
    seen: Seen,
    lang: Language,
    on: datetime.date | None,
    patterns: tuple[Pattern, ...],
) -> Act:
    words = text[span[0] : span[1]]
    shown = {one.id for one in patterns if one.span == span}
    # Where something harmful was found the letter speaks of people, whatever its words.
    about = _about(words, scores, seen, "" if patterns else text, lang)
    who = BENEFICIARIES[int(scores[model.FOR].argmax())]
    third = "third_party_ask" in shown
    if third and who != "both":
        who = "third_party"
    favour = (
        bool(scores[model.FAVOUR] > 0) or third or not _PRESSES.isdisjoint(shown) or about in _KINDS.values()
    )
    due = deadline(words, lang, on)
    return Act(
        "ask",
        span,
        words,
        sure,
        frames_why.of_ask(about, who, favour, seen.phrases),
        about,
        who,
        favour,
        sizes.base(about),
        due.on if due else None,
        due.text if due else None,
    )


def _about(words: str, scores: Any, seen: Seen, letter: str, lang: Language) -> str:
    """The likeliest kind of an ask; a large one only if words of the `letter`, if given, speak of it."""
    kinds = [ABOUTS[int(at)] for at in scores[model.ABOUT].argsort()[::-1]]
    first = kinds[:1]
    if kinds[0] == "routine_work" and "A_ROUTINE" not in seen.phrases:
        first = [*(kind for name, kind in _KINDS.items() if name in seen.phrases), *first]
    likely = (one for one in first if not letter or grounds.stand(one, words, letter, lang))
    small = (one for one in kinds if sizes.base(one) < _LARGE)
    return next(likely, None) or next(small)


def _positives(
    text: str,
    spans: list[Span],
    found: model.Scores,
    bars: Any,
    acts: tuple[Act, ...],
    in_advance: bool,
) -> tuple[Positive, ...]:
    positives = [
        Positive(_POSITIVE_ACTS[act.act], act.span, act.text) for act in acts if act.act in _POSITIVE_ACTS
    ]
    have = {one.id for one in positives}
    for at, name in enumerate(POSITIVES, start=len(PATTERNS)):
        if name not in have and found.letter[at] > bars[at] and not (name == "thanks" and in_advance):
            column = found.sentences[:, model.PATTERN.start + at]
            start, end = spans[int(column.argmax())]
            positives.append(Positive(name, (start, end), text[start:end]))
    return tuple(sorted(positives, key=lambda one: (one.span, one.id)))
