"""Putting a story into the ledger: what it says of the user and of people, its entries, its messages."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from askwell.app.desk import own_addresses
from askwell.errors import AskwellError
from askwell.ledger.entries import Correction, Message, Said
from askwell.ledger.intros import ROLES
from askwell.ledger.person import ME, Person, Profile
from askwell.ledger.story import Story
from askwell.words import say

if TYPE_CHECKING:
    from askwell.app.desk import Desk
    from askwell.app.report import Report

NO_ADDRESS = "@askwell.invalid"


def tell(desk: Desk, action: int, story: Story, report: Report) -> list[Message]:
    """Keep people and entries of a story; returns its messages with addresses put in for names.

    What the ledger has already is not kept twice. With `report.dry` nothing is kept.
    """
    if not report.dry:
        _introduce(desk, story.profile)
    keys = {one.key: _keep_person(desk, action, one, story, dry=report.dry) for one in story.people}
    addresses = {one.key: _address(one) for one in story.people}
    mine = (*story.profile.addresses, *desk.profile.addresses)
    addresses[ME] = mine[0] if mine else ME + NO_ADDRESS
    before: tuple[Said | Correction, ...] = (*desk.store.said(), *desk.store.corrections())
    had = Counter(map(_plain, before))
    messages = []
    for entry in story.entries:
        report.read += 1
        if isinstance(entry, Message):
            messages.append(_with_addresses(entry, addresses))
            continue
        renamed = _renamed(entry, keys)
        if had[_plain(renamed)] > 0:
            had[_plain(renamed)] -= 1
            report.known += 1
        else:
            report.said += 1
            if not report.dry:
                desk.store.say(action, renamed)
    return messages


def _introduce(desk: Desk, profile: Profile) -> None:
    """Keep what the story says of the user, where nothing was said before."""
    if profile == Profile():
        return
    kept = json.loads(desk.store.get("profile") or "{}")
    said = {name: value for name, value in asdict(profile).items() if value and name != "addresses"}
    desk.store.set("profile", json.dumps(said | kept, ensure_ascii=False))
    mine = tuple(dict.fromkeys((*own_addresses(desk.store), *profile.addresses)))
    desk.store.set("me", json.dumps(mine))
    desk.store.claim(mine)


def _keep_person(desk: Desk, action: int, person: Person, story: Story, *, dry: bool) -> str:
    """Keep a person, or what is new of one; returns the key that the ledger knows them by."""
    person = _reachable(person, story)
    owners = {one.key: one for one in map(desk.store.owner, person.addresses) if one}
    if len(owners) > 1:
        names = ", ".join(sorted(owners))
        what = say(
            "The story's person {key} has addresses of two people: {names}.", key=person.key, names=names
        )
        raise AskwellError(what, say("Give each their own line, or join them first: askwell people --link."))
    there = next(iter(owners.values()), None) or desk.store.person(person.key)
    if there and not owners and there.name != person.name:
        what = say(
            "The story's {key} is {name}, but the ledger's {key} is {other}.",
            key=person.key,
            name=person.name,
            other=there.name,
        )
        raise AskwellError(what, say("Choose another short name for one of them."))
    merged = _merged(there, person) if there else person
    if merged != there and not dry:
        desk.store.put_person(action, merged)
    return merged.key


def _merged(there: Person, new: Person) -> Person:
    """The person that is there, with what the story adds; what the story says counts."""
    said = {
        name: value
        for name, value in ((name, getattr(new, name)) for name in Person.__dataclass_fields__)
        if name not in ("key", "addresses") and value != Person.__dataclass_fields__[name].default
    }
    addresses = tuple(dict.fromkeys((*there.addresses, *new.addresses)))
    return replace(there, **said, addresses=addresses)


def _reachable(person: Person, story: Story) -> Person:
    """Somebody without an address gets a stand-in if messages of the story name them."""
    named = any(
        person.key in (one.sender, *one.to, *one.cc) for one in story.entries if isinstance(one, Message)
    )
    return replace(person, addresses=(_address(person),)) if named and not person.addresses else person


def _address(person: Person) -> str:
    return person.addresses[0] if person.addresses else person.key + NO_ADDRESS


def _with_addresses(message: Message, addresses: dict[str, str]) -> Message:
    def put(who: str) -> str:
        return addresses.get(who, who)

    return replace(
        message,
        sender=put(message.sender),
        to=tuple(map(put, message.to)),
        cc=tuple(map(put, message.cc)),
    )


def _renamed(entry: Said | Correction, keys: dict[str, str]) -> Said | Correction:
    if isinstance(entry, Correction):
        return entry
    more = tuple((name, keys.get(value, value) if name in ROLES else value) for name, value in entry.more)
    to = tuple(keys.get(one, one) for one in entry.to)
    return replace(entry, by=keys.get(entry.by, entry.by), to=to, more=more)


def _plain(entry: Said | Correction) -> Said | Correction:
    """An entry without what the store adds, to compare by what it says."""
    return replace(entry, id="")
