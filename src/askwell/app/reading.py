"""Reading messages that are kept: acts, language, length, whether it only says that somebody is away."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from askwell.ledger.entries import Message
from askwell.store.contract import Kept, Place
from askwell.text.clean import mask
from askwell.text.read import READER_VERSION, read
from askwell.text.reading import Reading

_PREFIX = re.compile(
    r"^(?:(?:re|sv|vs|fw|fwd|vb|aw|wg|antw|ang)(?:\[\d+\])?\s*:\s*|\[[^\]]{1,40}\]\s*)+", re.I
)
_AWAY = re.compile(
    r"out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response)"
    r"|on (?:annual |parental )?leave"
    r"|fraværsmelding|automatisk svar|ikke (?:på kontoret|til stede)|ikkje (?:på kontoret|til stades)"
    r"|bortreist|fråversmelding",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some messages on their way into the ledger, the place up to which all are in it or before it, and
    how many bytes of the import are done by then. `others` are the ids of those that are not to be read."""

    kept: list[Kept]
    place: Place | None
    done: int
    others: frozenset[str] = frozenset()


def read_chunk(chunk: Chunk) -> Chunk:
    """The messages with what was read in them. Bulk mail and others' letters are not read."""
    return replace(chunk, kept=[_with_reading(one, one.message.id not in chunk.others) for one in chunk.kept])


def ours(message: Message, mine: Collection[str], asked: str = "") -> bool:
    """Whether the user wrote a message or it was written to them. Where no recipient is named it is to
    whom it answers (`asked`), or may be the user's; without addresses of the user anything may be."""
    to = (*message.to, *message.cc) or tuple(filter(None, [asked]))
    return not mine or not to or message.sender in mine or any(one in mine for one in to)


def read_message(message: Message) -> tuple[Reading, int]:
    """What a message says, and how many words of its sender's own it has."""
    own = mask(message.text)
    return read(own, on=message.at.date(), masked=True), len(own.split())


def topic(subject: str) -> str:
    """A subject without reply prefixes and list tags, lower case: what a thread has in common."""
    return " ".join(_PREFIX.sub("", subject).lower().split())[:200]


def _with_reading(one: Kept, wanted: bool) -> Kept:
    message = one.message
    if message.bulk or not wanted:
        return replace(one, topic=topic(message.subject))
    reading, words = read_message(message)
    away = _AWAY.search(message.subject) is not None
    return replace(
        one, reading=reading, reader=READER_VERSION, words=words, pause=away, topic=topic(message.subject)
    )
