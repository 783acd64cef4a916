"""What passed between the user and a person, as a page shows it: one item a message or entry, newest first,
with what was read in it and how that can be corrected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from askwell.ledger.history import MINE, OPEN, THEIRS, Event, History
from askwell.words import later

SHOWS = {
    "": later("All"),
    "asked": later("Asked"),
    "given": later("Help"),
    "thanked": later("Thanks"),
    "met": later("Met"),
    "open": later("Left open"),
}
"""What a page may be narrowed to."""
CORRECTING = {
    "no_ask": later("No ask"),
    "for_me": later("It was for me"),
    "for_third_party": later("It was for somebody else"),
    "routine": later("Everyday work, no favour"),
    "favour": later("It was a favour"),
    "answered": later("It was answered"),
    "granted": later("They said yes"),
    "partly": later("They helped in part"),
    "declined": later("They said no"),
    "withdrawn": later("I took it back"),
    "no_thanks": later("No thanks"),
    "no_favour": later("No help"),
}
"""Corrections (ledger.entries), as a button says them."""
_KINDS = {
    "asked": ("ask", "nudge"),
    "given": ("favour", "grant", "introduction_made", "offer"),
    "thanked": ("thanks", "report_back", "outcome"),
    "met": ("meeting", "intro"),
}
_OUTCOMES = ("answered", "granted", "partly", "declined", "withdrawn")


@dataclass(frozen=True, slots=True)
class Passed:
    """A message or an entry: `events` are what was read or said in it, often nothing. `mail` tells a message
    from an entry of the user's own."""

    day: date
    by: str
    source: str
    subject: str
    mail: bool
    events: tuple[Event, ...]


def passed(history: History, today: date, show: str = "") -> tuple[Passed, ...]:
    """All that passed up to today, newest first; narrowed to one of SHOWS."""
    found: dict[str, list[Event]] = {}
    for at, event in enumerate(history.events):
        if event.at.date() <= today:
            found.setdefault(event.source or f"#{at}", []).append(event)
    items = (_item(source, together) for source, together in found.items())
    return tuple(sorted((one for one in items if _wanted(one, show)), key=_order, reverse=True))


def corrections_for(event: Event) -> tuple[str, ...]:
    """What may be right instead of what was read; the likeliest first. Empty for what the user said."""
    if event.source.startswith(("said:", "#")) or not event.source:
        return ()
    if event.kind == "ask":
        outcomes = [one for one in _OUTCOMES if one != event.outcome]
        whom = "for_me" if event.beneficiary == "third_party" else "for_third_party"
        weight = "routine" if event.favour else "favour"
        return ("no_ask", *(outcomes if event.favour else ()), whom, weight)
    if event.kind == "nudge":
        return ("no_ask",)
    if event.kind == "thanks":
        return ("no_thanks",)
    return ("no_favour",) if event.kind in ("grant", "offer", "introduction_made") else ()


def is_open(event: Event) -> bool:
    """Whether an ask has no answer yet."""
    return event.kind == "ask" and event.favour and event.outcome in OPEN


def _item(source: str, together: list[Event]) -> Passed:
    first = together[0]
    mail = any(one.kind == "message" for one in together)
    events = tuple(one for one in together if one.kind != "message")
    by = first.by if first.by in (MINE, THEIRS) else "both"
    return Passed(first.at.date(), by, source, first.subject, mail, events)


def _order(item: Passed) -> tuple[date, str]:
    return (item.day, item.source)


def _wanted(item: Passed, show: str) -> bool:
    if show == "open":
        return any(is_open(one) for one in item.events)
    return not show or _has(item.events, _KINDS.get(show, ()))


def _has(events: Iterable[Event], kinds: tuple[str, ...]) -> bool:
    return any(one.kind in kinds for one in events)
