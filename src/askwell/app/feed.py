"""`askwell feed`: what is due, as a calendar that a calendar program can subscribe to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from askwell.app.desk import Desk
from askwell.app.today import Item, today
from askwell.errors import AskwellError
from askwell.exports.agenda import Entry, agenda
from askwell.words import later, quoted, say

KINDS = ("thank", "tell", "give_back", "reconnect", "ask_again")
"""What a feed may hold: one of today's lists each, and the days on which one may ask again."""
NAMES = {
    "thank": later("Thank"),
    "tell": later("Tell how it went"),
    "give_back": later("Give back"),
    "reconnect": later("Say hello again"),
    "ask_again": later("From today you may ask again"),
}
AFTER = timedelta(days=1)
"""Thanks and news are due the day after (MODEL.md 3.5)."""


def feed(desk: Desk, kinds: Collection[str] = KINDS, *, alarms: bool = True) -> str:
    """The calendar's text (RFC 5545). What is overdue stands on the desk's day, so that it is seen; an entry
    keeps its UID while it waits and is gone when it is done. Raises AskwellError for an unknown kind."""
    if strange := [one for one in kinds if one not in KINDS]:
        raise AskwellError(
            say('A feed has no "{kind}".', kind=strange[0]),
            say("Choose among {choices}.", choices=", ".join(KINDS)),
        )
    entries = [one for one in _entries(desk) if one.kind in kinds]
    only = next(iter(kinds)) if len(set(kinds)) == 1 else ""
    title = f"Askwell: {say(NAMES[only])}" if only else "Askwell"
    return agenda(title, entries, desk.now, alarms=alarms)


def _entries(desk: Desk) -> Iterable[Entry]:
    found = today(desk)
    monday = desk.today - timedelta(days=desk.today.weekday())
    for kind in KINDS[:4]:
        for item in getattr(found, kind):
            day = {"thank": item.day + AFTER, "tell": item.day + AFTER, "reconnect": monday}.get(
                kind, desk.today
            )
            yield _entry(kind, item, max(day, desk.today) if kind != "reconnect" else day)
    for item in found.leave_in_peace:
        if item.until:
            yield _entry("ask_again", item, item.until)


def _entry(kind: str, item: Item, day: date) -> Entry:
    name = say(NAMES[kind])
    lines = [item.what, f"{item.day.isoformat()}  {quoted(item.quote)}" if item.quote else ""]
    told = "\n".join(one for one in lines if one)
    return Entry(kind, f"{kind}/{item.person}/{item.source}", f"{name}: {item.name}", day, told)
