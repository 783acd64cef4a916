"""`askwell today`: whom to thank, tell, give back to, write to, and leave in peace. Empty is a good day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from askwell.app.desk import Desk
from askwell.app.network import Progress, network
from askwell.judge import wording
from askwell.judge.line import Due, Line
from askwell.ledger.person import Person
from askwell.ledger.rapport import rank

RECONNECT = 3
PEACE_SHOWN = 12
LISTS = ("thank", "tell", "give_back", "reconnect", "leave_in_peace")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on today's list: whom, what for in a few words, since when, and what it rests on."""

    person: str
    name: str
    what: str
    day: date
    source: str = ""
    quote: str = ""
    until: date | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "person": self.person,
            "name": self.name,
            "for": self.what,
            "date": self.day.isoformat(),
            "source": self.source,
            "quote": self.quote,
        } | ({"until": self.until.isoformat()} if self.until else {})


@dataclass(frozen=True, slots=True)
class Today:
    """Today's five lists."""

    day: date
    thank: tuple[Item, ...] = ()
    tell: tuple[Item, ...] = ()
    give_back: tuple[Item, ...] = ()
    reconnect: tuple[Item, ...] = ()
    leave_in_peace: tuple[Item, ...] = ()

    def to_json(self) -> dict[str, Any]:
        lists = {name: [item.to_json() for item in getattr(self, name)] for name in LISTS}
        return {"schema": "askwell.today/1", "date": self.day.isoformat(), **lists}


def today(desk: Desk, progress: Progress | None = None) -> Today:
    """The lists of the desk's day, over everybody in the ledger. `progress` is told how many of how many
    people were worked out, where that had to be done."""
    lines = network(desk, progress).lines
    return Today(
        desk.today,
        _newest(_item(one, due, desk) for one in lines for due in one.thank),
        _newest(_item(one, due, desk) for one in lines for due in one.tell),
        _newest(_item(one, one.give_back, desk) for one in lines if one.give_back),
        tuple(_reconnect(one) for one in _chosen(lines, desk.today)),
        _newest(_peace(one, one.peace, desk) for one in lines if one.peace and not one.personal)[
            :PEACE_SHOWN
        ],
    )


def _newest(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda one: (-one.day.toordinal(), one.person)))


def _item(found: Line, due: Due, desk: Desk) -> Item:
    person = found.person
    what = wording.done(desk.lang, due.about) if due.about else due.quote
    return Item(person.key, person.name, what, due.day, due.source, due.quote)


def _peace(found: Line, due: Due, desk: Desk) -> Item:
    person, what = found.person, wording.asked(desk.lang, due.about)
    return Item(person.key, person.name, what, due.day, due.source, due.quote, found.until)


def _reconnect(found: Line) -> Item:
    person = found.person
    return Item(person.key, person.name, _where(person), found.last or date.min)


def _where(person: Person) -> str:
    return ", ".join(one for one in (person.title, person.org) if one)


def _chosen(lines: Iterable[Line], day: date) -> list[Line]:
    """At most three a week: one who was closest, and others in turn, so that it is not always the same
    familiar few (MODEL.md 2c, dormant ties). The same all week."""
    resting = [one for one in lines if one.reconnect and not one.until]
    resting.sort(key=lambda one: (-rank(one.was), one.person.key))
    if len(resting) <= RECONNECT:
        return resting
    year, week, _ = day.isocalendar()
    rest = resting[1:]
    start = (year * 53 + week) * (RECONNECT - 1) % len(rest)
    return [resting[0], *(rest[(start + n) % len(rest)] for n in range(RECONNECT - 1))]
