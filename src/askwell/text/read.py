"""Reading a message: from its words to acts, patterns and positives (`askwell.reading/1`).

Quoted, forwarded and signature parts are blanked before anything is read, so spans stay those
of the given text. What stands in one sentence is scored among its neighbours, and patterns for the letter
as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

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

READER_VERSION = "6"

MOST_SENTENCES = 400
"""Sentences read of one message: the first of them. More than that nobody wrote by hand."""

_SURE_OF_TWO = 1.0
"""Log-odds above its bar at which a second act is seen in one sentence."""
_SHOWS = -1.0
_NEVER = -9.0
_TOGETHER = 64
"""Sentences that are weighed together: few arrays are made, and they stay small enough to be near at hand."""
_OF_FAVOURS = frozenset({"urgency", "pressure", "minimiser"})
"""In a whole message these speak of a favour: haste in ordinary work is no harm (MODEL.md, meta rules)."""
_ASK = ACTS.index("ask")
_PRESSES = frozenset({"entitlement_press", "pressure", "debt_guilt"})
"""Nobody presses for what is due anyway: an ask that does asks a favour, and a remark that does is an ask."""
_NOTHING: frozenset[str] = frozenset()
_SMALL = frozenset({"info", "tip", "advice", "routine_work", "other"})
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


@dataclass(frozen=True, slots=True)
class _Letter:
    """The writer's own words with all that is known of them before they are weighed."""

    text: str
    spans: list[Span]
    seen: list[Seen]
    lang: Language
    on: datetime.date | None
    parent: str | None


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
    return next(_readings([_opened(own, lang, usual, on, parent)]))


def read_many(texts: Iterable[str], *, lang: str | None = None, usual: str | None = None) -> list[Reading]:
    """The readings of many messages, each as `read` gives it, in less time."""
    return list(_readings(_opened(mask(text), lang, usual) for text in texts))


def read_dated(letters: Iterable[tuple[str, datetime.date]]) -> Iterator[Reading]:
    """The same for texts that are blanked already (`clean.mask`), each with its day, one after the other."""
    return _readings(_opened(own, None, None, on) for own, on in letters)


def _opened(
    own: str,
    lang: str | None,
    usual: str | None,
    on: datetime.date | None = None,
    parent: str | None = None,
) -> _Letter | Reading:
    """A letter whose sentences are seen; at once its reading where there is nothing to weigh."""
    language = cast("Language", lang) if lang in ("en", "nb", "nn") else identify(own, usual=usual)
    spans = split(own)[:MOST_SENTENCES]
    if not spans or ordinary(own, spans, language):
        return Reading(language)
    from askwell.text.features import see  # start-up: numpy

    return _Letter(own, spans, [see(own[start:end], language) for start, end in spans], language, on, parent)


def _readings(letters: Iterable[_Letter | Reading]) -> Iterator[Reading]:
    """The readings, in order. Some sentences are weighed together, whichever letters they stand in."""
    waiting: list[_Letter | Reading] = []
    sentences = 0
    for one in letters:
        waiting.append(one)
        sentences += len(one.spans) if isinstance(one, _Letter) else 0
        if sentences >= _TOGETHER:
            yield from _weighed(waiting)
            waiting, sentences = [], 0
    yield from _weighed(waiting)


def _weighed(letters: list[_Letter | Reading]) -> Iterator[Reading]:
    together = [one.seen for one in letters if isinstance(one, _Letter)]
    if together:
        from askwell.text.features import rows_of  # start-up: numpy

        scores = iter(model.score(rows_of(together)))
    for one in letters:
        yield _reading(one, next(scores)) if isinstance(one, _Letter) else one


def _reading(letter: _Letter, found: model.Scores) -> Reading:
    text, spans, seen, lang = letter.text, letter.spans, letter.seen, letter.lang
    letter_bars, act_bars = model.bars(len(spans))
    patterns = _patterns(text, spans, seen, found, letter_bars)
    acts = _acts(letter, found, act_bars, patterns)
    in_advance = any("X_ADVTHANKS" in one.phrases for one in seen)
    if len(spans) > model.SIZES[0]:
        patterns = _among(acts, patterns)
    if _small_for_oneself(acts) and not grounds.of_work(text, lang):
        # "My brother is coming to town. Which museum would you pick?"
        patterns = tuple(one for one in patterns if one.id != "third_party_ask")
    positives = _positives(text, spans, found, letter_bars, acts, in_advance)
    answers = letter.parent is not None or any(act.act in _ANSWERS for act in acts)
    result = outcome(text, lang, letter.parent)[0] if answers else "none"
    voiced = needs(text, lang, spans)
    asks = [act for act in acts if act.act == "ask"]
    if not asks:
        return Reading(lang, acts, patterns, positives, result, voiced)
    start, end = asks[0].span
    blunt = bluntness(text[start:end], lang)
    words = tuple((a + start, b + start) for a, b in blunt.words)
    return Reading(lang, acts, patterns, positives, result, voiced, round(blunt.value, 3), words)


def _among(acts: tuple[Act, ...], patterns: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
    """The patterns of a note or letter that its acts bear."""
    asked = any(act.act == "ask" for act in acts)
    favour = any(act.favour or act.act == "nudge" for act in acts)
    return tuple(one for one in patterns if borne(one.id, one.confidence, asked=asked, favour=favour))


def borne(pattern: str, sure: float, *, asked: bool, favour: bool) -> bool:
    """Whether a note or letter in which something is `asked`, a `favour` or not, bears a pattern that is so
    `sure` (0 to 1): none where all that is asked is due anyway, only what is plain where nothing is asked."""
    if asked:
        return favour
    return sure > model.PLAIN and (favour or pattern not in _OF_FAVOURS)


def _small_for_oneself(acts: tuple[Act, ...]) -> bool:
    """Whether all that is asked is a small thing, and not for somebody else."""
    asks = [act for act in acts if act.act == "ask"]
    return bool(asks) and all(act.about in _SMALL and act.beneficiary != "third_party" for act in asks)


def _patterns(
    text: str, spans: list[Span], seen: list[Seen], found: model.Scores, bars: list[float]
) -> tuple[Pattern, ...]:
    patterns = []
    for at, name in enumerate(PATTERNS):
        over = found.letter[at] - bars[at]
        if over <= 0:
            continue
        column = [row[model.PATTERN.start + at] for row in found.sentences]
        places = [k for k, value in enumerate(column) if value > _SHOWS] or [column.index(max(column))]
        for k in places:
            start, end = spans[k]
            patterns.append(
                Pattern(
                    name,
                    spans[k],
                    text[start:end],
                    round(model.chance(over + model.AT_BAR), 4),
                    frames_why.of_pattern(name, seen[k].phrases),
                )
            )
    return tuple(sorted(patterns, key=lambda one: (one.span, PATTERNS.index(one.id))))


def _acts(
    letter: _Letter, found: model.Scores, bars: list[float], patterns: tuple[Pattern, ...]
) -> tuple[Act, ...]:
    acts: list[Act] = []
    short = len(letter.spans) <= model.SIZES[0]
    for span, seen, scores in zip(letter.spans, letter.seen, found.sentences, strict=True):
        over = [score - bar for score, bar in zip(scores, bars, strict=False)]  # acts come first among labels
        if "X_ADVTHANKS" in seen.phrases:
            over[ACTS.index("thanks")] = _NEVER
        shown = {one.id for one in patterns if one.span == span} if patterns else _NOTHING
        if short and not _PRESSES.isdisjoint(shown):
            sure_of_ask = max(over[_ASK], 0.1)
            over = [_NEVER] * len(ACTS)
            over[_ASK] = sure_of_ask
        if max(over) <= 0:
            continue
        order = sorted(range(len(ACTS)), key=over.__getitem__, reverse=True)
        for rank, at in enumerate(order[:2]):
            if over[at] <= (_SURE_OF_TWO if rank else 0):
                break
            words = letter.text[span[0] : span[1]]
            sure = round(model.chance(over[at] + 0.3), 4)
            offers = ACTS[at] == "ask" and not shown and grounds.offered(words, letter.lang)
            name = "offer" if offers else ACTS[at]
            if any(one.act == name and one.span == span for one in acts):
                continue
            if name == "ask":
                if not shown and grounds.wished(words, letter.lang):
                    continue
                acts.append(_ask(letter, span, sure, scores, seen, patterns))
            elif name != "introduction_made" or grounds.together(words, letter.lang):
                acts.append(Act(name, span, words, sure, (frames_why.ACTS[name],)))
    return tuple(acts)


def _ask(
    letter: _Letter,
    span: Span,
    sure: float,
    scores: list[float],
    seen: Seen,
    patterns: tuple[Pattern, ...],
) -> Act:
    words = letter.text[span[0] : span[1]]
    shown = {one.id for one in patterns if one.span == span}
    # Where something harmful was found the letter speaks of people, whatever its words.
    about = _about(words, scores, seen, "" if patterns else letter.text, letter.lang)
    likely = scores[model.FOR]
    who = BENEFICIARIES[likely.index(max(likely))]
    third = "third_party_ask" in shown
    if third and who != "both":
        who = "third_party"
    favour = scores[model.FAVOUR] > 0 or third or not _PRESSES.isdisjoint(shown) or about in _KINDS.values()
    due = deadline(words, letter.lang, letter.on)
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


def _about(words: str, scores: list[float], seen: Seen, letter: str, lang: Language) -> str:
    """The likeliest kind of an ask; a large one only if words of the `letter`, if given, speak of it."""
    kinds = _likeliest(ABOUTS, scores[model.ABOUT])
    first = kinds[:1]
    if kinds[0] == "routine_work" and "A_ROUTINE" not in seen.phrases:
        first = [*(kind for name, kind in _KINDS.items() if name in seen.phrases), *first]
    likely = (one for one in first if not letter or grounds.stand(one, words, letter, lang))
    small = (one for one in kinds if sizes.base(one) < _LARGE)
    return next(likely, None) or next(small)


def _likeliest(names: tuple[str, ...], scores: list[float]) -> list[str]:
    """The names, the likeliest first."""
    return [names[at] for at in sorted(range(len(names)), key=scores.__getitem__, reverse=True)]


def _positives(
    text: str,
    spans: list[Span],
    found: model.Scores,
    bars: list[float],
    acts: tuple[Act, ...],
    in_advance: bool,
) -> tuple[Positive, ...]:
    positives = [
        Positive(_POSITIVE_ACTS[act.act], act.span, act.text) for act in acts if act.act in _POSITIVE_ACTS
    ]
    have = {one.id for one in positives}
    for at, name in enumerate(POSITIVES, start=len(PATTERNS)):
        if name not in have and found.letter[at] > bars[at] and not (name == "thanks" and in_advance):
            column = [row[model.PATTERN.start + at] for row in found.sentences]
            start, end = spans[column.index(max(column))]
            positives.append(Positive(name, (start, end), text[start:end]))
    return tuple(sorted(positives, key=lambda one: (one.span, one.id)))
