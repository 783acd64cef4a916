"""The few kinds of rules: on a pattern that was read, on single words, on the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from askwell.judge import cues
from askwell.judge.asking import Asking, sure
from askwell.judge.bearing import Bearing
from askwell.judge.case import LEVELS, Case
from askwell.judge.packs import RECORD, Rule, Rules
from askwell.judge.record import CHECKS, Seen
from askwell.ledger.history import Event
from askwell.text.reading import PATTERNS, Span

_MILDER = {"stop": "soften", "wait": "soften", "soften": "note"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that speaks of a draft, how strongly, and what it saw."""

    rule: Rule
    level: str
    seen: Seen
    span: Span | None = None

    @property
    def order(self) -> tuple[int, int]:
        """Most important last: by level, then by the rule's priority."""
        return LEVELS.index(self.level), self.rule.priority


def hits(rules: Rules, case: Case, bearing: Bearing, asking: Asking) -> list[Hit]:
    """All rules that speak of this draft to this person, most important first."""
    found = [
        *_patterns(rules, case, bearing, asking),
        *_words(rules, case, bearing, asking),
        *_records(rules, case, bearing, asking),
    ]
    return sorted(found, key=lambda hit: hit.order, reverse=True)


def _patterns(rules: Rules, case: Case, bearing: Bearing, asking: Asking) -> Iterator[Hit]:
    for pattern in PATTERNS:
        if pattern not in asking.patterns:
            continue
        for rule in rules.on_pattern(case.reading.language, pattern):
            if rule.id in case.off or max(asking.r, asking.size) < rule.least:
                continue
            level = rule.level_at(bearing.stage, bearing.personal)
            if pattern == "third_party_ask" and level == "soften" and asking.weight.too_big:
                level = "stop"
            if pattern == "contact_fishing" and not bearing.named and level in ("wait", "stop"):
                level = "soften"
            if level in _MILDER and not _sure(case, pattern):
                level = _MILDER[level]
            if level != "off":
                yield Hit(rule, level, Seen(_behind(pattern, bearing)), _span(case, pattern))


def _words(rules: Rules, case: Case, bearing: Bearing, asking: Asking) -> Iterator[Hit]:
    for rule in rules.on_words(case.reading.language):
        if rule.id in case.off or max(asking.r, asking.size) < rule.least:
            continue
        span = cues.spot(cues.words_pattern(rule.words), case.draft)
        level = rule.level_at(bearing.stage, bearing.personal)
        if span and level != "off":
            yield Hit(rule, level, Seen(), span)


def notes(rules: Rules, case: Case, bearing: Bearing) -> Iterator[Hit]:
    """Remarks on single words, for a draft that asks only a trifle; they never make a verdict."""
    for rule in rules.on_words(case.reading.language):
        span = cues.spot(cues.words_pattern(rule.words), case.draft)
        speaks = rule.least == 0 and rule.level == "note" and rule.id not in case.off
        if span and speaks and not bearing.personal:
            yield Hit(rule, "note", Seen(), span)


def _records(rules: Rules, case: Case, bearing: Bearing, asking: Asking) -> Iterator[Hit]:
    for name, check in CHECKS.items():
        id = f"{RECORD}/{name}"
        if id in case.off:
            continue
        seen = check(case, bearing, asking)
        if seen is None:
            continue
        rule = rules.get(id)
        level = rule.level_at(bearing.stage, bearing.personal)
        if level != "off" and seen.level:
            # what was seen is milder than the rule's usual case
            level = min(level, seen.level, key=LEVELS.index)
        if level != "off":
            yield Hit(rule, level, seen, seen.span)


def _sure(case: Case, pattern: str) -> bool:
    found = [sure(case.reading, one) for one in case.reading.patterns if one.id == pattern]
    plain = pattern == "contact_fishing" and cues.has("who_do_you_know", case.draft)
    return not found or any(found) or plain


def _span(case: Case, pattern: str) -> Span | None:
    """Where a pattern shows best: in the ask itself, if it shows there."""
    asks = [act.span for act in case.reading.asks]
    theirs = [act.span for act in case.reading.asks if act.beneficiary == "third_party"]
    if pattern == "third_party_ask" and theirs:
        return theirs[0]
    found = [one for one in case.reading.patterns if one.id == pattern]
    if found:
        return max(found, key=lambda one: (_meets(one.span, asks), one.confidence)).span
    return cues.find("who_do_you_know", case.draft)


def _meets(span: Span, others: list[Span]) -> bool:
    return any(span[0] < other[1] and other[0] < span[1] for other in others)


def _behind(pattern: str, bearing: Bearing) -> tuple[Event, ...]:
    """The mail that a pattern rests on beside the draft itself."""
    if pattern == "third_party_ask":
        return tuple(one for one in bearing.asks if one.beneficiary == "third_party")[-1:]
    if pattern == "entitlement_press":
        return tuple(one.event for one in bearing.received[-1:])
    return ()
