"""What was worked out for each person, and for whom it no longer holds.

A summary carries the state that the ledger had before it was worked out; it holds while no note of
`touching` on the person is newer. So two programs may work at once, and one may stop halfway: nothing old
is taken for new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import sqlalchemy as sa

from askwell.store import persons, schema
from askwell.store.contract import Made, Stale, Summary
from askwell.store.rows import chunks, pairs
from askwell.store.touching import EVERYBODY, state

_summary, _touched, _pulse = schema.summary, schema.touched, schema.pulse
_version, _had = schema.version, schema.version_address


def stale(db: sa.Connection) -> Stale:
    """Whose summary has to be made, or made anew."""
    now = state(db)
    since = pairs(db.execute(sa.select(_touched.c.whom, _touched.c.since)).all())
    newest: dict[str, int] = {}
    if EVERYBODY in since:
        everybody = (*persons.keys(db), *db.scalars(sa.select(_summary.c.key)))
        newest = dict.fromkeys(everybody, since[EVERYBODY])
    for key, whom in _keys(db, since):
        newest[key] = max(newest.get(key, 0), since[whom])
    made: dict[str, int] = {}
    for part in chunks(newest):
        query = sa.select(_summary.c.key, _summary.c.state).where(_summary.c.key.in_(part))
        made |= pairs(db.execute(query).all())
    return Stale(now, frozenset(key for key, number in newest.items() if made.get(key, -1) < number))


def _keys(db: sa.Connection, whom: Collection[str]) -> Iterable[tuple[str, str]]:
    """The keys of those who have, or had, these addresses or keys, each with the one that led to it."""
    for part in chunks(whom):
        for column in (_version.c.key, _summary.c.key):
            yield from (
                (key, key) for key in db.scalars(sa.select(column).where(column.in_(part)).distinct())
            )
        had = sa.select(_version.c.key, _had.c.address).join(_had).where(_had.c.address.in_(part))
        yield from ((row[0], row[1]) for row in db.execute(had.distinct()))


# -- what is known ---------------------------------------------------------------------------------
def made(db: sa.Connection) -> dict[str, Made]:
    """Who has a summary, of which state, and for which days."""
    columns = (_summary.c.key, _summary.c.state, _summary.c.day, _summary.c.until)
    return {row[0]: Made(*row[1:]) for row in db.execute(sa.select(*columns)).all()}


def texts(db: sa.Connection, keys: Collection[str] | None) -> dict[str, str]:
    """The summaries of these people, of everybody for None."""
    query = sa.select(_summary.c.key, _summary.c.text)
    if keys is None:
        return {row[0]: row[1] for row in db.execute(query).all()}
    rows = (row for part in chunks(keys) for row in db.execute(query.where(_summary.c.key.in_(part))))
    return {row[0]: row[1] for row in rows}


def put(
    db: sa.Connection, known: int, items: Sequence[Summary], gone: Collection[str], *, finished: bool
) -> None:
    """Keep summaries that were worked out from state `known`, where no newer one is kept."""
    forgot = db.scalar(sa.select(_pulse.c.forgot)) or 0
    if known < forgot:
        return  # they may hold words of somebody who is gone
    for part in chunks(items):
        keys = [one.key for one in part]
        query = sa.select(_summary.c.key).where(_summary.c.key.in_(keys), _summary.c.state > known)
        newer = set(db.scalars(query))
        db.execute(sa.delete(_summary).where(_summary.c.key.in_(set(keys) - newer)))
        rows = [_row(known, one) for one in part if one.key not in newer]
        if rows:
            db.execute(sa.insert(_summary), rows)
    for keys in chunks(gone):
        db.execute(sa.delete(_summary).where(_summary.c.key.in_(keys), _summary.c.state <= known))
    if finished:
        db.execute(sa.delete(_touched).where(_touched.c.since <= known))


def _row(known: int, one: Summary) -> dict[str, object]:
    days = {"day": one.day.toordinal(), "until": one.until.toordinal()}
    return {"key": one.key, "state": known, **days, "waits": one.waits, "text": one.text}


def forget(db: sa.Connection, ends: Collection[str]) -> int:
    """After somebody was forgotten: take out what was worked out for them, and for everybody whom that has
    touched; also when another program is just working it out. Returns how many summaries went."""
    gone = {*ends, *stale(db).keys}
    removed = 0
    for part in chunks(gone):
        removed += db.execute(sa.delete(_summary).where(_summary.c.key.in_(part))).rowcount
    for part in chunks(ends):
        db.execute(sa.delete(_touched).where(_touched.c.whom.in_(part)))
    db.execute(sa.update(_pulse).values(forgot=_pulse.c.state))
    return removed
