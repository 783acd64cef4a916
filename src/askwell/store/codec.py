"""A reading as compact JSON and back, exactly. Nothing at all is kept where nothing was found.

The order of the fields in a list is the format: add at the end, never in between.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple, get_args

from askwell.text.reading import Act, Language, Need, Pattern, Positive, Reading

_LANGUAGES = get_args(Language)


class Packed(NamedTuple):
    """A reading as `pack` writes it: in this form it goes from one process to another, and into a database,
    in a third of the time."""

    language: str
    found: str | None


def pack(reading: Reading) -> str | None:
    """The findings without the language, None if there are none."""
    parts: dict[str, Any] = {
        "a": [_act(act) for act in reading.acts],
        "p": [[p.id, *p.span, p.text, p.confidence, p.why] for p in reading.patterns],
        "g": [[p.id, *p.span, p.text] for p in reading.positives],
        "n": [[*n.span, n.text, n.confidence] for n in reading.needs],
        "o": "" if reading.outcome == "none" else reading.outcome,
        "w": reading.blunt_words,
        "r": reading.answer,
    }
    parts = {key: value for key, value in parts.items() if value}
    if reading.bluntness is not None:
        parts["b"] = reading.bluntness
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")) if parts else None


def packed(reading: Reading) -> Packed:
    """A reading as it goes into a database."""
    return Packed(reading.language, pack(reading))


def unpack(language: str, found: str | None) -> Reading:
    """The reading again. Raises ValueError for a language or a text that `pack` cannot have written."""
    if not found:
        return _empty(language)
    try:
        return _full(_known(language), json.loads(found))
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        raise ValueError(f"this is no reading: {found[:60]}") from error


def _act(act: Act) -> list[Any]:
    row = [act.act, *act.span, act.text, act.confidence, act.why]
    row += [act.about, act.beneficiary, act.favour, act.size, act.deadline, act.deadline_text]
    while row[-1] is None:
        row.pop()
    return row


def _full(language: Language, parts: dict[str, Any]) -> Reading:
    return Reading(
        language,
        tuple([Act(a[0], (a[1], a[2]), a[3], a[4], tuple(a[5]), *a[6:]) for a in parts.get("a", ())]),
        tuple([Pattern(p[0], (p[1], p[2]), p[3], p[4], tuple(p[5])) for p in parts.get("p", ())]),
        tuple([Positive(p[0], (p[1], p[2]), p[3]) for p in parts.get("g", ())]),
        parts.get("o", "none"),
        tuple([Need((n[0], n[1]), n[2], n[3]) for n in parts.get("n", ())]),
        parts.get("b"),
        tuple([(start, end) for start, end in parts.get("w", ())]),
        parts.get("r", ""),
    )


def _known(language: str) -> Language:
    for known in _LANGUAGES:
        if language == known:
            return known  # type: ignore[no-any-return]
    raise ValueError(f"a reading in an unknown language: {language}")


@lru_cache(maxsize=8)
def _empty(language: str) -> Reading:
    return Reading(_known(language))
