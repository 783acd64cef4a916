"""Messages on their way in: a chunk is one transaction with the place that the import has come to."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Protocol

import sqlalchemy as sa

from askwell.store import noting, schema, spotting
from askwell.store.addressing import everybody, participants
from askwell.store.codec import packed
from askwell.store.contract import Hit, Kept, Place, Spots
from askwell.store.mentions import Passages
from askwell.store.refusals import still_wanted
from askwell.store.rows import chunks, pairs
from askwell.store.touching import touch_messages

_CACHED = 50_000

Rows = list[dict[str, Any]]


class Index(Protocol):
    """The full-text index of one database: the part that is not portable."""

    def add(self, db: sa.Connection, rows: Sequence[tuple[int, str, str]]) -> None:
        """Take in (number, subject, text)."""
        ...

    def remove(self, db: sa.Connection, rows: Sequence[tuple[int, str, str]]) -> None: ...

    def rebuild(self, db: sa.Connection) -> None: ...

    def find(self, db: sa.Connection, words: str, limit: int) -> tuple[Hit, ...]: ...

    def passages(self, ask: Callable[[Callable[[sa.Connection], Any]], Any]) -> Passages: ...

    def trouble(self, db: sa.Connection) -> list[str]: ...


class Addresses:
    """Numbers of addresses, remembered for a while. `clear` it whenever a transaction did not hold."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def clear(self) -> None:
        self._known.clear()

    def numbers(self, db: sa.Connection, wanted: Collection[str]) -> dict[str, int]:
        """A number for each address as it was written, new ones kept first."""
        if len(self._known) > _CACHED:
            self.clear()
        known = self._known
        missing = {raw: raw.strip().lower() for raw in wanted if raw not in known}
        if missing:
            found = find_addresses(db, missing.values())
            new = sorted(set(missing.values()) - found.keys())
            if new:
                db.execute(sa.insert(schema.address), [{"address": text} for text in new])
                found |= find_addresses(db, new)
            known.update({raw: found[text] for raw, text in missing.items()})
        return known


def find_addresses(db: sa.Connection, texts: Iterable[str]) -> dict[str, int]:
    """The numbers of those addresses (in lower case) that are kept."""
    table, found = schema.address, {}
    for part in chunks(set(texts)):
        rows = db.execute(sa.select(table.c.address, table.c.id).where(table.c.address.in_(part)))
        found.update(pairs(rows))
    return found


def known(db: sa.Connection, ids: Iterable[str]) -> set[str]:
    """Those of the Message-IDs that are kept."""
    column, found = schema.message.c.id, set[str]()
    for part in chunks(ids):
        found.update(db.scalars(sa.select(column).where(column.in_(part))))
    return found


def senders(db: sa.Connection, ids: Iterable[str]) -> dict[str, str]:
    """The senders of those of the messages that are kept."""
    message, address = schema.message, schema.address
    query = sa.select(message.c.id, address.c.address).join(address, address.c.id == message.c.sender)
    found: dict[str, str] = {}
    for part in chunks(ids):
        found.update((mid, sender) for mid, sender in db.execute(query.where(message.c.id.in_(part))))
    return found


def add(
    db: sa.Connection,
    index: Index,
    addresses: Addresses,
    action: int,
    kept: Sequence[Kept],
    place: Place | None,
    spots: Spots | None = None,
) -> int:
    """Keep those messages that are new, in order; returns how many they were."""
    still_wanted(noting.action(db, action), action)
    fresh = _fresh(db, kept)
    if fresh:
        first = (db.scalar(sa.select(sa.func.max(schema.message.c.n))) or 0) + 1
        _insert(db, addresses, action, list(enumerate(fresh, first)))
        touch_messages(db, range(first, first + len(fresh)))
        index.add(db, [(n, k.message.subject, k.message.text) for n, k in enumerate(fresh, first)])
    if place is not None:
        _put_place(db, action, place)
    if spots is not None:
        spotting.put(db, spots)
    return len(fresh)


def _fresh(db: sa.Connection, kept: Sequence[Kept]) -> list[Kept]:
    unique: dict[str, Kept] = {}
    for each in kept:
        unique.setdefault(each.message.id, each)
    for old in known(db, unique):
        del unique[old]
    return list(unique.values())


def _insert(db: sa.Connection, addresses: Addresses, action: int, fresh: list[tuple[int, Kept]]) -> None:
    wanted = {each for _, kept in fresh for each in everybody(kept.message)}
    numbers = addresses.numbers(db, wanted)
    heads: Rows = []
    people: Rows = []
    readings: Rows = []
    for n, kept in fresh:
        name, others = participants(kept.message)
        heads.append(_head(n, action, kept, numbers[kept.message.sender], name))
        people += [
            {"message": n, "seq": seq, "role": role, "address": numbers[each], "name": called}
            for seq, (role, each, called) in enumerate(others)
        ]
        if kept.reading is not None or kept.packed is not None or kept.words:
            readings.append(_reading(n, kept))
    db.execute(sa.insert(schema.message), heads)
    db.execute(sa.insert(schema.body), [{"message": n, "text": kept.message.text} for n, kept in fresh])
    if people:
        db.execute(sa.insert(schema.participant), people)
    if readings:
        db.execute(sa.insert(schema.reading), readings)
    db.execute(sa.insert(schema.unsettled), [{"message": n} for n, _ in fresh])


def _head(n: int, action: int, kept: Kept, sender: int, sender_name: str) -> dict[str, Any]:
    message = kept.message
    return {
        "n": n,
        "id": message.id,
        "action": action,
        "at": message.at,
        "by_me": kept.by_me,
        "sender": sender,
        "sender_name": sender_name,
        "subject": message.subject,
        "topic": kept.topic,
        "reply_to": message.reply_to,
        "refs": json.dumps(message.references, ensure_ascii=False) if message.references else "",
        "bulk": message.bulk,
        "pause": kept.pause,
    }


def _reading(n: int, kept: Kept) -> dict[str, Any]:
    found = kept.packed or (None if kept.reading is None else packed(kept.reading))
    language, text = found or (None, None)
    return {
        "message": n,
        "reader": kept.reader,
        "words": kept.words,
        "language": language,
        "found": text,
    }


def _put_place(db: sa.Connection, action: int, place: Place) -> None:
    table = schema.place
    here = (table.c.source == place.source) & (table.c.action == action)
    values = {"print": place.print, "offset": place.offset}
    if not db.execute(sa.update(table).where(here).values(values)).rowcount:
        db.execute(sa.insert(table).values(source=place.source, action=action, **values))


def get_place(db: sa.Connection, source: str) -> Place | None:
    """How far the newest import of a source has come."""
    table = schema.place
    newest = sa.select(table.c.source, table.c.print, table.c.offset).where(table.c.source == source)
    row = db.execute(newest.order_by(table.c.action.desc()).limit(1)).one_or_none()
    return None if row is None else Place(*row)
