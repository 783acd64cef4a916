"""The pictures of a person and of the network, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from askwell.app.desk import Desk
from askwell.app.everybody import everybody
from askwell.app.intros import introductions
from askwell.app.names import name
from askwell.app.network import network as lines_of
from askwell.app.person import Page
from askwell.exports.pictures.network import Introduction, Known, network
from askwell.exports.pictures.picture import Picture
from askwell.exports.pictures.rhythm import rhythm
from askwell.exports.pictures.timeline import timeline
from askwell.judge.wording import short
from askwell.store.contract import Store

MADE = ("made", "met", "told")
_GROUNDS = ("messages", "people", "said")
_told: WeakKeyDictionary[Store, tuple[tuple[int, ...], tuple[Introduction, ...]]] = WeakKeyDictionary()
"""The introductions of each ledger, with the counts of what they rest on: to find them, all mail is read."""


def of_person(page: Page) -> tuple[Picture, ...]:
    """The timeline and the rhythm of a person; none where nothing has passed."""
    if not page.history.events:
        return ()
    today, called = page.standing.bearing.today, short(page.person.name)
    return (timeline(page.history, today, name, called), rhythm(page.history, today, called))


def of_network(desk: Desk) -> Picture:
    """Everybody by stage, and who introduced whom."""
    known = [Known(one.person, one.stage) for one in lines_of(desk).lines]
    return network(known, _introductions(desk), name)


def _introductions(desk: Desk) -> tuple[Introduction, ...]:
    """Those that came about up to today."""
    counts = desk.store.counts()
    grounds = tuple(counts[one] for one in _GROUNDS)
    kept = _told.get(desk.store)
    if kept is None or kept[0] != grounds:
        kept = _told[desk.store] = (grounds, tuple(_found(desk)))
    return tuple(one for one in kept[1] if one.day <= desk.today)


def _found(desk: Desk) -> Iterator[Introduction]:
    people = everybody(desk.store)
    owner = {address: one.key for one in people for address in one.addresses}
    for one in introductions(desk):
        made = next((step for step in one.steps if step.state in MADE), None)
        if made:
            by, first, second = (owner.get(end, end) for end in (one.by, one.one, one.other))
            yield Introduction(made.day, by, first, second, one.purpose)
