"""How much is kept, and what is wrong with it."""

from __future__ import annotations

import sqlalchemy as sa

from askwell.store import schema
from askwell.store.adding import Index
from askwell.store.persons import counting

_message, _reading = schema.message, schema.reading


def counts(db: sa.Connection) -> dict[str, int]:
    """How much is kept, by the names that `Store.counts` promises."""

    def number(what: sa.FromClause, *where: sa.ColumnElement[bool]) -> int:
        return db.scalar(sa.select(sa.func.count()).select_from(what).where(*where)) or 0

    messages = number(_message)
    bulk = number(_message, _message.c.bulk != "")
    standing = schema.action.c.undone.is_(sa.false())
    return {
        "messages": messages,
        "personal": messages - bulk,
        "bulk": bulk,
        "people": number(counting()),
        "said": number(schema.said.join(schema.action), standing),
        "readings": number(_reading, _reading.c.language.is_not(None)),
        "actions": number(schema.action),
    }


def trouble(db: sa.Connection, index: Index) -> tuple[str, ...]:
    """Sentences on what is wrong: the index's own checks first, then rows that fit nowhere."""
    found = index.trouble(db)
    for what, query in _strays().items():
        if count := db.scalar(query):
            found.append(f"{count} {what}")
    return tuple(found)


def _strays() -> dict[str, sa.Select[int]]:
    count = sa.select(sa.func.count())

    def without(table: sa.Table, other: sa.Table, on: sa.ColumnElement[bool]) -> sa.Select[int]:
        return count.select_from(table.outerjoin(other, on)).where(next(iter(other.primary_key)).is_(None))

    body, thread, unsettled = schema.body, schema.thread, schema.unsettled
    has_no_thread = without(_message, thread, thread.c.id == _message.c.id)
    return {
        "readings without a message": without(_reading, _message, _reading.c.message == _message.c.n),
        "messages without a text": without(_message, body, body.c.message == _message.c.n),
        "messages without a thread": has_no_thread.where(_message.c.n.not_in(sa.select(unsettled.c.message))),
        "messages of an action that was undone": count.select_from(_message.join(schema.action)).where(
            schema.action.c.undone.is_(sa.true())
        ),
    }
