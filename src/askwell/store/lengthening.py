"""Letters that had been cut short, and came again whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from askwell.store import schema
from askwell.store.adding import Addresses, Index, add
from askwell.store.contract import Kept
from askwell.store.removing import remove
from askwell.store.rows import chunks, pairs

_message, _spot = schema.message, schema.spot


def lengths(db: sa.Connection, ids: Iterable[str]) -> dict[str, int]:
    """How many characters those of the messages have that are kept."""
    found: dict[str, int] = {}
    query = sa.select(_message.c.id, sa.func.length(schema.body.c.text)).join(schema.body)
    for part in chunks(ids):
        found |= pairs(db.execute(query.where(_message.c.id.in_(part))))
    return found


def lengthen(db: sa.Connection, index: Index, addresses: Addresses, kept: Sequence[Kept]) -> int:
    """Take out what is kept under these ids, and put these in, for the same actions and at the same spots."""
    done = 0
    for each in kept:
        here = _message.c.id == each.message.id
        row = db.execute(sa.select(_message.c.n, _message.c.action).where(here)).one_or_none()
        if row is None:
            continue
        number, action = row
        lay = db.execute(sa.select(_spot.c.folder, _spot.c.uid).where(_spot.c.message == number)).all()
        remove(db, index, [number])
        addresses.clear()  # some may have gone with it
        done += add(db, index, addresses, action, [each], None)
        again = db.scalar(sa.select(_message.c.n).where(here))
        for folder, uid in lay:
            where = (_spot.c.folder == folder) & (_spot.c.uid == uid)
            db.execute(sa.update(_spot).where(where).values(message=again))
    return done
