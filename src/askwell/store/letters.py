"""Messages on their way out: one, all, those exchanged with somebody, and whom there is mail with."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from askwell.ledger.entries import Message
from askwell.store import schema
from askwell.store.adding import find_addresses
from askwell.store.addressing import lower
from askwell.store.codec import unpack
from askwell.store.contract import INTRODUCED, TOGETHER, Correspondent, Exchange
from askwell.store.rows import Row, chunks, pairs

_STREAM = 1000
_MANY = 5000  # more addresses than this are looked for while reading all

_message, _address, _participant = schema.message, schema.address, schema.participant
_columns = (
    _message.c.n,
    _message.c.id,
    _message.c.at,
    _address.c.address,
    _message.c.sender_name,
    _message.c.subject,
    schema.body.c.text,
    _message.c.reply_to,
    _message.c.refs,
    _message.c.bulk,
)
_whole = sa.select(*_columns).select_from(_message.join(_address).join(schema.body))


def message(db: sa.Connection, message_id: str) -> Message | None:
    """One message by its Message-ID, None if it is not kept."""
    rows = db.execute(_whole.where(_message.c.id == message_id)).all()
    return next(iter(_built(db, rows)), None)


def messages(db: sa.Connection, after: str = "") -> Iterator[Message]:
    """All messages by (time, id), or those after one of them."""
    query = _whole.order_by(_message.c.at, _message.c.id)
    start = db.scalar(sa.select(_message.c.at).where(_message.c.id == after)) if after else None
    if start is not None:
        at = _message.c.at
        query = query.where((at > start) | ((at == start) & (_message.c.id > after)))
    for part in _stream(db, query):
        yield from _built(db, part)


def unread(db: sa.Connection, reader: str, above: int) -> tuple[int, list[Message]]:
    """Some personal messages, numbered above a number, that this reader has not read; and the last
    number among them."""
    table = schema.reading
    query = (
        sa.select(*_columns)
        .select_from(_message.join(_address).join(schema.body).outerjoin(table))
        .where(_message.c.n > above, _message.c.bulk == "")
        .where(sa.or_(table.c.language.is_(None), table.c.reader != reader))
        .order_by(_message.c.n)
        .limit(_STREAM // 2)
    )
    rows = db.execute(query).all()
    return (rows[-1][0] if rows else above), _built(db, rows)


def thread_of(db: sa.Connection, message_id: str) -> str:
    """The name of a message's thread, empty if the message is not kept."""
    query = sa.select(sa.func.coalesce(schema.thread.c.name, _message.c.id)).select_from(
        _message.outerjoin(schema.thread, schema.thread.c.id == _message.c.id)
    )
    return db.scalar(query.where(_message.c.id == message_id)) or ""


def exchanges(
    db: sa.Connection, addresses: Collection[str] | None, since: datetime | None = None
) -> Iterator[Exchange]:
    """Personal messages by (time, id): all, or those that the user sent to or had from the addresses."""
    query = _exchange_query()
    if since:
        query = query.where(_message.c.at >= since)
    if addresses is None:
        yield from _exchanged(db, query)
        return
    wanted = lower(addresses)
    if len(wanted) > _MANY:
        every = _exchanged(db, query)
        yield from (e for e in every if (wanted.intersection(e.to) if e.by_me else e.sender in wanted))
        return
    numbers = list(find_addresses(db, wanted).values())
    if numbers:
        yield from _exchanged(db, query.where(_message.c.n.in_(_between(numbers))))


def introducing(db: sa.Connection, addresses: Collection[str] | None) -> Iterator[Exchange]:
    """Those of `exchanges` that may make an introduction: a few of very many, found without the rest."""
    said = schema.reading.c.found.like(f'%"{INTRODUCED}"%')
    to = sa.select(sa.func.count()).select_from(_participant)
    to = to.where(_participant.c.message == _message.c.n, _participant.c.role != "named")
    to_two = _message.c.by_me.is_(sa.true()) & (to.correlate(_message).scalar_subquery() == TOGETHER)
    query = _exchange_query().where(said | to_two)
    if addresses is not None:
        query = query.where(_message.c.n.in_(_between(list(find_addresses(db, lower(addresses)).values()))))
    yield from (one for one in _exchanged(db, query) if one.introduces)


def _between(numbers: list[int]) -> sa.CompoundSelect[int]:
    got = sa.select(_message.c.n).where(_message.c.sender.in_(numbers), _message.c.by_me.is_(sa.false()))
    sent = (
        sa.select(_participant.c.message)
        .join(_message, _message.c.n == _participant.c.message)
        .where(_participant.c.address.in_(numbers), _participant.c.role != "named")
        .where(_message.c.by_me.is_(sa.true()))
    )
    return got.union(sent)


def _exchange_query() -> sa.Select[Any]:
    read, thread = schema.reading, schema.thread
    return (
        sa.select(
            _message.c.n,
            _message.c.id,
            _message.c.at,
            _message.c.by_me,
            _address.c.address,
            _message.c.subject,
            sa.func.coalesce(thread.c.name, _message.c.id),
            sa.func.coalesce(read.c.words, 0),
            _message.c.pause,
            read.c.language,
            read.c.found,
        )
        .select_from(_message.join(_address).outerjoin(read).outerjoin(thread, thread.c.id == _message.c.id))
        .where(_message.c.bulk == "")
        .order_by(_message.c.at, _message.c.id)
    )


def _exchanged(db: sa.Connection, query: sa.Select[Any]) -> Iterator[Exchange]:
    for part in _stream(db, query):
        to = _addressed(db, [row[0] for row in part])
        for n, mid, at, by_me, sender, subject, thread, words, pause, language, found in part:
            reading = None if language is None else unpack(language, found)
            yield Exchange(mid, at, by_me, sender, tuple(to[n]), subject, thread, words, pause, reading)


def _addressed(db: sa.Connection, numbers: Sequence[int]) -> dict[int, list[str]]:
    to: dict[int, list[str]] = defaultdict(list)
    query = (
        sa.select(_participant.c.message, _address.c.address)
        .join(_address, _address.c.id == _participant.c.address)
        .where(_participant.c.role != "named")
        .order_by(_participant.c.message, _participant.c.seq)
    )
    for part in chunks(numbers):
        for n, address in db.execute(query.where(_participant.c.message.in_(part))).all():
            to[n].append(address)
    return to


def _built(db: sa.Connection, rows: Sequence[Row]) -> list[Message]:
    """Messages from rows of `_whole`, with those who were addressed."""
    others = _others(db, [row[0] for row in rows])
    return [_build(others[row[0]], row) for row in rows]


Other = tuple[str, str, str]


def _others(db: sa.Connection, numbers: Sequence[int]) -> dict[int, list[Other]]:
    found: dict[int, list[Other]] = defaultdict(list)
    columns = (_participant.c.message, _participant.c.role, _address.c.address, _participant.c.name)
    query = sa.select(*columns).join(_address, _address.c.id == _participant.c.address)
    query = query.order_by(_participant.c.message, _participant.c.seq)
    for part in chunks(numbers):
        for n, role, address, name in db.execute(query.where(_participant.c.message.in_(part))).all():
            found[n].append((role, address, name))
    return found


def _build(others: list[Other], row: Row) -> Message:
    _, mid, at, sender, sender_name, subject, text, reply_to, refs, bulk = row
    named = [(sender, sender_name), *((address, name) for _, address, name in others)]
    return Message(
        id=mid,
        at=at,
        sender=sender,
        to=tuple(address for role, address, _ in others if role == "to"),
        cc=tuple(address for role, address, _ in others if role == "cc"),
        subject=subject,
        text=text,
        reply_to=reply_to,
        references=tuple(json.loads(refs)) if refs else (),
        bulk=bulk,
        names=tuple((address, name) for address, name in named if name),
    )


def _stream(db: sa.Connection, query: sa.Select[Any]) -> Iterator[Sequence[Row]]:
    with db.execute(query, execution_options={"yield_per": _STREAM}) as result:
        yield from result.partitions()


# -- correspondents --------------------------------------------------------------------------------
def correspondents(db: sa.Connection) -> Iterator[Correspondent]:
    """By address: how much was written and received, when, and the name last seen."""
    mail, name = _mail(), _last_names()
    written = sa.func.sum(mail.c.written)
    query = (
        sa.select(
            _address.c.address,
            sa.func.coalesce(sa.func.max(name.c.name), ""),
            written,
            sa.func.count() - written,
            sa.func.min(sa.case((mail.c.written == 1, mail.c.at)), type_=schema.Moment()),
            sa.func.max(mail.c.at, type_=schema.Moment()),
        )
        .select_from(_address.join(mail, mail.c.who == _address.c.id))
        .outerjoin(name, sa.and_(name.c.who == _address.c.id, name.c.rank == 1))
        .group_by(_address.c.address)
        .order_by(_address.c.address)
    )
    for part in _stream(db, query):
        for row in part:
            yield Correspondent(*row)


def _mail() -> sa.Subquery:
    """One row for each message and address that the user wrote to or heard from."""
    wrote = (
        sa.select(
            _participant.c.address.label("who"), _message.c.n, _message.c.at, sa.literal(1).label("written")
        )
        .join(_message, _message.c.n == _participant.c.message)
        .where(_message.c.bulk == "", _message.c.by_me.is_(sa.true()), _participant.c.role != "named")
        .distinct()
    )
    got = sa.select(_message.c.sender, _message.c.n, _message.c.at, sa.literal(0)).where(
        _message.c.bulk == "", _message.c.by_me.is_(sa.false())
    )
    return sa.union_all(wrote, got).subquery()


def _last_names() -> sa.Subquery:
    """The names seen with each address; rank 1 is the newest, by alphabet where several are."""
    beside = (
        sa.select(_participant.c.address.label("who"), _participant.c.name.label("name"), _message.c.at)
        .join(_message, _message.c.n == _participant.c.message)
        .where(_participant.c.name != "")
    )
    sender = sa.select(_message.c.sender, _message.c.sender_name, _message.c.at)
    seen = sa.union_all(beside, sender.where(_message.c.sender_name != "")).subquery()
    rank = sa.func.row_number().over(partition_by=seen.c.who, order_by=(seen.c.at.desc(), seen.c.name))
    return sa.select(seen.c.who, seen.c.name, rank.label("rank")).subquery()


def numbers_of(db: sa.Connection, ids: Iterable[str]) -> dict[str, int]:
    """The numbers of those messages that are kept."""
    found: dict[str, int] = {}
    for part in chunks(ids):
        rows = db.execute(sa.select(_message.c.id, _message.c.n).where(_message.c.id.in_(part)))
        found.update(pairs(rows))
    return found
