"""The words that stand around a sender's own words, per language (text/data/mail_marks.toml), read once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Phrases = dict[str, tuple[str, ...]]
"""First word of a phrase → the phrases that begin with it, longest first."""


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks, arranged so that one look at a line's first word says whether a closer look is needed."""

    header: dict[str, str]
    verbs: frozenset[str]
    weak_verbs: frozenset[str]
    openers: frozenset[str]
    no_names: frozenset[str]
    quoting: frozenset[str]
    weekdays: frozenset[str]
    original: tuple[str, ...]
    forwarded: tuple[str, ...]
    forward_alone: frozenset[str]
    mobile: Phrases
    devices: frozenset[str]
    footer: Phrases
    footer_signs: tuple[str, ...]
    disclaimer: Phrases
    disclaimer_signs: tuple[str, ...]
    titles: frozenset[str]
    title_ends: tuple[str, ...]
    greeting: Phrases
    closing: Phrases
    triggers: Phrases
    """All phrases after which a line may be more than plain text."""
    beginnings: frozenset[str]
    """The first two letters of their first words."""


def _by_first_word(phrases: Iterable[str]) -> Phrases:
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        found.setdefault(first_word(phrase), []).append(phrase)
    return {word: tuple(sorted(group, key=len, reverse=True)) for word, group in found.items()}


def first_word(low: str) -> str:
    """The first word of a lower-case line, without the signs that stick to it."""
    return low[:40].split(None, 1)[0].strip(",.:;!*([\"'")


@cache
def marks() -> Marks:
    """The marks, read from the package once (about 4 ms)."""
    text = files("askwell.text").joinpath("data", "mail_marks.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    attribution, forward = data["attribution"], data["forward"]
    phrases = {
        kind: _by_first_word(data[kind]["starts"])
        for kind in ("mobile", "footer", "disclaimer", "greeting", "closing")
    }
    alone = frozenset(forward["alone"])
    triggers = _by_first_word(
        {phrase for groups in phrases.values() for group in groups.values() for phrase in group} | alone
    )
    return Marks(
        header={name: kind for kind, names in data["header"].items() for name in names},
        verbs=frozenset(attribution["verbs"]),
        weak_verbs=frozenset(attribution["weak_verbs"]),
        openers=frozenset(attribution["openers"]),
        no_names=frozenset(attribution["no_names"]),
        quoting=frozenset(attribution["quoting"]),
        weekdays=frozenset(attribution["weekdays"]),
        original=tuple(forward["original"]),
        forwarded=tuple(forward["forwarded"]),
        forward_alone=alone,
        devices=frozenset(data["mobile"]["devices"]),
        footer_signs=tuple(data["footer"]["signs"]),
        disclaimer_signs=tuple(data["disclaimer"]["signs"]),
        titles=frozenset(data["card"]["titles"]),
        title_ends=tuple(data["card"]["title_ends"]),
        triggers=triggers,
        beginnings=frozenset(word[:2] for word in triggers),
        **phrases,
    )
