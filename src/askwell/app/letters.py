"""Letters without an ask, as the verbs thank, told, offer and quiet hand them out: `askwell.letter/1`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from askwell.app.desk import Desk
from askwell.app.histories import history
from askwell.app.priors import priors
from askwell.errors import AskwellError
from askwell.judge.clauses import Note
from askwell.judge.standing import Standing, standing
from askwell.judge.thanks import Help
from askwell.judge.wording import LANGUAGES
from askwell.ledger.favours import Favour
from askwell.ledger.history import Event
from askwell.ledger.person import ME, Person
from askwell.words import say


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters to one person, the most fitting first, and how many more there would be."""

    person: Person
    notes: tuple[Note, ...] = ()
    more: int = 0

    @property
    def to(self) -> str:
        """Their first address that a letter can go to, or nothing."""
        return next((one for one in self.person.addresses if not one.endswith(".invalid")), "")

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "askwell.letter/1",
            "person": self.person.key,
            "name": self.person.name,
            "to": self.to or None,
            "letters": [one.to_json() for one in self.notes],
            "more": self.more,
        }


def stands(desk: Desk, person: Person) -> Standing:
    """Where things stand with a person today."""
    return standing(history(desk.store, person), desk.today, priors(desk))


def tongue(desk: Desk, person: Person, chosen: str = "") -> str:
    """The language of a letter: as chosen, else that of most letters between the two, else the user's own.
    Raises AskwellError for one that Askwell does not write."""
    if chosen and chosen not in LANGUAGES:
        raise AskwellError(
            say('Askwell writes no letters in "{lang}".', lang=chosen),
            say("Choose one of {choices}.", choices=", ".join(LANGUAGES)),
        )
    mail = desk.store.exchanges(person.addresses) if person.addresses and not chosen else ()
    counts = Counter(one.reading.language for one in mail if one.reading)
    spoken = counts.most_common(1)[0][0] if counts else ""
    own = next((one for one in desk.profile.languages if one in LANGUAGES), desk.lang)
    return chosen or spoken or own


def help_of(desk: Desk, favour: Favour, person: Person) -> Help:
    """A help with whom the user was introduced to by it, if exactly one person is on record."""
    event = favour.event
    if event.kind == "intro":
        others = _introduced(desk, event, person)
    elif event.kind == "introduction_made":
        message = desk.store.message(event.source)
        ends = (*message.to, *message.cc) if message else ()
        owners = (desk.store.owner(one) for one in ends if one not in desk.mine)
        others = {one.name for one in owners if one and one.key != person.key}
    else:
        return Help(favour)
    named = {one for one in others if "@" not in one}
    return Help(favour, named.pop(), event.source) if len(named) == len(others) == 1 else Help(favour)


def _introduced(desk: Desk, event: Event, person: Person) -> set[str]:
    entry = next((one for one in desk.store.said(person.key) if one.id == event.source), None)
    ends = set(entry.to) - {ME, person.key} if entry else set()
    people = (desk.store.owner(one) if "@" in one else desk.store.person(one) for one in ends)
    return {one.name for one in people if one}
