"""Whom a change touches: every transaction that changes the ledger raises its `state` by one, and notes
the addresses and keys that it touches with the new state."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from askwell.store import schema
from askwell.store.rows import chunks

EVERYBODY = "*"

_summary, _touched, _pulse = schema.summary, schema.touched, schema.pulse
_message, _participant, _address = schema.message, schema.participant, schema.address


# -- the state of the ledger -----------------------------------------------------------------------
def start(db: sa.Connection) -> None:
    """Begin to count, with everybody's summary still to be made."""
    db.execute(sa.insert(_pulse).values(id=1, state=1, forgot=0))
    touch(db, [EVERYBODY])


def beat(db: sa.Connection) -> None:
    """The ledger is changed by this transaction."""
    db.execute(sa.update(_pulse).values(state=_pulse.c.state + 1))


def state(db: sa.Connection) -> int:
    """How often the ledger was changed."""
    return db.scalar(sa.select(_pulse.c.state)) or 0


# -- whom a change touches -------------------------------------------------------------------------
def touch(db: sa.Connection, whom: Iterable[str]) -> None:
    """Note that what is known of these people (keys or addresses) no longer holds."""
    now = state(db)
    for part in chunks(set(whom)):
        db.execute(sa.delete(_touched).where(_touched.c.whom.in_(part)))
        db.execute(sa.insert(_touched), [{"whom": each, "since": now} for each in part])


def touch_messages(db: sa.Connection, numbers: Iterable[int]) -> None:
    """The same for those whom these messages were exchanged with."""
    got = sa.select(_address.c.address).join(_message, _message.c.sender == _address.c.id)
    got = got.where(_message.c.by_me.is_(sa.false()), _message.c.bulk == "")
    sent = sa.select(_address.c.address).select_from(_address.join(_participant).join(_message))
    sent = sent.where(_message.c.by_me.is_(sa.true()), _message.c.bulk == "", _participant.c.role != "named")
    found: set[str] = set()
    for part in chunks(numbers):
        here = _message.c.n.in_(part)
        found.update(db.scalars(got.where(here).distinct()))
        found.update(db.scalars(sent.where(here).distinct()))
    if found:
        touch(db, found)


def touch_waiting(db: sa.Connection) -> None:
    """The same for those whose summary rests on what is usual in the whole mailbox."""
    touch(db, db.scalars(sa.select(_summary.c.key).where(_summary.c.waits.is_(sa.true()))).all())


def touch_addressed(db: sa.Connection, numbers: Iterable[int]) -> None:
    """The same for those whom any messages with these addresses, by number, were exchanged with."""
    here = _participant.c.address.in_(list(numbers)) & (_participant.c.role != "named")
    touch_messages(db, db.scalars(sa.select(_participant.c.message).where(here).distinct()).all())
