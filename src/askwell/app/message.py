"""One message of the ledger: who wrote it to whom, its text, and what was read in it."""

from __future__ import annotations

from dataclasses import dataclass

from askwell.app.corrections import corrected, said_outcome
from askwell.app.desk import Desk
from askwell.app.passed import corrections_for
from askwell.errors import AskwellError
from askwell.ledger.entries import Message
from askwell.ledger.history import MINE, THEIRS, Event
from askwell.ledger.person import Person
from askwell.words import say

MOST = 100_000
"""Characters of a text that are shown."""


@dataclass(frozen=True, slots=True)
class Read:
    """Something that was read in the message, and what may be right instead."""

    event: Event
    corrections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A message; `people` are those of its sender and receivers who are in the ledger."""

    message: Message
    mine: bool
    people: tuple[Person, ...]
    read: tuple[Read, ...]

    @property
    def text(self) -> str:
        """The text, cut where it is very long."""
        text = self.message.text
        return text if len(text) <= MOST else text[:MOST] + " …"


def message(desk: Desk, id: str) -> Shown:
    """The message with this Message-ID. Raises AskwellError if there is none."""
    id = id.strip().strip("<>")
    found = desk.store.message(id)
    if found is None:
        what = say("There is no message {id}.", id=id)
        raise AskwellError(what, say("The id stands behind each quote: <…>."), http_status=404)
    ends = dict.fromkeys((found.sender, *found.to, *found.cc))
    owners = (desk.store.owner(one) for one in ends)
    people = tuple({one.key: one for one in owners if one}.values())
    mine = found.sender in desk.mine
    return Shown(found, mine, people, tuple(_read(desk, found, MINE if mine else THEIRS)))


def _read(desk: Desk, found: Message, by: str) -> list[Read]:
    reading = desk.store.reading(found.id)
    if reading is None:
        return []
    said = [one for one in desk.store.corrections() if one.message == found.id]
    shown = []
    for act in corrected(reading, said).acts:
        outcome = said_outcome(act, said)
        event = Event(
            found.at,
            act.act,
            by,
            act.text,
            found.id,
            about=act.about or "",
            beneficiary=act.beneficiary or "",
            favour=bool(act.favour),
            outcome=outcome.what if outcome else "",
        )
        shown.append(Read(event, corrections_for(event)))
    return shown
