"""What a source yields: one format each, never touching the store, never deciding who is who."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from askwell.ledger.entries import Message
from askwell.ledger.story import Story


@dataclass(frozen=True, slots=True)
class Raw:
    """One mail as bytes. `where` names its place for people, `offset` is the place after it, in bytes."""

    data: bytes
    where: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not used, with its place and the reason, counted and shown."""

    where: str
    why: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """One card of an address book, as it stands there.

    `identity` is the stand-in address (sources/identity.py) of the card's own UID or of a profile, empty
    where the book gives its cards none; `profiles` are stand-ins for other pages that the card names.
    `organisation` marks a card that is no person's. `person` says that the card has a given and a family
    name. `extra` holds what else is on it, as (name, value), for the way out again.
    """

    name: str
    identity: str = ""
    addresses: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    org: str = ""
    title: str = ""
    note: str = ""
    nickname: str = ""
    born: str = ""
    tags: tuple[str, ...] = ()
    met: str = ""
    organisation: bool = False
    person: bool = False
    extra: tuple[tuple[str, str], ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody asked to an appointment: `answer` is the PARTSTAT of RFC 5545 (`DECLINED`, ...)."""

    address: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One event of a calendar, or one time that a repeated event takes place.

    `guests` are the people asked and the organiser, without rooms. `owner` is the address of the
    calendar's owner where the calendar says it. `off` says that it was cancelled.
    """

    uid: str
    start: datetime
    whole_day: bool
    summary: str
    guests: tuple[Guest, ...]
    owner: str = ""
    off: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A repeated event: the first time, the RRULE (RFC 5545 3.3.10, may be empty), further times, and
    times left out. sources/recurrence.py tells when it took place."""

    first: Appointment
    rule: str
    dates: tuple[datetime, ...] = ()
    without: frozenset[datetime] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Owner:
    """A stand-in address of the user's own, told by an export that can only be theirs."""

    address: str
    where: str


Item = Raw | Skipped | Story | Message | Contact | Appointment | Series | Owner


class Source(Protocol):
    """A format. Recognised by content, never by file name."""

    name: str

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the file that begins with `head`, or the folder (empty `head`), is of this format."""
        ...

    def read(self, path: Path, start: int = 0) -> Iterator[Item]:
        """All that is in it, in order, from the byte offset `start`. Raises AskwellError if it cannot."""
        ...
