"""The pictures of a person and of the network, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from askwell.app.desk import Desk
from askwell.app.names import name
from askwell.app.network import network as lines_of
from askwell.app.person import Page
from askwell.exports.pictures.network import Introduction, Known, network
from askwell.exports.pictures.picture import Picture
from askwell.exports.pictures.rhythm import rhythm
from askwell.exports.pictures.timeline import timeline
from askwell.judge.wording import short
from askwell.ledger.entries import Said
from askwell.ledger.intros import life
from askwell.ledger.person import Person

MADE = ("made", "met", "told")


def of_person(page: Page) -> tuple[Picture, ...]:
    """The timeline and the rhythm of a person; none where nothing has passed."""
    if not page.history.events:
        return ()
    today, called = page.standing.bearing.today, short(page.person.name)
    return (timeline(page.history, today, name, called), rhythm(page.history, today, called))


def of_network(desk: Desk) -> Picture:
    """Everybody by stage, and who introduced whom."""
    known = [Known(one.person, one.stage) for one in lines_of(desk).lines]
    return network(known, introductions(desk.store.said(), (one.person for one in known)), name)


def introductions(said: Iterable[Said], people: Iterable[Person]) -> Iterator[Introduction]:
    """The introductions that came about, with addresses of people in the ledger as their keys."""
    owner = {address: one.key for one in people for address in one.addresses}
    for one in life(said):
        made = next((step for step in one.steps if step.state in MADE), None)
        if made:
            by, first, second = (owner.get(end, end) for end in (one.by, one.one, one.other))
            yield Introduction(made.day, by, first, second, one.purpose)
