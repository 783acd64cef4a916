"""`askwell quiet`: who has not answered for long, what came before, and one letter that asks for nothing.

Most silence is slowness. Nothing here says that somebody has gone, or why; what came before is told in
order, and called a cause only where the user's own mail bears that out (MODEL.md 3.6).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from askwell.app.desk import Desk
from askwell.app.intros import introductions
from askwell.app.letters import help_of, stands, tongue
from askwell.app.network import network
from askwell.app.people import find
from askwell.judge.clauses import Note
from askwell.judge.mending import Turned, heavy, letter, mended, pressed
from askwell.judge.standing import Standing
from askwell.judge.telling import quote
from askwell.ledger.favours import REMEMBERED
from askwell.ledger.history import MINE, Event
from askwell.ledger.person import ME, Person
from askwell.words import say, say_many


@dataclass(frozen=True, slots=True)
class Before:
    """One thing that came before the silence: `what` is ask, nudge or intro; `patterns` how it was worded."""

    what: str
    day: date
    about: str
    quote: str
    source: str
    patterns: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "date": self.day.isoformat(),
            "about": self.about or None,
            "quote": self.quote,
            "source": self.source,
            "patterns": list(self.patterns),
        }


@dataclass(frozen=True, slots=True)
class Silence:
    """How things stand with one person after the last ask: `state` is one of `ledger.quiet.STATES`. `said`
    tells it in a sentence or two; `mended` is when the user has said sorry since: then there is no letter."""

    person: Person
    state: str
    days: int
    said: str
    before: tuple[Before, ...] = ()
    note: Note | None = None
    mended: date | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "person": self.person.key,
            "name": self.person.name,
            "state": self.state,
            "days": self.days,
            "said": self.said,
            "before": [one.to_json() for one in self.before],
            "letter": self.note.to_json() if self.note else None,
            "mended": self.mended.isoformat() if self.mended else None,
        }


@dataclass(frozen=True, slots=True)
class Silences:
    """Those who have been quiet, the longest known to the user first."""

    people: tuple[Silence, ...]

    def to_json(self) -> dict[str, Any]:
        return {"schema": "askwell.quiet/1", "people": [one.to_json() for one in self.people]}


def quiet(desk: Desk, who: str = "", *, lang: str = "") -> Silences:
    """The professional contacts who have been quiet after an ask, or how things stand with one person.

    Raises AskwellError if nobody or several people fit, or for a language that Askwell does not write.
    """
    if who:
        return Silences((_silence(desk, find(desk, who), lang),))
    lines = [one for one in network(desk).lines if one.quiet == "quiet" and not one.personal]
    lines.sort(key=lambda one: (one.rank, one.person.key), reverse=True)
    return Silences(tuple(_silence(desk, one.person, lang) for one in lines))


def _silence(desk: Desk, person: Person, lang: str) -> Silence:
    found = stands(desk, person)
    still, bearing = found.quiet, found.bearing
    turned = _turned(desk, person)
    since = mended(bearing, still)
    note = None
    due = still.state == "quiet" or (turned is not None and not _told_sorry(found, turned))
    if due and since is None:
        recent = [one for one in bearing.received if (desk.today - one.day).days <= REMEMBERED]
        had = help_of(desk, recent[-1], person) if recent else None
        note = letter(bearing, still, turned, had, tongue(desk, person, lang), desk.profile.name)
    before = _before(found, turned) if still.state != "in_touch" or turned else ()
    said = _said(found)
    return Silence(person, still.state, still.days, said, before, note, since.at.date() if since else None)


def _said(found: Standing) -> str:
    """What can be said of the silence with care."""
    still = found.quiet
    if still.state == "in_touch" or still.ask is None:
        return say("Nothing of yours waits for an answer, as far as is known.")
    said = say_many("No reply for a day.", "No reply for {count} days.", still.days)
    if not still.known:
        return say("No reply yet.")
    if still.state == "waiting":
        return said + " " + say("That is no longer than usual.")
    if still.still > 0:
        said += " " + say(
            "About 1 in {count} answers like this still came.", count=max(2, round(1 / still.still))
        )
    if still.says_cause:
        said += " " + say("Asks like this are answered more rarely than your other mail to them.")
    return said


def _before(found: Standing, turned: Turned | None) -> tuple[Before, ...]:
    """The ask, reminders after it, an introduction that turned out otherwise: in order of time."""
    still = found.quiet
    events: list[tuple[str, Event]] = [("intro", turned.event)] if turned else []
    if still.ask:
        events.append(("ask", still.ask))
        nudges = found.bearing.history.of("nudge", by=MINE)
        events += [("nudge", one) for one in nudges if one.at > still.ask.at]
    events.sort(key=lambda pair: pair[1].at)
    hurried = {one.source for one in pressed(found.bearing, still)}
    return tuple(
        Before(
            what,
            one.at.date(),
            one.about,
            quote(one.text),
            one.source,
            _worded(what, one, hurried, sorry=heavy(still)),
        )
        for what, one in events
    )


def _worded(what: str, event: Event, hurried: set[str], *, sorry: bool) -> tuple[str, ...]:
    if what == "nudge" and event.source in hurried:
        return ("pressed_again",)
    return event.patterns if sorry else ()


def _turned(desk: Desk, person: Person) -> Turned | None:
    """The newest introduction of the user's in which they were told one thing and asked another."""
    for one in reversed(introductions(desk, person)):
        if one.by == ME and person.key in one.burned:
            other = next(iter(one.pair - {person.key}), "")
            known = desk.store.owner(other) if "@" in other else desk.store.person(other)
            made = one.step("made") or one.steps[-1]
            event = Event(made.at, "intro", MINE, one.actually, made.source, purpose=one.purpose)
            return Turned(known.name if known else other, event)
    return None


def _told_sorry(found: Standing, turned: Turned) -> bool:
    """Whether the user has said sorry since."""
    return any(one.at >= turned.event.at for one in found.bearing.history.of("apology", by=MINE))
