"""`askwell forget`: a person's data out of every table and index, for good; shows that it is so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from askwell.app import dav, held
from askwell.app.desk import Desk
from askwell.app.people import find
from askwell.ledger.person import Person


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Whom, how much was removed by table, and what a look afterwards still found (nothing)."""

    person: Person
    removed: dict[str, int]
    left: int

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "askwell.forget/1",
            "person": self.person.key,
            "name": self.person.name,
            "removed": self.removed,
            "left": self.left,
        }


def look(desk: Desk, who: str) -> tuple[Person, int]:
    """Who is meant, and how many messages would go: to ask before doing it."""
    person = find(desk, who)
    return person, sum(1 for _ in desk.store.exchanges(person.addresses)) if person.addresses else 0


def forget(desk: Desk, who: str) -> Forgotten:
    """Remove all of a person's data. Cannot be undone."""
    person = find(desk, who)
    dav.forget(desk, person.addresses)  # first, so that the store wipes what this leaves behind
    held.forget(desk.home, person.addresses)
    removed = desk.store.forget(person.key)
    left = sum(1 for _ in desk.store.exchanges(person.addresses)) if person.addresses else 0
    return Forgotten(person, removed, left + (desk.store.person(person.key) is not None))
