"""Reading messages that are kept: acts, language, length, whether it only says that somebody is away."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from askwell.ledger.entries import Message
from askwell.store.codec import Packed, packed
from askwell.store.contract import Kept, Place, Spots
from askwell.text.clean import mask
from askwell.text.read import READER_VERSION, read, read_dated
from askwell.text.reading import Reading
from askwell.text.replies import outcome

_FIRST: Final[Mapping[str, tuple[str, str]]] = {
    "en": ("Could you introduce me to Kari by Friday? Thanks. We are looking for help.", "Yes, gladly."),
    "nb": ("Kunne du sett på søknaden min før fredag? Takk. Vi leter etter hjelp.", "Ja, gjerne."),
    "nn": ("Kunne du sett på søknaden min før fredag? Takk. Vi leitar etter hjelp.", "Ja, gjerne."),
}
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
    how many bytes of the import are done by then. `others` are the ids of those that are not to be read.
    `spots` is where they lie on a server, `longer` are letters that are known, but perhaps cut short."""

    kept: list[Kept]
    place: Place | None
    done: int
    others: frozenset[str] = frozenset()
    spots: Spots | None = None
    longer: tuple[Kept, ...] = ()


Letter = tuple[str, str, date, bool]
"""What a reader needs of a message: text, subject, day, and whether it is to be read. Between processes
only this goes out and only `Told` comes back: to pack whole messages takes half as long as to read them."""
Told = tuple[Packed | None, int, bool, str]
"""The reading, the number of the sender's own words, whether they only say that they are away, the topic."""


def letters(chunk: Chunk) -> list[Letter]:
    """What is to be read of a chunk. Bulk mail and others' letters are not."""
    found = []
    for one in chunk.kept:
        wanted = not one.message.bulk and one.message.id not in chunk.others
        text = one.message.text if wanted else ""
        found.append((text, one.message.subject, one.message.at.date(), wanted))
    return found


def read_letters(pieces: list[Letter]) -> list[Told]:
    """What they say, in order."""
    found = iter(_read([(text, day) for text, _, day, wanted in pieces if wanted]))

    def said(subject: str) -> Told:
        reading, words = next(found)
        return packed(reading), words, _AWAY.search(subject) is not None, topic(subject)

    return [said(subject) if wanted else (None, 0, False, topic(subject)) for _, subject, _, wanted in pieces]


def ready() -> None:
    """Load what reading needs, so that workers have it in common and need not each load it: weights,
    lexicons, and the patterns of answers."""
    for lang, (text, answer) in _FIRST.items():
        read(text, lang=lang)
        outcome(answer, lang, text)


def with_readings(chunk: Chunk, told: list[Told]) -> Chunk:
    """The chunk with what was read in its messages."""
    both = zip(chunk.kept, told, strict=True)
    return replace(chunk, kept=[_with_reading(one, *said) for one, said in both])


def ours(message: Message, mine: Collection[str], asked: str = "") -> bool:
    """Whether the user wrote a message or it was written to them. Where no recipient is named it is to
    whom it answers (`asked`), or may be the user's; without addresses of the user anything may be."""
    to = (*message.to, *message.cc) or tuple(filter(None, [asked]))
    return not mine or not to or message.sender in mine or any(one in mine for one in to)


def read_messages(messages: list[Message]) -> list[tuple[Reading, int]]:
    """What messages say, and how many words of its sender's own each has."""
    return _read([(one.text, one.at.date()) for one in messages])


def topic(subject: str) -> str:
    """A subject without reply prefixes and list tags, lower case: what a thread has in common."""
    return " ".join(_PREFIX.sub("", subject).lower().split())[:200]


def _read(letters: list[tuple[str, date]]) -> list[tuple[Reading, int]]:
    own = [(mask(text), day) for text, day in letters]
    return [(reading, len(text.split())) for reading, (text, _) in zip(read_dated(own), own, strict=True)]


def _with_reading(one: Kept, reading: Packed | None, words: int, away: bool, about: str) -> Kept:
    if reading is None:
        return replace(one, topic=about)
    return replace(one, packed=reading, reader=READER_VERSION, words=words, pause=away, topic=about)
