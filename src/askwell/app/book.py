"""Whose a card is: the people of the ledger by address, while an import adds to them.

Links are made only where the user's own data say so: the same card again, the same profile, or an e-mail
address that belongs to exactly one person whose name may be the card's. A name alone links nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from askwell.app.desk import Desk
from askwell.app.newcomers import free_key, name_of, tidy_name
from askwell.app.people import fold
from askwell.ledger import cards
from askwell.ledger.person import Person
from askwell.sources.bulk import is_shared
from askwell.sources.identity import card_address
from askwell.sources.record import Contact
from askwell.words import later

_FIRM = re.compile(
    r"\b(?:asa?|ab|aps|oy|gmbh|ltd|llc|inc|plc|corp|kommune|fylkeskommune|legesenter|tannlege\w*|taxi"
    r"|bibliotek|sykehus|sjukehus|skole|barnehage)\.?$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+")
_TITLES = {"mr", "mrs", "ms", "dr", "prof", "jr", "sr", "herr", "fru"}


class Book:
    """Everybody in the ledger, and what was added since; nothing is kept before `Book.changed` is."""

    def __init__(self, desk: Desk) -> None:
        self.mine = desk.mine
        self.people = {one.key: one for one in desk.store.people()}
        self.owners: dict[str, list[str]] = {}
        for one in self.people.values():
            for address in one.addresses:
                self.owners.setdefault(address, []).append(one.key)
        self.taken = set(self.people)
        self.changed: dict[str, Person] = {}
        self.met: list[str] = []
        self.texts: dict[str, list[str]] = {}
        for said in desk.store.said():
            if said.kind == "card" and said.to:
                self.texts.setdefault(said.to[0], []).append(said.text)
        self._rows: Counter[str] = Counter()

    def why_not(self, contact: Contact) -> str:
        """Why a card makes nobody a person, or nothing."""
        if self.mine.intersection((*contact.addresses, contact.identity)):
            return later("your own card")
        shared = bool(contact.addresses) and all(map(is_shared, contact.addresses))
        firm = not contact.person and _FIRM.search(contact.name) is not None
        if not contact.person and (contact.organisation or firm or shared):
            return later("an organisation or a shared mailbox")
        if not (contact.name or contact.addresses):
            return later("a card without a name or an address")
        return ""

    def keep(self, contact: Contact) -> tuple[str, str] | None:
        """Put a card to its person, who is made if there is none. Returns the address that the card is
        kept under and its text; None if all of it is known."""
        text = as_text(contact)
        if any(self._knows(one, text) for one in (contact.identity, *contact.addresses)):
            return None
        there = self._whose(contact)
        free = [one for one in contact.addresses if not is_shared(one) and one not in self.owners]
        own = [one for one in contact.addresses if there and one in there.addresses]
        identity = contact.identity if self._is_free(contact.identity, there) else ""
        homes = [one for one in (identity, *own, *free) if one] or [self._row(contact)]
        under = homes[0]
        if self._knows(under, text):
            return None
        there = there or self._only(under)
        known = self.texts.setdefault(under, [])
        stand_ins = [one for one in (under, *contact.profiles) if one not in self.owners]
        addresses = tuple(dict.fromkeys((*free, *stand_ins)))
        if there:
            person = _merged(there, contact, known[-1] if known else "", addresses)
        else:
            person = self._new(contact, addresses)
        if person != there:
            self._put(person)
        known.append(text)
        return under, text

    def _knows(self, under: str, text: str) -> bool:
        """Whether this card was put to somebody before; what the user did with it since then stays."""
        return under in self.owners and text in self.texts.get(under, ())

    def _is_free(self, identity: str, there: Person | None) -> bool:
        return identity not in self.owners or (there is not None and identity in there.addresses)

    def _whose(self, contact: Contact) -> Person | None:
        """The person that the card's own data lead to. Programs that number their cards give one number
        in two books to two people: a card whose name and addresses are all others is not the same."""
        for stand_in in (contact.identity, *contact.profiles):
            found = self._only(stand_in)
            if found and (
                may_be_one(found.name, contact.name, "")
                or set(found.addresses).intersection(contact.addresses)
            ):
                return found
        for address in contact.addresses:
            found = self._only(address)
            if found and not is_shared(address) and may_be_one(found.name, contact.name, address):
                return found
        return None

    def _only(self, address: str) -> Person | None:
        keys = self.owners.get(address, ())
        return self.people[keys[0]] if len(keys) == 1 else None

    def _row(self, contact: Contact) -> str:
        """A stand-in for a card that has no identity and no address of its own: by all that it says, and
        the how-manieth of those it is, so that the same book gives the same people again."""
        said = as_text(contact)
        self._rows[said] += 1
        return card_address("row", said, str(self._rows[said]))

    def _new(self, contact: Contact, addresses: tuple[str, ...]) -> Person:
        name = said_name(contact) or name_of(next(iter(contact.addresses or addresses)))
        key = free_key(name, self.taken)
        self.taken.add(key)
        self.met.append(key)
        return Person(key, name, addresses, contact.org, contact.title, tags(contact), met=contact.met)

    def _put(self, person: Person) -> None:
        self.people[person.key] = self.changed[person.key] = person
        for address in person.addresses:
            keys = self.owners.setdefault(address, [])
            if person.key not in keys:
                keys.append(person.key)


def as_text(contact: Contact) -> str:
    """What the card says, as the text of an entry."""
    return cards.write(
        [
            ("name", contact.name),
            *(("email", one) for one in contact.addresses),
            *(("phone", one) for one in contact.phones),
            ("org", contact.org),
            ("title", contact.title),
            ("note", contact.note),
            ("nickname", contact.nickname),
            ("born", contact.born),
            *(("tag", one) for one in contact.tags),
            ("met", contact.met),
            *(("profile", one) for one in contact.profiles),
            *(("more", f"{name}\t{value}") for name, value in contact.extra),
        ]
    )


def tags(contact: Contact) -> tuple[str, ...]:
    """The card's labels as tags, which a story separates by commas."""
    return tuple(dict.fromkeys(one.replace(",", " ").strip() for one in contact.tags if one.strip(" ,")))


def _merged(there: Person, contact: Contact, before: str, addresses: tuple[str, ...]) -> Person:
    """The person with what the card adds. What the user has changed since the last import stays."""

    def newer(has: str, field: str, says: str) -> str:
        return says if says and (not has or has in cards.field(before, field)) else has

    guessed = any(there.name == name_of(one) for one in there.addresses) or there.name in [
        said_name(replace(contact, name=one)) for one in cards.field(before, "name")
    ]
    name = newer("" if guessed else there.name, "name", said_name(contact)) or there.name
    return replace(
        there,
        name=name,
        addresses=tuple(dict.fromkeys((*there.addresses, *addresses))),
        org=newer(there.org, "org", contact.org),
        title=newer(there.title, "title", contact.title),
        tags=tuple(dict.fromkeys((*there.tags, *tags(contact)))),
        met=newer(there.met, "met", contact.met),
    )


def may_be_one(one: str, other: str, address: str) -> bool:
    """Whether two names seen with the same address may be one person's: they share a given name, one
    of them is hardly a name, or it was guessed from the address. A family at one address does not."""
    first, second = _names(one), _names(other)
    if len(first) < 2 or len(second) < 2 or name_of(address) in (one, other):
        return True
    return any(_same(first[0], name) for name in second) or any(_same(second[0], name) for name in first)


def _names(name: str) -> list[str]:
    return [word for word in _WORDS.findall(fold(tidy_name(name))) if word not in _TITLES]


def _same(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def said_name(contact: Contact) -> str:
    """The card's name as one says it; of a person's without the degrees behind it."""
    before, comma, _ = contact.name.partition(",")
    whole = contact.person and comma and len(before.split()) > 1
    return tidy_name(before if whole else contact.name)


def everything(contacts: Iterable[Contact]) -> set[str]:
    """All addresses and stand-ins on these cards."""
    return {one for card in contacts for one in (card.identity, *card.addresses, *card.profiles) if one}
