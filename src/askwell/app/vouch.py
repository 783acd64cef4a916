"""Whether the user vouches for somebody's work: asked outright, said, kept, and undoable (MODEL.md 3.9)."""

from __future__ import annotations

from dataclasses import replace

from askwell.app.desk import Desk
from askwell.app.newcomers import free_key
from askwell.app.people import find
from askwell.errors import AskwellError
from askwell.ledger.entries import Said
from askwell.ledger.person import ME, Person
from askwell.words import say


def vouch(desk: Desk, who: str, yes: bool, words: str = "") -> Said:
    """Say whether one vouches for somebody's work. Somebody who is not in the ledger yet is put in.

    Raises AskwellError if several people could be meant.
    """
    person = _found(desk, who)
    action = desk.store.begin(desk.now, "vouch", f"{say('yes') if yes else say('no')}: {who}")
    if person is None:
        person = Person(free_key(who, {one.key for one in desk.store.people()}), who.strip())
        desk.store.put_person(action, person)
    entry = Said(desk.now, "vouch", ME, (person.key,), "yes" if yes else "no", words)
    return replace(entry, id=desk.store.say(action, entry))


def _found(desk: Desk, who: str) -> Person | None:
    if not who.strip():
        raise AskwellError(say("For whom?"), say("Give a short name, a name or an address."))
    try:
        return find(desk, who)
    except AskwellError:
        known = [one for one in desk.store.people() if who.casefold() in one.name.casefold()]
        if known or "@" in who:
            raise
        return None


def vouched(desk: Desk, person: Person) -> Said | None:
    """The user's last word on whether they vouch for somebody."""
    ends = {person.key, *person.addresses}
    said = [one for one in desk.store.said(person.key) if one.kind == "vouch" and ends & set(one.to)]
    return said[-1] if said else None
