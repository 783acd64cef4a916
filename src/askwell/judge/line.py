"""A person in one line: what lists and overviews show of where things stand.

Worked out from a standing, small enough to be kept for everybody, and exactly what `standing` gives.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from askwell.judge.standing import Standing
from askwell.ledger.favours import Favour
from askwell.ledger.history import MINE, THEIRS, Event
from askwell.ledger.mirror import Asking, asking, packed, unpacked
from askwell.ledger.person import Person
from askwell.ledger.rapport import rank

QUOTED = 160


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that may be due: `about` is the kind of favour or ask ("" for a need, which speaks for
    itself), with the words it rests on and the message or entry that they are from."""

    about: str
    day: date
    source: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Where things stand with one person.

    `was` is the stage of a tie that rests; `first` is the day of the first event and `last` that of the last
    contact; `written` and `received` count messages of the user's and of theirs. `helped` and `asked` are
    the last days on which they did something for the user, and the user asked them a favour, `favours` and
    `asks` how often; `gave` and `given` the same of what the user did for them. `quiet` is a state of
    `ledger.quiet`. Then what is due: favours to `thank` for and to `tell` how it went, newest first;
    something to `give_back`; whether to `reconnect`; and the ask after which to leave them in `peace`,
    `until` a day. `bears` and `too_much` are rungs of `standing.LADDER`; `mirrored` is what
    the mirror shows of the two, as text, since few look at it.
    """

    person: Person
    stage: str
    was: str = ""
    first: date | None = None
    last: date | None = None
    written: int = 0
    received: int = 0
    helped: date | None = None
    favours: int = 0
    asked: date | None = None
    asks: int = 0
    gave: date | None = None
    given: int = 0
    quiet: str = "in_touch"
    thank: tuple[Due, ...] = ()
    tell: tuple[Due, ...] = ()
    give_back: Due | None = None
    reconnect: bool = False
    peace: Due | None = None
    until: date | None = None
    bears: str = ""
    too_much: str = ""
    mirrored: str = ""

    @property
    def asking(self) -> Asking:
        """What the mirror shows of the two."""
        return unpacked(json.loads(self.mirrored)) if self.mirrored else Asking()

    @property
    def personal(self) -> bool:
        """Of the circle that is not coached."""
        return self.person.circle == "personal"

    def contact_json(self) -> dict[str, Any]:
        """How well they are known and when the last contact was, as the JSON of all doors shows it."""
        return {
            "stage": self.stage,
            "was": self.was or None,
            "last_contact": self.last.isoformat() if self.last else None,
        }

    @property
    def rank(self) -> tuple[float, float, int, int]:
        """How near they are: by stage, what it was, messages of the side that wrote less, and last contact.
        The same all day and, unlike points, the same tomorrow."""
        last = self.last.toordinal() if self.last else 0
        both = min(self.written, self.received)
        return (rank(self.stage), rank(self.was) if self.was else 0.0, both, last)


def line(found: Standing) -> Line:
    """The line of a standing."""
    bearing, tie = found.bearing, found.bearing.rapport
    events = bearing.history.events
    mine = sum(1 for one in events if one.kind == "message" and one.by == MINE)
    theirs = sum(1 for one in events if one.kind == "message" and one.by == THEIRS)
    return Line(
        bearing.person,
        tie.stage,
        tie.was,
        events[0].at.date() if events else None,
        tie.last,
        mine,
        theirs,
        *_latest(one.day for one in bearing.received),
        *_latest(one.at.date() for one in bearing.asks),
        *_latest(one.day for one in bearing.given),
        found.quiet.state,
        tuple(_favour(one) for one in found.thank),
        tuple(_favour(one) for one in found.tell if one not in found.thank),
        _give_back(found),
        found.reconnect,
        _asked(found.peace_for) if found.peace and found.peace_for else None,
        found.peace,
        found.bears,
        found.too_much,
        _mirrored(asking(bearing.acts, bearing.today, bearing.received, bearing.given)),
    )


def _mirrored(one: Asking) -> str:
    found = packed(one)
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else ""


def _latest(days: Iterable[date]) -> tuple[date | None, int]:
    found = list(days)
    return (max(found) if found else None), len(found)


def _favour(one: Favour) -> Due:
    return Due(one.what, one.day, one.source, one.words[:QUOTED])


def _asked(ask: Event) -> Due:
    return Due(ask.about, ask.at.date(), ask.source, ask.text[:QUOTED])


def _give_back(found: Standing) -> Due | None:
    """For those who have helped much: what they have said that they look for, else their last help."""
    if not found.give_back or found.thank:  # thanks come before gifts
        return None
    if found.needs:
        need = found.needs[0]
        return Due("", need.at.date(), need.source, need.text[:QUOTED])
    helped = found.bearing.received
    return _favour(helped[-1]) if helped else None


# -- kept as text ----------------------------------------------------------------------------------
def pack(one: Line) -> str:
    """The line as compact JSON. The order of the fields is the format."""
    who = one.person
    fields = [
        [
            who.key,
            who.name,
            who.addresses,
            who.org,
            who.title,
            who.tags,
            who.circle,
            who.floor,
            who.say,
            who.met,
        ],
        one.stage,
        one.was,
        *map(_number, (one.first, one.last)),
        one.written,
        one.received,
        _number(one.helped),
        one.favours,
        _number(one.asked),
        one.asks,
        _number(one.gave),
        one.given,
        one.quiet,
        [_packed(due) for due in one.thank],
        [_packed(due) for due in one.tell],
        _packed(one.give_back),
        one.reconnect,
        _packed(one.peace),
        _number(one.until),
        one.bears,
        one.too_much,
        one.mirrored,
    ]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def unpack(texts: Iterable[str]) -> list[Line]:
    """Lines again, many at once. Raises ValueError for what `pack` cannot have written."""
    try:
        return [_line(*fields) for fields in json.loads("[" + ",".join(texts) + "]")]
    except (TypeError, IndexError, AttributeError) as error:
        raise ValueError("this is no line of a person") from error


def _line(who: list[Any], stage: str, was: str, *rest: Any) -> Line:
    key, name, addresses, org, title, tags, circle, floor, say, met = who
    person = Person(key, name, tuple(addresses), org, title, tuple(tags), circle, floor, say, met)
    first, last, written, received, helped, favours, asked, asks, gave, given, quiet, *due = rest
    thank, tell, give_back, reconnect, peace, until, bears, too_much, mirrored = due
    return Line(
        person,
        stage,
        was,
        _day(first),
        _day(last),
        written,
        received,
        _day(helped),
        favours,
        _day(asked),
        asks,
        _day(gave),
        given,
        quiet,
        tuple([_due(one) for one in thank]) if thank else (),
        tuple([_due(one) for one in tell]) if tell else (),
        _due(give_back) if give_back else None,
        reconnect,
        _due(peace) if peace else None,
        _day(until),
        bears,
        too_much,
        mirrored,
    )


def _packed(due: Due | None) -> list[Any] | None:
    return None if due is None else [due.about, due.day.toordinal(), due.source, due.quote]


def _due(kept: list[Any]) -> Due:
    about, day, source, quote = kept
    return Due(about, date.fromordinal(day), source, quote)


def _number(day: date | None) -> int:
    return day.toordinal() if day else 0


def _day(number: int) -> date | None:
    return date.fromordinal(number) if number else None
