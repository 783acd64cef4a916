"""What was read in a message: replaced whenever a newer reader reads again."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from askwell.store import schema
from askwell.store.codec import pack, unpack
from askwell.store.letters import numbers_of
from askwell.store.rows import chunks
from askwell.store.touching import touch_messages
from askwell.text.reading import Reading

_reading = schema.reading


def get(db: sa.Connection, message_id: str) -> Reading | None:
    """What was read in a message, None if it was not read or is not kept."""
    query = sa.select(_reading.c.language, _reading.c.found).join(schema.message)
    row = db.execute(query.where(schema.message.c.id == message_id)).one_or_none()
    return None if row is None or row[0] is None else unpack(row[0], row[1])


def texts(db: sa.Connection, ids: Iterable[str]) -> dict[str, tuple[str, Reading]]:
    """The texts of those of the messages that were read, with the readings."""
    message, body = schema.message, schema.body
    query = (
        sa.select(message.c.id, body.c.text, _reading.c.language, _reading.c.found)
        .select_from(message.join(body).join(_reading))
        .where(_reading.c.language.is_not(None))
    )
    found: dict[str, tuple[str, Reading]] = {}
    for part in chunks(ids):
        for mid, text, language, reading in db.execute(query.where(message.c.id.in_(part))):
            found[mid] = (text, unpack(language, reading))
    return found


def put(db: sa.Connection, reader: str, items: Iterable[tuple[str, Reading, int]]) -> int:
    """Replace the readings of those messages that are kept; returns how many they were."""
    latest = {mid: (reading, words) for mid, reading, words in items}
    numbers = numbers_of(db, latest)
    rows = [
        {
            "message": number,
            "reader": reader,
            "words": latest[mid][1],
            "language": latest[mid][0].language,
            "found": pack(latest[mid][0]),
        }
        for mid, number in numbers.items()
    ]
    for part in chunks(numbers.values()):
        db.execute(sa.delete(_reading).where(_reading.c.message.in_(part)))
    if rows:
        db.execute(sa.insert(_reading), rows)
        touch_messages(db, numbers.values())
    return len(rows)
