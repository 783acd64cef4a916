"""Two people of the ledger become one, because the user says so. Taken back by `askwell undo`."""

from __future__ import annotations

from dataclasses import replace

from askwell.app.desk import Desk
from askwell.ledger.intros import ROLES
from askwell.ledger.person import Person


def join(desk: Desk, action: int, person: Person, twin: Person) -> Person:
    """Put everything of the twin to the person, who keeps what they have and gets what they lack.

    Entries that name the twin by their key are said again of the person; those that name an address
    go with it.
    """
    joined = replace(
        person,
        addresses=tuple(dict.fromkeys((*person.addresses, *twin.addresses))),
        org=person.org or twin.org,
        title=person.title or twin.title,
        tags=tuple(dict.fromkeys((*person.tags, *twin.tags))),
        floor=person.floor or twin.floor,
        met=person.met or twin.met,
    )

    def name(end: str) -> str:
        return person.key if end == twin.key else end

    entries = [
        replace(
            said,
            by=name(said.by),
            to=tuple(map(name, said.to)),
            more=tuple((role, name(who) if role in ROLES else who) for role, who in said.more),
            id="",
        )
        for said in desk.store.said(twin.key)
        if twin.key in (said.by, *said.to)
    ]
    desk.store.drop_person(action, twin.key)
    desk.store.put_people(action, (joined,), entries)
    return joined
