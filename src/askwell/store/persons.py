"""People: each change is a version of its own, and the newest that was not undone counts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from askwell.ledger.person import Person
from askwell.store import schema
from askwell.store.rows import Row, chunks
from askwell.store.touching import touch

_version, _address, _action = schema.version, schema.version_address, schema.action
_columns = (
    _version.c.id,
    _version.c.key,
    _version.c.name,
    _version.c.org,
    _version.c.title,
    _version.c.tags,
    _version.c.circle,
    _version.c.floor,
    _version.c.say,
    _version.c.met,
)


def _newest() -> sa.Select[int]:
    """The number of the version that counts, one for each key."""
    counts = sa.select(sa.func.max(_version.c.id)).join(_action).where(_action.c.undone.is_(sa.false()))
    return counts.group_by(_version.c.key)


def _current() -> sa.Select[Any]:
    return (
        sa.select(*_columns)
        .where(_version.c.id.in_(_newest()), _version.c.dropped.is_(sa.false()))
        .order_by(_version.c.key)
    )


def counting() -> sa.Subquery:
    """The people that there are, one row each."""
    return _current().order_by(None).subquery()


def people(db: sa.Connection) -> tuple[Person, ...]:
    """All people that count now, by key."""
    return _built(db, db.execute(_current()).all())


def keys(db: sa.Connection) -> Sequence[str]:
    """The keys of all people that count now."""
    return db.scalars(_current().with_only_columns(_version.c.key)).all()


def person(db: sa.Connection, key: str) -> Person | None:
    """One person as they are now, None if there is none or they were dropped."""
    one = (
        sa.select(_version.c.id, _version.c.dropped)
        .join(_action)
        .where(_version.c.key == key, _action.c.undone.is_(sa.false()))
        .order_by(_version.c.id.desc())
        .limit(1)
    )
    row = db.execute(one).one_or_none()
    if row is None or row[1]:
        return None
    return _built(db, db.execute(sa.select(*_columns).where(_version.c.id == row[0])).all())[0]


def owner(db: sa.Connection, address: str) -> Person | None:
    """Whose address it is: where several people have it, who was said to have it last."""
    query = (
        sa.select(_version.c.key)
        .join(_address, _address.c.version == _version.c.id)
        .where(_address.c.address == address.strip().lower())
        .order_by(_version.c.id.desc())
    )
    for key in dict.fromkeys(db.scalars(query)):
        found = person(db, key)
        if found is not None and address.strip().lower() in found.addresses:
            return found
    return None


def put(db: sa.Connection, action: int, who: Person, *, dropped: bool = False) -> None:
    """Keep a new version of a person, which may say that they are dropped."""
    put_many(db, action, (who,), dropped=dropped)


def put_many(db: sa.Connection, action: int, people: Sequence[Person], *, dropped: bool = False) -> None:
    """Keep a new version of each of these people."""
    if not people:
        return
    versions = [_row(action, who, dropped=dropped) for who in people]
    numbered = sa.insert(_version).returning(_version.c.id, sort_by_parameter_order=True)
    rows = [
        {"version": number, "seq": seq, "address": text}
        for number, who in zip(db.scalars(numbered, versions).all(), people, strict=True)
        for seq, text in enumerate(dict.fromkeys(address.strip().lower() for address in who.addresses))
    ]
    if rows:
        db.execute(sa.insert(_address), rows)
    touch(db, [who.key for who in people])


def _row(action: int, who: Person, *, dropped: bool) -> dict[str, Any]:
    return {
        "action": action,
        "key": who.key,
        "dropped": dropped,
        "name": who.name,
        "org": who.org,
        "title": who.title,
        "tags": json.dumps(who.tags, ensure_ascii=False),
        "circle": who.circle,
        "floor": who.floor,
        "say": who.say,
        "met": who.met,
    }


def _built(db: sa.Connection, rows: Sequence[Row]) -> tuple[Person, ...]:
    addresses: dict[int, list[str]] = defaultdict(list)
    query = sa.select(_address.c.version, _address.c.address).order_by(_address.c.version, _address.c.seq)
    for part in chunks(row[0] for row in rows):
        for number, text in db.execute(query.where(_address.c.version.in_(part))):
            addresses[number].append(text)
    return tuple(
        Person(
            key, name, tuple(addresses[number]), org, title, tuple(json.loads(tags)), circle, floor, say, met
        )
        for number, key, name, org, title, tags, circle, floor, say, met in rows
    )
