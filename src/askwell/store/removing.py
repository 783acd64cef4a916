"""Taking messages out again, undoing an action, and setting anew which messages the user sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import sqlalchemy as sa

from askwell.store import noting, schema
from askwell.store.adding import Index, find_addresses
from askwell.store.addressing import lower
from askwell.store.contract import Action
from askwell.store.refusals import may_be_undone
from askwell.store.rows import chunks
from askwell.store.settling import unsettle
from askwell.store.touching import EVERYBODY, touch, touch_messages

_message, _participant, _address = schema.message, schema.participant, schema.address


def undo(db: sa.Connection, index: Index, number: int) -> Action:
    """Take back an action: its messages go, what else it brought no longer counts."""
    action = may_be_undone(noting.action(db, number), number)
    table = schema.action
    db.execute(sa.update(table).where(table.c.id == number).values(undone=True))
    remove(db, index, db.scalars(sa.select(_message.c.n).where(_message.c.action == number)).all())
    _touch_taken_back(db, number)
    _forget_places(db, number)
    return Action(action.id, action.at, action.verb, action.what, undone=True)


def _touch_taken_back(db: sa.Connection, number: int) -> None:
    """What an action brought beside messages: versions of people, entries and corrections."""
    version, correction = schema.version, schema.correction
    touch(db, db.scalars(sa.select(version.c.key).where(version.c.action == number).distinct()).all())
    noting.touch_said(db, schema.said.c.action == number)
    corrected = sa.select(correction.c.message).where(correction.c.action == number).distinct()
    noting.touch_corrected(db, db.scalars(corrected).all())


def _forget_places(db: sa.Connection, number: int) -> None:
    """A later import of the same source must start where this one did, or it would miss its messages."""
    table = schema.place
    sources = sa.select(table.c.source).where(table.c.action == number)
    db.execute(sa.delete(table).where(table.c.source.in_(sources), table.c.action >= number))


def remove(db: sa.Connection, index: Index, numbers: Collection[int]) -> None:
    """Remove messages with all that hangs on them, and addresses that no message has any more."""
    if not numbers:
        return
    body = schema.body
    touch_messages(db, numbers)
    for part in chunks(numbers):
        query = sa.select(_message.c.n, _message.c.subject, body.c.text).join(body)
        rows = db.execute(query.where(_message.c.n.in_(part))).all()
        index.remove(db, [(n, subject, text) for n, subject, text in rows])
        unsettle(db, db.scalars(sa.select(_message.c.id).where(_message.c.n.in_(part))).all())
        db.execute(sa.delete(_message).where(_message.c.n.in_(part)))
    drop_unused_addresses(db)


def remove_letters(db: sa.Connection, index: Index, ids: Collection[str]) -> int:
    """Remove messages by their ids; returns how many there were."""
    numbers: list[int] = []
    for part in chunks(ids):
        numbers += db.scalars(sa.select(_message.c.n).where(_message.c.id.in_(part)))
    remove(db, index, numbers)
    return len(numbers)


def drop_unused_addresses(db: sa.Connection) -> None:
    """Addresses go with the last message that they stand in."""
    sends = sa.exists().where(_message.c.sender == _address.c.id)
    is_there = sa.exists().where(_participant.c.address == _address.c.id)
    db.execute(sa.delete(_address).where(~sends, ~is_there))


def claim(db: sa.Connection, mine: Collection[str]) -> int:
    """Set `by_me` anew on every message; returns how many changed."""
    numbers = list(find_addresses(db, lower(mine)).values())
    changed = _say_by_me(db, _message.c.sender.in_(numbers), True)
    changed += _say_by_me(db, _message.c.sender.not_in(numbers), False)
    if changed:
        touch(db, [EVERYBODY])
    return changed


def _say_by_me(db: sa.Connection, where: sa.ColumnElement[bool], value: bool) -> int:
    other = _message.c.by_me.is_(sa.false() if value else sa.true())
    return db.execute(sa.update(_message).where(where, other).values(by_me=value)).rowcount


def ids_of(db: sa.Connection, numbers: Iterable[int]) -> set[str]:
    """The Message-IDs of messages."""
    found: set[str] = set()
    for part in chunks(numbers):
        found.update(db.scalars(sa.select(_message.c.id).where(_message.c.n.in_(part))))
    return found
