"""Where letters lie on a server, or lay: so that what is gone from there can be told from what moved."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from askwell.store import schema
from askwell.store.contract import GONE, HERE, SYNC, Spot, Spots
from askwell.store.rows import chunks, insert, pairs

_folder, _spot, _message = schema.folder, schema.spot, schema.message


def put(db: sa.Connection, spots: Spots) -> None:
    """Keep these spots, in place of those with the same UIDs; under another print all are gone."""
    _all_gone(db, spots)
    if not spots.items and spots.mark is None:
        return
    folder = _number(db, spots.source, spots.print)
    if folder is None:
        folder = insert(db, _folder, source=spots.source, print=spots.print, mark=spots.mark or 0)
    elif spots.mark is not None:
        db.execute(sa.update(_folder).where(_folder.c.id == folder).values(mark=spots.mark))
    for part in chunks(spots.items):
        numbers = _numbers(db, part)
        db.execute(
            sa.delete(_spot).where(_spot.c.folder == folder, _spot.c.uid.in_([one.uid for one in part]))
        )
        rows = [
            {"folder": folder, "uid": one.uid, "message": numbers.get(one.message), "state": one.state}
            for one in part
        ]
        db.execute(sa.insert(_spot), rows)


def _all_gone(db: sa.Connection, spots: Spots) -> None:
    """What lay in the folder when its letters had other numbers. That it is looked through anew if it ever
    has these numbers again, nothing is known of its changes any more."""
    other = (_folder.c.source == spots.source) & (_folder.c.print != spots.print)
    for folder in db.scalars(sa.select(_folder.c.id).where(other)).all():
        here = (_spot.c.folder == folder) & (_spot.c.state != GONE)
        db.execute(sa.update(_spot).where(here).values(state=GONE))
        db.execute(sa.update(_folder).where(_folder.c.id == folder).values(mark=0))


def _number(db: sa.Connection, source: str, print_: str) -> int | None:
    here = (_folder.c.source == source) & (_folder.c.print == print_)
    return db.scalar(sa.select(_folder.c.id).where(here))


def _numbers(db: sa.Connection, part: list[Spot]) -> dict[str, int]:
    """The numbers of those of the letters that are kept."""
    ids = {one.message for one in part} - {""}
    return pairs(db.execute(sa.select(_message.c.id, _message.c.n).where(_message.c.id.in_(ids))))


def get(db: sa.Connection, source: str, print_: str, uids: Collection[int] | None = None) -> tuple[Spot, ...]:
    """The spots of a folder, by UID; those with these UIDs only, if they are given."""
    folder = _number(db, source, print_)
    query = sa.select(_spot.c.uid, _message.c.id, _spot.c.state).select_from(_spot.outerjoin(_message))
    query = query.where(_spot.c.folder == folder).order_by(_spot.c.uid)
    found: list[Spot] = []
    for part in [None] if uids is None else chunks(sorted(uids)):
        rows = db.execute(query if part is None else query.where(_spot.c.uid.in_(part)))
        found += [Spot(uid, message or "", state) for uid, message, state in rows]
    return tuple(found)


def mark(db: sa.Connection, source: str, print_: str) -> int:
    """Up to where changes in a folder are known."""
    here = (_folder.c.source == source) & (_folder.c.print == print_)
    return db.scalar(sa.select(_folder.c.mark).where(here)) or 0


def lying(db: sa.Connection, source: str, print_: str) -> int:
    """How many spots of a folder are not gone."""
    query = sa.select(sa.func.count()).select_from(_spot)
    folder = _number(db, source, print_)
    return db.scalar(query.where(_spot.c.folder == folder, _spot.c.state != GONE)) or 0


def sources(db: sa.Connection, prefix: str) -> tuple[str, ...]:
    """The folders whose source begins so, with spots that are not gone."""
    lies = sa.exists().where(_spot.c.folder == _folder.c.id, _spot.c.state != GONE)
    return tuple(db.scalars(sa.select(_folder.c.source).where(_begins(prefix), lies).distinct()))


def vanished(db: sa.Connection, prefix: str) -> frozenset[str]:
    """The messages that a sync brought and that lay in such folders, but lie nowhere any more."""
    elsewhere = _spot.alias("elsewhere")
    lies = sa.exists().where(elsewhere.c.message == _message.c.n, elsewhere.c.state == HERE)
    query = (
        sa.select(_message.c.id)
        .join(_spot, _spot.c.message == _message.c.n)
        .join(_folder, _folder.c.id == _spot.c.folder)
        .join(schema.action, schema.action.c.id == _message.c.action)
        .where(_spot.c.state != HERE, schema.action.c.verb == SYNC, _begins(prefix), ~lies)
    )
    return frozenset(db.scalars(query))


def _begins(prefix: str) -> sa.ColumnElement[bool]:
    return _folder.c.source.startswith(prefix, autoescape=True)
