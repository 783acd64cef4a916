"""Actions of the user, and what the user said: entries, corrections and settings."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from askwell.ledger.entries import Correction, Said
from askwell.ledger.person import ME
from askwell.store import persons, schema
from askwell.store.contract import Action
from askwell.store.rows import Row, chunks, insert
from askwell.store.touching import EVERYBODY, touch, touch_messages, touch_waiting

MINE = "me"
PRIORS = "priors"
"""Settings that what is known of people rests on: the user's addresses, and what is usual."""

_action, _said, _to, _correction = schema.action, schema.said, schema.said_to, schema.correction
_whole_action = sa.select(_action.c.id, _action.c.at, _action.c.verb, _action.c.what, _action.c.undone)


def begin(db: sa.Connection, at: datetime, verb: str, what: str) -> int:
    """Note an action and return its number."""
    return insert(db, _action, at=at, verb=verb, what=what, undone=False)


def actions(db: sa.Connection, limit: int) -> tuple[Action, ...]:
    """The newest actions first."""
    rows = db.execute(_whole_action.order_by(_action.c.id.desc()).limit(limit))
    return tuple(Action(*row) for row in rows)


def action(db: sa.Connection, number: int) -> Action | None:
    """One action by its number, None if there is none."""
    row = db.execute(_whole_action.where(_action.c.id == number)).one_or_none()
    return None if row is None else Action(*row)


def say(db: sa.Connection, made_by: int, entry: Said | Correction) -> str:
    """Keep what the user said and return its id."""
    if isinstance(entry, Correction):
        touch_corrected(db, [entry.message])
        values = {"at": entry.at, "message": entry.message, "words": entry.words, "what": entry.what}
        return f"correction:{insert(db, _correction, action=made_by, **values)}"
    (number,) = say_many(db, made_by, (entry,))
    return f"said:{number}"


def say_many(db: sa.Connection, made_by: int, entries: Sequence[Said]) -> Sequence[int]:
    """Keep entries and return their numbers, in order."""
    if not entries:
        return ()
    values = [
        {
            "action": made_by,
            "at": entry.at,
            "kind": entry.kind,
            "by": entry.by,
            "about": entry.about,
            "text": entry.text,
            "more": json.dumps(entry.more, ensure_ascii=False),
            "whole_day": entry.whole_day,
        }
        for entry in entries
    ]
    numbers = db.scalars(sa.insert(_said).returning(_said.c.id, sort_by_parameter_order=True), values).all()
    ends = [
        {"said": number, "seq": seq, "endpoint": each}
        for number, entry in zip(numbers, entries, strict=True)
        for seq, each in enumerate(entry.to)
    ]
    if ends:
        db.execute(sa.insert(_to), ends)
    touch(db, {end for entry in entries for end in (entry.by, *entry.to)} - {ME})
    return numbers


def touch_corrected(db: sa.Connection, messages: Sequence[str]) -> None:
    """Corrections of these messages are made or taken back."""
    for part in chunks(messages):
        here = schema.message.c.id.in_(part)
        touch_messages(db, db.scalars(sa.select(schema.message.c.n).where(here)).all())


def touch_said(db: sa.Connection, where: sa.ColumnElement[bool]) -> None:
    """Entries that these conditions on `said` pick out are taken back or changed."""
    ends = set(db.scalars(sa.select(_said.c.by).where(where)))
    ends.update(db.scalars(sa.select(_to.c.endpoint).join(_said).where(where)))
    touch(db, ends - {ME})


def said(db: sa.Connection, key: str | None) -> tuple[Said, ...]:
    """What counts, oldest first: all, or where a person takes part, by key or by an address of theirs."""
    columns = (_said.c.id, _said.c.at, _said.c.kind, _said.c.by, _said.c.about, _said.c.text, _said.c.more)
    query = sa.select(*columns, _said.c.whole_day).join(_action).where(_action.c.undone.is_(sa.false()))
    if key is not None:
        who = persons.person(db, key)
        ends = [key, *(who.addresses if who else ())]
        there = sa.select(_to.c.said).where(_to.c.endpoint.in_(ends))
        query = query.where(_said.c.by.in_(ends) | _said.c.id.in_(there))
    return _entries(db, db.execute(query.order_by(_said.c.at, _said.c.id)).all())


def _entries(db: sa.Connection, rows: Sequence[Row]) -> tuple[Said, ...]:
    to: dict[int, list[str]] = defaultdict(list)
    query = sa.select(_to.c.said, _to.c.endpoint).order_by(_to.c.said, _to.c.seq)
    for part in chunks(row[0] for row in rows):
        for number, endpoint in db.execute(query.where(_to.c.said.in_(part))):
            to[number].append(endpoint)
    return tuple(
        Said(at, kind, by, tuple(to[number]), about, text, _pairs(more), whole_day, f"said:{number}")
        for number, at, kind, by, about, text, more, whole_day in rows
    )


def _pairs(more: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in json.loads(more))


def corrections(db: sa.Connection) -> tuple[Correction, ...]:
    """Those that count, in the order in which they were made."""
    table = _correction
    query = sa.select(table.c.at, table.c.message, table.c.words, table.c.what, table.c.id)
    query = query.join(_action).where(_action.c.undone.is_(sa.false())).order_by(table.c.id)
    return tuple(
        Correction(at, message, words, what, f"correction:{number}")
        for at, message, words, what, number in db.execute(query)
    )


def get(db: sa.Connection, name: str) -> str | None:
    """A setting, None if it was never set."""
    table = schema.setting
    return db.scalar(sa.select(table.c.value).where(table.c.name == name))


def put(db: sa.Connection, name: str, value: str) -> None:
    """Set a setting."""
    table = schema.setting
    if name in (MINE, PRIORS) and get(db, name) != value:
        if name == MINE:
            touch(db, [EVERYBODY])
        else:
            touch_waiting(db)
    if not db.execute(sa.update(table).where(table.c.name == name).values(value=value)).rowcount:
        db.execute(sa.insert(table).values(name=name, value=value))
