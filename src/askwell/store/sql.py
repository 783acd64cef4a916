"""A store in a database: each method is one transaction around a function of the neighbouring modules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from typing import TypeVar

import sqlalchemy as sa

from askwell.ledger.entries import Correction, Message, Said
from askwell.ledger.person import Person
from askwell.store import (
    adding,
    checking,
    forgetting,
    lengthening,
    letters,
    noting,
    persons,
    readings,
    removing,
    settling,
    spotting,
    summaries,
    touching,
)
from askwell.store.adding import Addresses, Index
from askwell.store.addressing import encodable
from askwell.store.contract import (
    Action,
    Correspondent,
    Exchange,
    Hit,
    Kept,
    Made,
    Place,
    Spot,
    Spots,
    Stale,
    Summary,
)
from askwell.store.locking import Lock
from askwell.store.mentions import Passages
from askwell.store.refusals import aware, existing
from askwell.store.rows import chunks
from askwell.text.reading import Reading

Item = TypeVar("Item")


class SqlStore:
    """The contract over SQLAlchemy Core. `index` is the database's full-text search; `sweep` removes
    from the files what was deleted from the tables."""

    def __init__(
        self, engine: sa.Engine, index: Index, lock: Lock, sweep: Callable[[], None] = lambda: None
    ) -> None:
        self._engine = engine
        self._index = index
        self._lock = lock
        self._sweep = sweep
        self._addresses = Addresses()

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self._engine.connect() as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with self._engine.connect().execution_options(writing=True) as db, db.begin():
            try:
                touching.beat(db)
                yield db
            except BaseException:
                self._addresses.clear()
                raise

    @contextmanager
    def _beside(self) -> Iterator[sa.Connection]:
        """To write what changes nothing that is known of anybody."""
        with self._engine.connect().execution_options(writing=True) as db, db.begin():
            yield db

    def _read(self, look: Callable[[sa.Connection], Item]) -> Item:
        with self._reading() as db:
            return look(db)

    def _write(self, change: Callable[[sa.Connection], Item]) -> Item:
        with self._writing() as db:
            return change(db)

    # -- actions -------------------------------------------------------------------------------
    def begin(self, at: datetime, verb: str, what: str) -> int:
        return self._write(partial(noting.begin, at=aware(at), verb=verb, what=what))

    def actions(self, limit: int = 20) -> tuple[Action, ...]:
        return self._read(partial(noting.actions, limit=limit))

    def lock(self) -> AbstractContextManager[None]:
        return self._lock.hold()

    def undo(self, action: int) -> Action:
        with self.lock():
            undone = self._write(partial(removing.undo, index=self._index, number=action))
            self._addresses.clear()
            self.settle()
        return undone

    # -- messages ------------------------------------------------------------------------------
    def known(self, ids: Collection[str]) -> frozenset[str]:
        return frozenset(self._read(partial(adding.known, ids=ids)))

    def senders(self, ids: Collection[str]) -> dict[str, str]:
        return self._read(partial(adding.senders, ids=ids))

    def texts(self, ids: Collection[str]) -> dict[str, tuple[str, Reading]]:
        return self._read(partial(readings.texts, ids=ids))

    def add(
        self, action: int, kept: Sequence[Kept], place: Place | None = None, spots: Spots | None = None
    ) -> int:
        for each in kept:
            aware(each.message.at)
        work = partial(
            adding.add,
            index=self._index,
            addresses=self._addresses,
            action=action,
            place=place,
            spots=spots,
        )
        try:
            return self._write(partial(work, kept=kept))
        except UnicodeEncodeError:
            return self._write(partial(work, kept=[encodable(each) for each in kept]))

    def lengths(self, ids: Collection[str]) -> dict[str, int]:
        return self._read(partial(lengthening.lengths, ids=ids))

    def lengthen(self, kept: Sequence[Kept]) -> int:
        work = partial(lengthening.lengthen, index=self._index, addresses=self._addresses)
        return self._write(partial(work, kept=[encodable(each) for each in kept]))

    def remove(self, ids: Collection[str]) -> int:
        with self.lock():
            gone = self._write(partial(removing.remove_letters, index=self._index, ids=ids))
            self._addresses.clear()
            self.settle()
        return gone

    def place(self, source: str) -> Place | None:
        return self._read(partial(adding.get_place, source=source))

    def message(self, message_id: str) -> Message | None:
        return self._read(partial(letters.message, message_id=message_id))

    def messages(self, after: str = "") -> Iterator[Message]:
        with self._reading() as db:
            yield from letters.messages(db, after)

    def thread_of(self, message_id: str) -> str:
        return self._read(partial(letters.thread_of, message_id=message_id))

    def settle(self) -> None:
        while self._read(settling.waiting):
            self._write(settling.settle_some)

    def exchanges(
        self, addresses: Collection[str] | None = None, since: datetime | None = None
    ) -> Iterator[Exchange]:
        with self._reading() as db:
            yield from letters.exchanges(db, addresses, since)

    def introducing(self, addresses: Collection[str] | None = None) -> Iterator[Exchange]:
        with self._reading() as db:
            yield from letters.introducing(db, addresses)

    def correspondents(self) -> Iterator[Correspondent]:
        with self._reading() as db:
            yield from letters.correspondents(db)

    def claim(self, mine: Collection[str]) -> int:
        return self._write(partial(removing.claim, mine=mine))

    def search(self, words: str, limit: int = 20) -> tuple[Hit, ...]:
        return self._read(lambda db: self._index.find(db, words, limit))

    def passages(self) -> Passages:
        return self._index.passages(self._read)

    # -- where letters lie on a server ---------------------------------------------------------
    def put_spots(self, spots: Spots) -> None:
        with self._beside() as db:
            spotting.put(db, spots)

    def spots(self, source: str, print_: str, uids: Collection[int] | None = None) -> tuple[Spot, ...]:
        return self._read(partial(spotting.get, source=source, print_=print_, uids=uids))

    def mark(self, source: str, print_: str) -> int:
        return self._read(partial(spotting.mark, source=source, print_=print_))

    def lying(self, source: str, print_: str) -> int:
        return self._read(partial(spotting.lying, source=source, print_=print_))

    def sources(self, prefix: str) -> tuple[str, ...]:
        return self._read(partial(spotting.sources, prefix=prefix))

    def vanished(self, prefix: str) -> frozenset[str]:
        return self._read(partial(spotting.vanished, prefix=prefix))

    # -- readings ------------------------------------------------------------------------------
    def reading(self, message_id: str) -> Reading | None:
        return self._read(partial(readings.get, message_id=message_id))

    def unread(self, reader: str) -> Iterator[Message]:
        above = 0
        while True:
            above, part = self._read(partial(letters.unread, reader=reader, above=above))
            if not part:
                return
            yield from part

    def put_readings(self, reader: str, items: Iterable[tuple[str, Reading, int]]) -> int:
        return sum(self._write(partial(readings.put, reader=reader, items=part)) for part in chunks(items))

    # -- people --------------------------------------------------------------------------------
    def people(self) -> tuple[Person, ...]:
        return self._read(persons.people)

    def person(self, key: str) -> Person | None:
        return self._read(partial(persons.person, key=key))

    def owner(self, address: str) -> Person | None:
        return self._read(partial(persons.owner, address=address))

    def put_person(self, action: int, person: Person) -> None:
        self._write(partial(persons.put, action=action, who=person))

    def put_people(self, action: int, people: Sequence[Person], entries: Sequence[Said]) -> None:
        for entry in entries:
            aware(entry.at)
        with self._writing() as db:
            persons.put_many(db, action, people)
            noting.say_many(db, action, entries)

    def drop_person(self, action: int, key: str) -> None:
        with self._writing() as db:
            persons.put(db, action, existing(persons.person(db, key), key), dropped=True)

    # -- what the user said --------------------------------------------------------------------
    def say(self, action: int, entry: Said | Correction) -> str:
        aware(entry.at)
        return self._write(partial(noting.say, made_by=action, entry=entry))

    def said(self, key: str | None = None) -> tuple[Said, ...]:
        return self._read(partial(noting.said, key=key))

    def corrections(self) -> tuple[Correction, ...]:
        return self._read(noting.corrections)

    # -- what is worked out --------------------------------------------------------------------
    def state(self) -> int:
        return self._read(touching.state)

    def stale(self) -> Stale:
        return self._read(summaries.stale)

    def made(self) -> dict[str, Made]:
        return self._read(summaries.made)

    def summaries(self, keys: Collection[str] | None = None) -> dict[str, str]:
        return self._read(partial(summaries.texts, keys=keys))

    def put_summaries(
        self, state: int, items: Sequence[Summary], gone: Collection[str] = (), *, finished: bool = False
    ) -> None:
        with self._beside() as db:
            summaries.put(db, state, items, gone, finished=finished)

    # -- the rest ------------------------------------------------------------------------------
    def get(self, name: str) -> str | None:
        return self._read(partial(noting.get, name=name))

    def set(self, name: str, value: str) -> None:
        self._write(partial(noting.put, name=name, value=value))

    def forget(self, key: str) -> dict[str, int]:
        with self.lock():
            removed = self._write(partial(forgetting.forget, index=self._index, key=key))
            self._addresses.clear()
            self.settle()
            self.sweep()
        return removed

    def sweep(self) -> None:
        """After somebody was forgotten: remove what the files still hold of them."""
        self._sweep()
        self._write(forgetting.swept)

    def forgotten(self, addresses: Collection[str]) -> frozenset[str]:
        return self._read(partial(forgetting.forgotten, addresses=addresses))

    def counts(self) -> dict[str, int]:
        return self._read(checking.counts)

    def trouble(self) -> tuple[str, ...]:
        return self._read(partial(checking.trouble, index=self._index))

    def mend(self) -> None:
        with self.lock():
            with self._writing() as db:
                self._index.rebuild(db)
                settling.unsettle_all(db)
            self.settle()

    def close(self) -> None:
        self._engine.dispose()
