"""Messages and people without those who were forgotten. Pure."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

from askwell.ledger.entries import Message
from askwell.ledger.person import Person


def refer(message: Message, alias: dict[str, str]) -> Message:
    """The message with other ids for those that it answers and refers to."""
    refs = tuple(alias.get(ref, ref) for ref in message.references)
    return replace(message, reply_to=alias.get(message.reply_to, message.reply_to), references=refs)


def without(message: Message, addresses: AbstractSet[str]) -> Message:
    """The message without these recipients and their names."""
    return replace(
        message,
        to=tuple(each for each in message.to if each not in addresses),
        cc=tuple(each for each in message.cc if each not in addresses),
        names=tuple(pair for pair in message.names if pair[0] not in addresses),
    )


def unaddressed(person: Person, addresses: AbstractSet[str]) -> Person:
    """The person without these addresses."""
    return replace(person, addresses=tuple(each for each in person.addresses if each not in addresses))
