"""Removing a person for good."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from askwell.ledger.person import ME
from askwell.store import noting, persons, schema, summaries
from askwell.store.adding import Index, find_addresses
from askwell.store.addressing import digest, naming
from askwell.store.refusals import nobody
from askwell.store.removing import drop_unused_addresses, ids_of, remove
from askwell.store.rows import chunks
from askwell.store.touching import touch, touch_addressed

SALT = "forget_salt"
PENDING = "forget_pending"

_message, _participant, _address = schema.message, schema.participant, schema.address
_version, _version_address = schema.version, schema.version_address


def forget(db: sa.Connection, index: Index, key: str) -> dict[str, int]:
    """Remove what there is of a person; returns how much, by kind."""
    who = _who(db, key)
    salt = noting.get(db, SALT) or secrets.token_hex(16)
    noting.put(db, SALT, salt)
    noting.put(db, PENDING, "1")
    removed = {
        "messages": _forget_messages(db, index, who, salt),
        "recipients": _forget_participation(db, who),
        "said": _forget_said(db, who),
        "people": _forget_versions(db, who),
        "actions": _forget_mentions(db, who),
        "summaries": summaries.forget(db, who.ends),
    }
    _remember_digests(db, who, salt)
    drop_unused_addresses(db)
    index.rebuild(db)
    return removed


def forgotten(db: sa.Connection, addresses: Collection[str]) -> frozenset[str]:
    """Those of the addresses, as they are written, whose owners were forgotten."""
    salt = noting.get(db, SALT)
    if salt is None:
        return frozenset()
    digests = {digest(salt, address): address for address in addresses}
    column, found = schema.forgotten.c.digest, set[str]()
    for part in chunks(digests):
        found.update(db.scalars(sa.select(column).where(column.in_(part))))
    return frozenset(digests[each] for each in found)


def swept(db: sa.Connection) -> None:
    """The files hold nothing any more of whom was forgotten."""
    db.execute(sa.delete(schema.setting).where(schema.setting.c.name == PENDING))


# -- who -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Who:
    """Whom to forget: the key, all addresses, their numbers in the table, and words that name them."""

    key: str
    addresses: frozenset[str]
    numbers: tuple[int, ...]
    named: re.Pattern[str]

    @property
    def ends(self) -> tuple[str, ...]:
        return (self.key, *self.addresses)


def _who(db: sa.Connection, key: str) -> _Who:
    versions = db.execute(sa.select(_version.c.id, _version.c.name).where(_version.c.key == key)).all()
    if not versions:
        raise nobody(key)
    column = _version_address.c.address
    rows = sa.select(_version_address.c.version, column).join(_version).where(_version.c.key == key)
    had = {(version, text) for version, text in db.execute(rows)}
    last = max(version for version, _ in versions)
    # An address that was moved to somebody else since then is theirs.
    others = {text for each in persons.people(db) if each.key != key for text in each.addresses}
    addresses = frozenset(text for version, text in had if version == last or text not in others)
    names = {name for _, name in versions} | {key} | addresses
    numbers = tuple(find_addresses(db, addresses).values())
    return _Who(key, addresses, numbers, naming(names))


# -- table by table --------------------------------------------------------------------------------
def _forget_messages(db: sa.Connection, index: Index, who: _Who, salt: str) -> int:
    if not who.numbers:
        return 0
    numbers = set(db.scalars(sa.select(_message.c.n).where(_message.c.sender.in_(who.numbers))))
    numbers.update(db.scalars(_to_them_alone(who)))
    ids = ids_of(db, numbers)
    remove(db, index, numbers)
    aliases = {mid: f"forgotten:{digest(salt, mid)}" for mid in ids}
    _rename_references(db, aliases)
    for part in chunks(ids):
        db.execute(sa.delete(schema.correction).where(schema.correction.c.message.in_(part)))
    return len(numbers)


def _to_them_alone(who: _Who) -> sa.Select[int]:
    """Messages that nobody else was sent; a copy to oneself does not count."""
    mine = sa.select(_message.c.sender).where(_message.c.by_me.is_(sa.true())).distinct()
    other = _participant.alias("other")
    somebody_else = (
        sa.exists()
        .where(other.c.message == _message.c.n, other.c.role != "named")
        .where(other.c.address.not_in(who.numbers))
        .where(sa.or_(_message.c.by_me.is_(sa.false()), other.c.address.not_in(mine)))
    )
    return (
        sa.select(_message.c.n)
        .join(_participant)
        .where(_participant.c.address.in_(who.numbers), _participant.c.role != "named", ~somebody_else)
    )


def _rename_references(db: sa.Connection, aliases: dict[str, str]) -> None:
    """A Message-ID may hold a name. Where others refer to what is gone, a digest takes its place, so
    that their threads still hold. These messages wait to be settled, since threads were taken apart."""
    query = sa.select(_message.c.n, _message.c.reply_to, _message.c.refs).join(schema.unsettled)
    changed = []
    for n, reply_to, refs in db.execute(query).all():
        known = json.loads(refs) if refs else []
        if reply_to in aliases or any(ref in aliases for ref in known):
            again = json.dumps([aliases.get(ref, ref) for ref in known], ensure_ascii=False)
            changed.append({"of": n, "to": aliases.get(reply_to, reply_to), "all": again if known else ""})
    if changed:
        here = _message.c.n == sa.bindparam("of")
        values: dict[str, Any] = {"reply_to": sa.bindparam("to"), "refs": sa.bindparam("all")}
        db.execute(sa.update(_message).where(here).values(values), changed)


def _forget_participation(db: sa.Connection, who: _Who) -> int:
    touch_addressed(db, who.numbers)
    return db.execute(sa.delete(_participant).where(_participant.c.address.in_(who.numbers))).rowcount


def _forget_said(db: sa.Connection, who: _Who) -> int:
    """What they did or was done to them alone goes; an entry with others loses them, and its words if
    they name the person."""
    said, to = schema.said, schema.said_to
    touched = set(db.scalars(sa.select(to.c.said).where(to.c.endpoint.in_(who.ends))))
    gone = set(db.scalars(sa.select(said.c.id).where(said.c.by.in_(who.ends))))
    for part in chunks(touched | gone):
        noting.touch_said(db, said.c.id.in_(part))
    db.execute(sa.delete(to).where(to.c.endpoint.in_(who.ends)))
    for number in touched - gone:
        left = set(db.scalars(sa.select(to.c.endpoint).where(to.c.said == number)))
        left.add(db.execute(sa.select(said.c.by).where(said.c.id == number)).scalar_one())
        if left <= {ME}:
            gone.add(number)
        else:
            _forget_words(db, who, number)
    for part in chunks(gone):
        db.execute(sa.delete(said).where(said.c.id.in_(part)))
    return len(gone | touched)


def _forget_words(db: sa.Connection, who: _Who, number: int) -> None:
    said = schema.said
    here = said.c.id == number
    text, more = db.execute(sa.select(said.c.text, said.c.more).where(here)).one()
    kept = [pair for pair in json.loads(more) if not who.named.search(pair[1])]
    text = "" if who.named.search(text) else text
    db.execute(sa.update(said).where(here).values(text=text, more=json.dumps(kept, ensure_ascii=False)))


def _forget_versions(db: sa.Connection, who: _Who) -> int:
    """All versions of the person, and of people dropped since then (into this one) by their address."""
    sharing = sa.select(_version.c.key).join(_version_address)
    keys = set(db.scalars(sharing.where(_version_address.c.address.in_(who.addresses)).distinct()))
    gone = {each for each in keys if persons.person(db, each) is None} | {who.key}
    touch(db, keys)
    removed = db.execute(sa.delete(_version).where(_version.c.key.in_(gone))).rowcount
    db.execute(sa.delete(_version_address).where(_version_address.c.address.in_(who.addresses)))
    return removed


def _forget_mentions(db: sa.Connection, who: _Who) -> int:
    """Names in the list of actions, and places of imports whose file or folder is called after the
    person."""
    table, place, folder = schema.action, schema.place, schema.folder
    naming = [
        number for number, what in db.execute(sa.select(table.c.id, table.c.what)) if who.named.search(what)
    ]
    sources = [source for source in db.scalars(sa.select(place.c.source)) if who.named.search(source)]
    for part in chunks(naming):
        db.execute(sa.update(table).where(table.c.id.in_(part)).values(what=""))
    for names in chunks(sources):
        db.execute(sa.delete(place).where(place.c.source.in_(names)))
        db.execute(sa.delete(folder).where(folder.c.source.in_(names)))
    return len(naming)


def _remember_digests(db: sa.Connection, who: _Who, salt: str) -> None:
    known = forgotten(db, who.addresses)
    new = [{"digest": digest(salt, address)} for address in who.addresses - known]
    if new:
        db.execute(sa.insert(schema.forgotten), new)
