"""New mail with somebody whom the user asked Askwell to forget: what of it may be kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from askwell.app.desk import Desk
from askwell.ledger.entries import Message
from askwell.words import later


def gone(desk: Desk, messages: Iterable[Message]) -> frozenset[str]:
    """The addresses in these messages whose owners were forgotten."""
    return desk.store.forgotten({address for one in messages for address in _everybody(one)})


def without(message: Message, absent: Collection[str]) -> Message | str:
    """The message without these among its receivers, as forgetting leaves what is there already. The reason
    for which it is not kept, if it is from one of them, or to them alone."""
    if message.sender in absent:
        return later("from somebody you asked Askwell to forget")
    if not any(one in absent for one in _everybody(message)):
        return message
    to = tuple(one for one in message.to if one not in absent)
    cc = tuple(one for one in message.cc if one not in absent)
    if (message.to or message.cc) and not (to or cc):
        return later("to somebody you asked Askwell to forget")
    return replace(message, to=to, cc=cc, names=tuple(one for one in message.names if one[0] not in absent))


def _everybody(message: Message) -> Iterator[str]:
    yield message.sender
    yield from message.to
    yield from message.cc
    for address, _ in message.names:
        yield address
