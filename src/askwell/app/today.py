"""`askwell today`: whom to thank, tell, give back to, write to, and leave in peace. Empty is a good day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from askwell.app.desk import Desk
from askwell.app.histories import histories
from askwell.app.priors import priors
from askwell.judge import wording
from askwell.judge.standing import Standing, standing
from askwell.ledger.favours import Favour
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


def today(desk: Desk) -> Today:
    """The lists of the desk's day, over everybody in the ledger."""
    known = priors(desk)
    standings = [standing(one, desk.today, known) for one in histories(desk.store)]
    thank = [_favour(s, favour, desk) for s in standings for favour in s.thank]
    tell = [_favour(s, favour, desk) for s in standings for favour in s.tell if favour not in s.thank]
    peace = [_peace(s, desk) for s in standings if s.peace_for and s.peace and not s.bearing.personal]
    return Today(
        desk.today,
        _newest(thank),
        _newest(tell),
        _newest(_give_back(standings, desk)),
        tuple(_reconnect(s) for s in _chosen(standings, desk.today)),
        _newest(peace)[:PEACE_SHOWN],
    )


def _newest(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda one: (-one.day.toordinal(), one.person)))


def _favour(found: Standing, favour: Favour, desk: Desk) -> Item:
    person = found.bearing.person
    what = wording.done(desk.lang, favour.what)
    return Item(person.key, person.name, what, favour.day, favour.source, favour.words[:160])


def _give_back(standings: Iterable[Standing], desk: Desk) -> Iterable[Item]:
    """Those who have helped and said what they look for; else those who have helped much."""
    for one in standings:
        if not one.give_back or one.thank:  # thanks come before gifts
            continue
        person, helped = one.bearing.person, one.bearing.received
        if one.needs:
            need = one.needs[0]
            yield Item(person.key, person.name, need.text[:160], need.at.date(), need.source, need.text[:160])
        elif helped:
            yield _favour(one, helped[-1], desk)


def _peace(found: Standing, desk: Desk) -> Item:
    person, ask = found.bearing.person, found.peace_for
    if ask is None:
        raise ValueError(person.key)
    what = wording.asked(desk.lang, ask.about)
    return Item(person.key, person.name, what, ask.at.date(), ask.source, ask.text[:160], found.peace)


def _reconnect(found: Standing) -> Item:
    person = found.bearing.person
    last = found.bearing.rapport.last or date.min
    return Item(person.key, person.name, _where(person), last)


def _where(person: Person) -> str:
    return ", ".join(one for one in (person.title, person.org) if one)


def _chosen(standings: Iterable[Standing], day: date) -> list[Standing]:
    """At most three a week: one who was closest, and others in turn, so that it is not always the same
    familiar few (MODEL.md 2c, dormant ties). The same all week."""
    resting = [one for one in standings if one.reconnect and not one.peace]
    resting.sort(key=lambda one: (-rank(one.bearing.rapport.was), one.bearing.person.key))
    if len(resting) <= RECONNECT:
        return resting
    year, week, _ = day.isocalendar()
    rest = resting[1:]
    start = (year * 53 + week) * (RECONNECT - 1) % len(rest)
    return [resting[0], *(rest[(start + n) % len(rest)] for n in range(RECONNECT - 1))]
