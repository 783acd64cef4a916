"""`askwell person`: what passed between the user and somebody, to read before a meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from askwell.app.desk import Desk
from askwell.app.histories import history
from askwell.app.people import find
from askwell.app.priors import priors
from askwell.judge import wording
from askwell.judge.standing import Standing, standing
from askwell.ledger.favours import Favour
from askwell.ledger.history import MINE, OPEN, THEIRS, Event, History
from askwell.ledger.person import Person

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Page:
    """A person, all that passed, and where things stand today."""

    person: Person
    history: History
    standing: Standing
    lang: str

    @property
    def asked(self) -> tuple[Event, ...]:
        """Favours that the user asked of them, newest first."""
        return tuple(one for one in reversed(self.history.of("ask", by=MINE)) if one.favour)

    @property
    def asked_of_me(self) -> tuple[Event, ...]:
        return tuple(one for one in reversed(self.history.of("ask", by=THEIRS)) if one.favour)

    @property
    def met(self) -> tuple[Event, ...]:
        """Meetings and introductions, newest first."""
        return tuple(reversed(self.history.of("meeting", "intro", "introduction_made")))

    def to_json(self) -> dict[str, Any]:
        bearing = self.standing.bearing
        tie = bearing.rapport
        events = self.history.events
        return {
            "schema": "askwell.person/1",
            "person": self.person.key,
            "name": self.person.name,
            "addresses": list(self.person.addresses),
            "org": self.person.org,
            "title": self.person.title,
            "tags": list(self.person.tags),
            "circle": self.person.circle,
            "stage": tie.stage,
            "was": tie.was or None,
            "how_you_met": self.person.met or None,
            "first_contact": events[0].at.date().isoformat() if events else None,
            "last_contact": tie.last.isoformat() if tie.last else None,
            "usual_gap_days": self.standing.pace.usual_gap,
            "messages": {side: len(self.history.of("message", by=side)) for side in (MINE, THEIRS)},
            "asked": [_event(one) for one in self.asked],
            "asked_of_me": [_event(one) for one in self.asked_of_me],
            "had_from_them": [_favour(one, self.lang) for one in bearing.received],
            "did_for_them": [_favour(one, self.lang) for one in bearing.given],
            "met": [_event(one) for one in self.met],
            "thank": [_favour(one, self.lang) for one in self.standing.thank],
            "tell": [_favour(one, self.lang) for one in self.standing.tell],
            "needs": [_event(one) for one in self.standing.needs],
            "notes": [_event(one) for one in self.history.of("note")],
            "bears": self.standing.bears or None,
            "too_much": self.standing.too_much or None,
            "ask_nothing_until": self.standing.peace.isoformat() if self.standing.peace else None,
            "quiet": self.standing.quiet.state,
        }


def person(desk: Desk, who: str) -> Page:
    """The page of one person. Raises AskwellError if nobody or several people fit."""
    found = find(desk, who)
    known = standing(history(desk.store, found), desk.today, priors(desk))
    return Page(found, known.bearing.history, known, desk.lang)


def still_open(events: Iterable[Event]) -> tuple[Event, ...]:
    """Asks that have no answer yet."""
    return tuple(one for one in events if one.outcome in OPEN)


def _event(one: Event) -> dict[str, Any]:
    return {
        "date": one.at.date().isoformat(),
        "what": one.kind,
        "about": one.about or None,
        "by": one.by,
        "outcome": one.outcome or None,
        "quote": one.text,
        "source": one.source,
    }


def _favour(one: Favour, lang: str) -> dict[str, Any]:
    return {
        "date": one.day.isoformat(),
        "what": wording.done(lang, one.what),
        "thanked": one.thanked,
        "told": one.told,
        "came_of_it": one.led.text if one.led else None,
        "quote": one.words,
        "source": one.source,
    }
