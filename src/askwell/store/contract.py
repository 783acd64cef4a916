"""What every store can do. One contract, tested by one test over all stores.

Facts (messages, people, what the user said) and readings are kept apart. Whatever a user does is an
`Action`; everything it brought carries its number, so that it can be undone. Times are aware, in UTC;
a naive one raises ValueError. Addresses are kept and compared in lower case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from askwell.ledger.entries import Correction, Message, Said
from askwell.ledger.person import Person
from askwell.store.codec import Packed
from askwell.store.mentions import Passages
from askwell.text.reading import Reading

INTRODUCED = "introduction_made"
TOGETHER = 2


@dataclass(frozen=True, slots=True)
class Kept:
    """A message on its way into the store, with what was read in it (None for bulk mail).

    `by_me` says whether the user sent it. `words` counts the sender's own new words, `pause` marks an
    out-of-office answer, `topic` is the subject without reply prefixes, lower case.
    """

    message: Message
    by_me: bool
    reading: Reading | None = None
    reader: str = ""
    words: int = 0
    pause: bool = False
    topic: str = ""
    packed: Packed | None = None
    """The reading, where it is at hand in this form instead."""


class Exchange(NamedTuple):
    """A personal message as histories need it: who, when, how long, what was read; not its text.

    `to` are all who were addressed, in To and then in Cc."""

    id: str
    at: datetime
    by_me: bool
    sender: str
    to: tuple[str, ...]
    subject: str
    thread: str
    words: int
    pause: bool
    reading: Reading | None

    @property
    def introduces(self) -> bool:
        """Whether an introduction was read in it, or it is the user's to two people."""
        acts = self.reading.acts if self.reading else ()
        return (self.by_me and len(self.to) == TOGETHER) or any(one.act == INTRODUCED for one in acts)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that the user did: `verb` is a command's name, `what` a few words on it."""

    id: int
    at: datetime
    verb: str
    what: str
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """How far an import has come in one file: `print` tells the file apart, `offset` is in bytes."""

    source: str
    print: str
    offset: int


SYNC = "sync"
"""The verb of actions that bring what lies on a server."""
HERE, ASIDE, GONE = 0, 1, 2
"""States of a spot: the letter lies there; it does, but as a draft or marked as deleted; it is gone."""


class Spot(NamedTuple):
    """Where a letter lies on a server: its UID, its Message-ID ("" if it is not kept), and its state."""

    uid: int
    message: str = ""
    state: int = HERE


@dataclass(frozen=True, slots=True)
class Spots:
    """Some spots of a folder: `print` is its UIDVALIDITY, `mark` the HIGHESTMODSEQ up to which changes
    are known (0: none; None: as before)."""

    source: str
    print: str
    items: tuple[Spot, ...] = ()
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Correspondent:
    """An address with the mail exchanged with it (personal mail only)."""

    address: str
    name: str
    written: int
    received: int
    first_written: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A message found by words. `snippet` shows where, with the words between `[` and `]`."""

    id: str
    at: datetime
    sender: str
    subject: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What was worked out for a person: it holds from `day` until `until`, both included, unless a change
    touches them. `waits` says that it rests on what is usual in the whole mailbox (the priors)."""

    key: str
    day: date
    until: date
    text: str
    waits: bool = False


class Made(NamedTuple):
    """Of which state of the ledger a summary is, and for which days, as `date.toordinal()`."""

    state: int
    day: int
    until: int


@dataclass(frozen=True, slots=True)
class Stale:
    """Whose summary has to be made anew, and the state of the ledger that this was found at."""

    state: int
    keys: frozenset[str]


class Store(Protocol):
    """Where a ledger is kept. Raises AskwellError for what the user can mend (locked, newer, full)."""

    # -- actions -------------------------------------------------------------------------------
    def begin(self, at: datetime, verb: str, what: str) -> int:
        """Note a new action of the user and return its number."""
        ...

    def actions(self, limit: int = 20) -> tuple[Action, ...]:
        """The newest actions first, undone ones among them."""
        ...

    def lock(self) -> AbstractContextManager[None]:
        """Held while importing: raises AskwellError at once if another import is running. The system
        lets go of it when the process dies, however it dies. May be taken again by who has it."""
        ...

    def undo(self, action: int) -> Action:
        """Take back all that an action brought. Messages of an import are removed, the rest is kept
        but no longer counts. Raises AskwellError if it is unknown, undone already, or cannot be."""
        ...

    # -- messages ------------------------------------------------------------------------------
    def known(self, ids: Collection[str]) -> frozenset[str]:
        """Those of the Message-IDs that are kept already."""
        ...

    def senders(self, ids: Collection[str]) -> dict[str, str]:
        """Who sent those of the messages that are kept."""
        ...

    def texts(self, ids: Collection[str]) -> dict[str, tuple[str, Reading]]:
        """The texts of those of the messages that have been read, with the readings."""
        ...

    def add(
        self, action: int, kept: Sequence[Kept], place: Place | None = None, spots: Spots | None = None
    ) -> int:
        """Keep messages, how far the import has come, and where they lie, in one transaction; returns how
        many were new. A message whose id is known is passed over."""
        ...

    def lengths(self, ids: Collection[str]) -> dict[str, int]:
        """How many characters those of the messages have that are kept."""
        ...

    def lengthen(self, kept: Sequence[Kept]) -> int:
        """Put these in the place of what is kept under their ids, which had been cut short, as if the same
        actions had brought them so; returns how many there were. `settle` must follow."""
        ...

    def remove(self, ids: Collection[str]) -> int:
        """Take messages out for good; returns how many there were."""
        ...

    def place(self, source: str) -> Place | None:
        """How far an import of this source came."""
        ...

    def message(self, message_id: str) -> Message | None: ...

    def messages(self, after: str = "") -> Iterator[Message]:
        """All messages in order of (time, id), streaming; those after the message with id `after` only,
        if it is given and kept."""
        ...

    def thread_of(self, message_id: str) -> str:
        """The name of the message's thread: the same for all its messages ("" if unknown)."""
        ...

    def settle(self) -> None:
        """After additions: join threads by References and In-Reply-To, then by topic and participants.
        Gives the same threads whatever order the messages came in. Cheap when nothing is new."""
        ...

    def exchanges(
        self, addresses: Collection[str] | None = None, since: datetime | None = None
    ) -> Iterator[Exchange]:
        """Personal messages, oldest first, that were exchanged between the user and any of these
        addresses (sent by the user to one, or by one of them); all of them for None. With `since` (aware)
        only those from then on."""
        ...

    def introducing(self, addresses: Collection[str] | None = None) -> Iterator[Exchange]:
        """Those of `exchanges` in which an introduction was read, and the user's letters to two people: all
        that an introduction can be made by."""
        ...

    def correspondents(self) -> Iterator[Correspondent]:
        """Every address that the user has written to or had personal mail from, by address, with the
        name last seen with it."""
        ...

    def claim(self, mine: Collection[str]) -> int:
        """Say which addresses are the user's own; sets `by_me` anew and returns how many changed."""
        ...

    def search(self, words: str, limit: int = 20) -> tuple[Hit, ...]:
        """Full text over subjects and texts; å, ø and æ are letters of their own."""
        ...

    def passages(self) -> Passages:
        """Who wrote which words."""
        ...

    # -- where letters lie on a server ---------------------------------------------------------
    def put_spots(self, spots: Spots) -> None:
        """Keep these, in place of those with the same UIDs. Spots of the folder under another print are
        gone from then on."""
        ...

    def spots(self, source: str, print_: str, uids: Collection[int] | None = None) -> tuple[Spot, ...]:
        """The spots of a folder, by UID; all of them for None."""
        ...

    def mark(self, source: str, print_: str) -> int:
        """Up to which HIGHESTMODSEQ changes in a folder are known; 0 if none are."""
        ...

    def lying(self, source: str, print_: str) -> int:
        """How many spots of a folder are not gone."""
        ...

    def sources(self, prefix: str) -> tuple[str, ...]:
        """The folders whose source begins so, that have spots which are not gone."""
        ...

    def vanished(self, prefix: str) -> frozenset[str]:
        """The messages that a sync brought, that lay in folders whose source begins so, and lie nowhere
        any more."""
        ...

    # -- readings ------------------------------------------------------------------------------
    def reading(self, message_id: str) -> Reading | None: ...

    def unread(self, reader: str) -> Iterator[Message]:
        """Personal messages whose reading is missing or was made by another version of the reader."""
        ...

    def put_readings(self, reader: str, items: Iterable[tuple[str, Reading, int]]) -> int:
        """Replace readings: (message id, reading, number of own words)."""
        ...

    # -- people --------------------------------------------------------------------------------
    def people(self) -> tuple[Person, ...]:
        """All people, by key."""
        ...

    def person(self, key: str) -> Person | None: ...

    def owner(self, address: str) -> Person | None:
        """Whose address it is."""
        ...

    def put_person(self, action: int, person: Person) -> None:
        """Add a person or a newer version of one (the same key)."""
        ...

    def put_people(self, action: int, people: Sequence[Person], entries: Sequence[Said]) -> None:
        """Add people and entries, or newer versions of people, in one transaction."""
        ...

    def drop_person(self, action: int, key: str) -> None:
        """Take a person out of the list (their messages stay, as addresses). Can be undone."""
        ...

    # -- what the user said --------------------------------------------------------------------
    def say(self, action: int, entry: Said | Correction) -> str:
        """Keep an entry, return its id."""
        ...

    def said(self, key: str | None = None) -> tuple[Said, ...]:
        """Entries that count, oldest first; those with this person only, if one is named."""
        ...

    def corrections(self) -> tuple[Correction, ...]: ...

    # -- what is worked out --------------------------------------------------------------------
    def state(self) -> int:
        """Rises whenever the ledger is changed, by whatever program: cheap to ask again and again.
        Summaries change nothing."""
        ...

    def stale(self) -> Stale:
        """Whose summary a change has touched since it was made, or who has none yet."""
        ...

    def made(self) -> dict[str, Made]:
        """Who has a summary, stale ones among them."""
        ...

    def summaries(self, keys: Collection[str] | None = None) -> dict[str, str]:
        """The texts of these people's summaries, of everybody's for None."""
        ...

    def put_summaries(
        self, state: int, items: Sequence[Summary], gone: Collection[str] = (), *, finished: bool = False
    ) -> None:
        """Keep what was worked out after `stale` had said `state`, where nothing newer is kept, and take out
        `gone`. `finished`: all that `stale` named is made. Passed over if somebody was forgotten since."""
        ...

    # -- the rest ------------------------------------------------------------------------------
    def get(self, name: str) -> str | None:
        """A setting of this ledger (`me`, ...)."""
        ...

    def set(self, name: str, value: str) -> None: ...

    def forget(self, key: str) -> dict[str, int]:
        """Remove a person's data from every table and index, for good; returns how much, by table.

        What they sent goes, and what was sent to them alone. A message to several people loses this
        recipient; its text stays with the others, also where it quotes or names the person. Raises
        AskwellError for an unknown key. Their addresses stay only as salted digests, so that an import
        does not bring them back."""
        ...

    def forgotten(self, addresses: Collection[str]) -> frozenset[str]:
        """Those of the addresses whose owners were forgotten."""
        ...

    def counts(self) -> dict[str, int]:
        """How much is kept: messages, personal, bulk, people, said, readings, actions."""
        ...

    def trouble(self) -> tuple[str, ...]:
        """What a check of the store itself finds wrong; empty if all is well."""
        ...

    def mend(self) -> None:
        """Make anew what can be made anew: the index of words and the threads."""
        ...

    def close(self) -> None: ...
