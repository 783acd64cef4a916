"""What passed between the user and a person, as a page shows it: one item a message or entry, newest first,
with what was read in it and how that can be corrected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from askwell.app.names import name
from askwell.ledger.history import MINE, OPEN, THEIRS, Event, History
from askwell.words import later, say

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
_MINE = {
    "nudge": later("You reminded"),
    "thanks": later("You thanked"),
    "offer": later("You offered something"),
    "grant": later("You said yes"),
    "hold": later("You answered for the time being"),
    "decline": later("You said no"),
    "commit": later("You promised something"),
    "introduction_made": later("You introduced somebody"),
    "report_back": later("You told how it went"),
    "apology": later("You said sorry"),
    "favour": later("You helped"),
    "outcome": later("What came of it"),
    "note": later("Your note"),
    "vouch": later("Your word for them"),
    "intro": later("You introduced them"),
}
_THEIRS = {
    "nudge": later("{name} reminded you"),
    "thanks": later("{name} thanked you"),
    "offer": later("{name} offered something"),
    "grant": later("{name} said yes"),
    "hold": later("{name} answered for the time being"),
    "decline": later("{name} said no"),
    "commit": later("{name} promised something"),
    "introduction_made": later("{name} introduced you to somebody"),
    "report_back": later("{name} told how it went"),
    "apology": later("{name} said sorry"),
    "favour": later("{name} helped you"),
    "need": later("{name} looks for something"),
    "intro": later("{name} introduced you to somebody"),
}
_BOTH = {"meeting": later("You met"), "intro": later("You were introduced to each other")}
_KINDS = {
    "asked": ("ask", "nudge"),
    "given": ("favour", "grant", "introduction_made", "offer"),
    "thanked": ("thanks", "report_back", "outcome"),
    "met": ("meeting", "intro"),
}
_OUTCOMES = ("answered", "granted", "partly", "declined", "withdrawn")


@dataclass(frozen=True, slots=True)
class Passed:
    """A message or an entry. `events` are what was read or said in it, often nothing, those that rest on the
    same words together. `mail` tells a message from an entry of the user's own."""

    day: date
    by: str
    source: str
    subject: str
    mail: bool
    events: tuple[tuple[Event, ...], ...]


def told(event: Event, who: str) -> str:
    """An event as a sentence; `who` is what the person is called."""
    if event.kind == "ask":
        what = name(event.about or "other")
        if event.by == MINE:
            return say("You asked for: {what}", what=what)
        return say("{name} asked for: {what}", name=who, what=what)
    table = {MINE: _MINE, THEIRS: _THEIRS}.get(event.by, _BOTH)
    words = table.get(event.kind)
    said = say(words, name=who) if words else name(event.kind)
    return f"{said}: {name(event.about)}" if event.kind == "favour" and event.about else said


def passed(
    history: History, today: date, show: str = "", *, page: int = 1, size: int = 15
) -> tuple[tuple[Passed, ...], int]:
    """What passed up to today, newest first, narrowed to one of SHOWS: one page of it, and how many pages
    there are. A page too far is the last."""
    found: dict[str, list[Event]] = {}
    answers = {(one.reply_source, one.by) for one in history.of("ask") if one.reply_source}
    asked: dict[str, list[Event]] = {MINE: [], THEIRS: []}
    for at, event in enumerate(history.events):
        if event.kind == "ask" and event.favour and event.by in asked:
            asked[event.by].append(event)
        if event.at.date() <= today and _speaks(event, answers, asked):
            found.setdefault(event.source or f"#{at}", []).append(event)
    wanted = [(source, events) for source, events in found.items() if _wanted(events, show)]
    wanted.sort(key=lambda one: (one[1][0].at.date(), one[0]), reverse=True)
    pages = max(1, -(-len(wanted) // size))
    first = (min(page, pages) - 1) * size
    return tuple(_item(source, events) for source, events in wanted[first : first + size]), pages


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


def open_needs(history: History, needs: Iterable[Event]) -> tuple[Event, ...]:
    """Those of a person's needs on which the user has neither written in the thread nor offered help."""
    mine = history.of("message", "offer", by=MINE)
    return tuple(
        need
        for need in needs
        if not any(one.at > need.at and (one.kind == "offer" or one.thread == need.thread) for one in mine)
    )


def is_open(event: Event) -> bool:
    """Whether an ask has no answer yet."""
    return event.kind == "ask" and event.favour and event.outcome in OPEN


def _item(source: str, together: list[Event]) -> Passed:
    first = together[0]
    mail = any(one.kind == "message" for one in together)
    by_words: dict[str, list[Event]] = {}
    for at, one in enumerate(together):
        if one.kind != "message" and (one.kind, one.by) != ("need", MINE):
            by_words.setdefault(one.text or f"#{at}", []).append(one)
    events = tuple(tuple(sorted(_plain(each), key=_asks_first)) for each in by_words.values())
    by = first.by if first.by in (MINE, THEIRS) else "both"
    return Passed(first.at.date(), by, source, first.subject, mail, events)


def _wanted(events: Iterable[Event], show: str) -> bool:
    if show == "open":
        return any(is_open(one) for one in events)
    return not show or any(one.kind in _KINDS.get(show, ()) for one in events)


def _speaks(event: Event, answers: set[tuple[str, str]], asked: dict[str, list[Event]]) -> bool:
    """Whether it belongs to something: an answer to an ask, a reminder of one before it. What was read in
    mail and belongs to nothing is noise; what the user has said is kept."""
    if event.source.startswith("said:"):
        return True
    if event.kind in ("grant", "hold", "decline"):
        return (event.source, THEIRS if event.by == MINE else MINE) in answers
    if event.kind != "nudge":
        return True
    last = asked.get(event.by, [])[-1:]
    return any(one.source != event.source and (one.closed is None or one.closed > event.at) for one in last)


def _plain(events: list[Event]) -> list[Event]:
    """Each kind once, and no reminder where the same words are an ask."""
    each = {(one.kind, one.about): one for one in reversed(events)}
    asks = any(kind == "ask" for kind, _ in each)
    return [one for one in reversed(each.values()) if not (asks and one.kind == "nudge")]


def _asks_first(event: Event) -> bool:
    return event.kind != "ask"
