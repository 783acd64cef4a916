"""Who is who in a message, and what is kept of somebody who was forgotten. Pure."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC

from askwell.ledger.entries import Message
from askwell.store.codec import unpack
from askwell.store.contract import Kept


def lower(addresses: Iterable[str]) -> set[str]:
    """The addresses as they are kept and compared."""
    return {address.strip().lower() for address in addresses}


def encodable(kept: Kept) -> Kept:
    """The same without halves of surrogate pairs, which a hostile mail may hold and no file can: each
    becomes a question mark."""
    message = kept.message

    def mend(text: str) -> str:
        return text.encode("utf-8", "replace").decode("utf-8")

    mended = replace(
        message,
        id=mend(message.id),
        sender=mend(message.sender),
        to=tuple(map(mend, message.to)),
        cc=tuple(map(mend, message.cc)),
        subject=mend(message.subject),
        text=mend(message.text),
        reply_to=mend(message.reply_to),
        references=tuple(map(mend, message.references)),
        names=tuple((mend(address), mend(name)) for address, name in message.names),
    )
    return replace(kept, message=mended, topic=mend(kept.topic))


def everybody(message: Message) -> Iterator[str]:
    """Every address in a message, as it is written; some more than once."""
    yield message.sender
    yield from message.to
    yield from message.cc
    for address, _ in message.names:
        yield address


def participants(message: Message) -> tuple[str, list[tuple[str, str, str]]]:
    """The sender's name, and (role, address, name) of all others. A name goes to the first place where
    its address stands without one; a name that finds no place gets one of its own."""
    if not message.names:
        rows = [("to", each, "") for each in message.to] + [("cc", each, "") for each in message.cc]
        return "", rows
    waiting: dict[str, list[str]] = defaultdict(list)
    for address, name in message.names:
        waiting[address].append(name)

    def name_of(address: str) -> str:
        names = waiting.get(address)
        return names.pop(0) if names else ""

    mine = name_of(message.sender)
    rows = [("to", each, name_of(each)) for each in message.to]
    rows += [("cc", each, name_of(each)) for each in message.cc]
    rows += [("named", address, name) for address, names in waiting.items() for name in names]
    return mine, rows


def digest(salt: str, address: str) -> str:
    """What is kept of an address instead of it. Slow on purpose would not help: addresses are few
    enough to be tried one by one by whoever has the salt; it keeps them from being read."""
    return hashlib.blake2b(
        address.strip().lower().encode(), key=bytes.fromhex(salt), digest_size=20
    ).hexdigest()


def naming(names: Collection[str]) -> re.Pattern[str]:
    """Matches a name, a part of one of three letters or more, a key or an address."""
    parts = {part for name in names for part in (name, *name.split()) if len(part) > 2}
    words = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words or '(?!)'})(?!\w)", re.IGNORECASE)


def plain(message: Message) -> Message:
    """The message as every store gives it back: addresses in lower case, times in UTC, names in order."""
    name, others = participants(message)
    named = [(message.sender, name), *((address, called) for _, address, called in others)]
    return replace(
        message,
        at=message.at.astimezone(UTC),
        sender=_low(message.sender),
        to=tuple(map(_low, message.to)),
        cc=tuple(map(_low, message.cc)),
        names=tuple((_low(address), called) for address, called in named if called),
    )


def opened(kept: Kept) -> Kept:
    """The same with its reading as such, where it came packed."""
    return replace(kept, reading=unpack(*kept.packed), packed=None) if kept.packed else kept


def _low(address: str) -> str:
    return address.strip().lower()
