"""Threads of new messages: each batch is joined with the threads that it touches, and those only."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from askwell.store import schema
from askwell.store.rows import chunks
from askwell.store.threads import Card, answers, link
from askwell.store.touching import touch_messages

BATCH = 4000
ANSWERED = "answered"
LAST = 1_000_000
"""The place of a worked-out recipient among the participants: after all that the headers name."""

_message, _thread, _unsettled = schema.message, schema.thread, schema.unsettled
_columns = (
    _message.c.n,
    _message.c.id,
    _message.c.at,
    _message.c.subject,
    _message.c.topic,
    _message.c.reply_to,
    _message.c.refs,
    _message.c.bulk,
)
_Cards = dict[int, Card]


def waiting(db: sa.Connection) -> bool:
    """Whether any message has no thread yet."""
    return db.scalar(sa.select(_unsettled.c.message).limit(1)) is not None


def settle_some(db: sa.Connection) -> None:
    """Give the next batch of messages their threads. What a thread holds depends on all messages that
    are settled, not on their order: the threads touched are worked out from nothing."""
    rows = db.execute(sa.select(*_columns).join(_unsettled).order_by(_message.c.n).limit(BATCH)).all()
    new = {row[0]: _card(*row[1:]) for row in rows}
    touched = _touched(db, new.values())
    old, names = _members(db, touched)
    cards = old | new
    _with_people(db, cards)
    _write(db, names, link(cards.values(), names))
    _address(db, list(new))
    _touch(db, new)
    for part in chunks(new):
        db.execute(sa.delete(_unsettled).where(_unsettled.c.message.in_(part)))


def _address(db: sa.Connection, numbers: Sequence[int]) -> None:
    """A letter that names nobody (public archives take the To line out) goes to whom it answers. That is
    worked out, so it has a role of its own and is no part of the message as it was sent."""
    asked, people = _message.alias("asked"), schema.participant
    named = sa.exists().where(people.c.message == _message.c.n, people.c.role != "named")
    found = (
        sa.select(_message.c.n, sa.literal(LAST), sa.literal(ANSWERED), asked.c.sender, sa.literal(""))
        .join(asked, asked.c.id == _message.c.reply_to)
        .where(_message.c.reply_to != "", asked.c.sender != _message.c.sender, ~named)
    )
    columns = ["message", "seq", "role", "address", "name"]
    for part in chunks(numbers):
        db.execute(sa.insert(people).from_select(columns, found.where(_message.c.n.in_(part))))
        db.execute(sa.insert(people).from_select(columns, found.where(asked.c.n.in_(part))))


def _touch(db: sa.Connection, new: _Cards) -> None:
    """The new messages, and letters that only now are known to go to whom they answer."""
    people = schema.participant
    touch_messages(db, new)
    query = sa.select(_message.c.n).join(people, people.c.message == _message.c.n)
    for part in chunks(card.id for card in new.values()):
        here = query.where(people.c.role == ANSWERED, _message.c.reply_to.in_(part))
        touch_messages(db, db.scalars(here).all())


def unsettle(db: sa.Connection, ids: Collection[str]) -> None:
    """Before messages are removed: their threads are undone, and the rest of them is settled anew."""
    people = schema.participant
    for part in chunks(ids):
        answers_ = sa.select(_message.c.n).where(_message.c.reply_to.in_(part))
        touch_messages(db, db.scalars(answers_).all())
        db.execute(sa.delete(people).where(people.c.role == ANSWERED, people.c.message.in_(answers_)))
    names = _names_of(db, ids)
    for part in chunks(names):
        rest = (
            sa.select(_message.c.n)
            .join(_thread, _thread.c.id == _message.c.id)
            .outerjoin(_unsettled)
            .where(_thread.c.name.in_(part), _unsettled.c.message.is_(None))
        )
        db.execute(sa.insert(_unsettled).from_select(["message"], rest))
        db.execute(sa.delete(_thread).where(_thread.c.name.in_(part)))


def unsettle_all(db: sa.Connection) -> None:
    """All threads are made anew by the next settling."""
    db.execute(sa.delete(_thread))
    db.execute(sa.delete(_unsettled))
    db.execute(sa.insert(_unsettled).from_select(["message"], sa.select(_message.c.n)))


def _card(mid: str, at: Any, subject: str, topic: str, reply_to: str, refs: str, bulk: str) -> Card:
    known = tuple(json.loads(refs)) if refs else ()
    if reply_to:
        known += (reply_to,)
    # Lists and newsletters repeat their subjects for ever; only people's mail joins by topic.
    topic = "" if bulk else topic
    return Card(mid, at, known, topic, bool(topic) and answers(subject, topic))


def _touched(db: sa.Connection, new: Iterable[Card]) -> set[str]:
    """The names of the threads that the new messages refer to, belong to or share a topic with."""
    ids: set[str] = set()
    topics: set[str] = set()
    for card in new:
        ids.add(card.id)
        ids.update(card.refs)
        if card.topic:
            topics.add(card.topic)
    names = _names_of(db, ids)
    query = (
        sa.select(_thread.c.name)
        .join(_message, _message.c.id == _thread.c.id)
        .outerjoin(_unsettled)
        .where(_message.c.bulk == "", _unsettled.c.message.is_(None))
        .distinct()
    )
    for part in chunks(topics):
        names.update(db.scalars(query.where(_message.c.topic.in_(part))))
    return names


def _names_of(db: sa.Connection, ids: Iterable[str]) -> set[str]:
    names: set[str] = set()
    for part in chunks(ids):
        names.update(db.scalars(sa.select(_thread.c.name).where(_thread.c.id.in_(part)).distinct()))
    return names


def _members(db: sa.Connection, touched: Iterable[str]) -> tuple[_Cards, dict[str, str]]:
    """The settled messages of these threads, and the name that every id in them has now."""
    cards: _Cards = {}
    names: dict[str, str] = {}
    query = sa.select(_thread.c.id, _thread.c.name, _unsettled.c.message, *_columns).select_from(
        _thread.outerjoin(_message, _message.c.id == _thread.c.id).outerjoin(
            _unsettled, _unsettled.c.message == _message.c.n
        )
    )
    for part in chunks(touched):
        for mid, name, pending, n, *rest in db.execute(query.where(_thread.c.name.in_(part))):
            names[mid] = name
            if n is not None and pending is None:
                cards[n] = _card(*rest)
    return cards, names


def _with_people(db: sa.Connection, cards: _Cards) -> None:
    """Put in the participants, for those topics in which a message could join by topic."""
    topics = {card.topic for card in cards.values() if card.answers and not card.refs}
    wanted = [n for n, card in cards.items() if card.topic in topics]
    people = _people(db, wanted) if topics else {}
    for n in wanted:
        card = cards[n]
        cards[n] = Card(card.id, card.at, card.refs, card.topic, card.answers, tuple(people[n]))


def _people(db: sa.Connection, numbers: Sequence[int]) -> dict[int, list[str]]:
    people: dict[int, list[str]] = {}
    address, other = schema.address, schema.participant
    senders = sa.select(_message.c.n, address.c.address).join(address)
    others = (
        sa.select(other.c.message, address.c.address)
        .join(address, address.c.id == other.c.address)
        .where(
            other.c.role.in_(("to", "cc"))
        )  # not whom it was worked out to answer: that comes after threads
        .order_by(other.c.message, other.c.seq)
    )
    for part in chunks(numbers):
        found = defaultdict(list)
        for n, text in db.execute(others.where(other.c.message.in_(part))):
            found[n].append(text)
        for n, text in db.execute(senders.where(_message.c.n.in_(part))):
            people[n] = [text, *found[n]] if text else []
    return people


def _write(db: sa.Connection, before: dict[str, str], after: dict[str, str]) -> None:
    new = [{"id": mid, "name": name} for mid, name in after.items() if mid not in before]
    changed = [{"of": mid, "to": after[mid]} for mid, name in before.items() if after[mid] != name]
    if new:
        db.execute(sa.insert(_thread), new)
    if changed:
        here = _thread.c.id == sa.bindparam("of")
        db.execute(sa.update(_thread).where(here).values(name=sa.bindparam("to")), changed)
        for part in chunks(row["of"] for row in changed):
            touch_messages(db, db.scalars(sa.select(_message.c.n).where(_message.c.id.in_(part))).all())
