"""The ledger as a story (docs/story.md): addresses become short names where they belong to people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from askwell.ledger.entries import Correction, Message, Said
from askwell.ledger.person import ME, Person, Profile
from askwell.ledger.story import Story, in_order, write

NO_ADDRESS = "@askwell.invalid"


def story(
    profile: Profile,
    people: Iterable[Person],
    messages: Iterable[Message],
    said: Iterable[Said],
    corrections: Iterable[Correction],
) -> str:
    """The whole ledger as text; importing it into an empty ledger gives the same ledger."""
    people = tuple(people)
    names = {one.addresses[0]: one.key for one in people if one.addresses}
    names[ME + NO_ADDRESS] = ME
    if profile.addresses:
        names[profile.addresses[0]] = ME
    entries = in_order(
        [
            *(_named(one, names) for one in messages),
            *(replace(one, id="") for one in said),
            *(replace(one, id="") for one in corrections),
        ]
    )
    return write(Story(profile, tuple(_shown(one) for one in people), entries))


def _named(message: Message, names: Mapping[str, str]) -> Message:
    def put(address: str) -> str:
        return names.get(address, address)

    return replace(
        message, sender=put(message.sender), to=tuple(map(put, message.to)), cc=tuple(map(put, message.cc))
    )


def _shown(person: Person) -> Person:
    """A stand-in address is not shown: the story's reader makes it again."""
    return replace(person, addresses=tuple(a for a in person.addresses if not a.endswith(NO_ADDRESS)))
