"""The tables, for any database that SQLAlchemy speaks to. `VERSION` names the newest migration.

Facts are what came in and what the user said; readings and threads are derived and may be made anew.
Nothing here is particular to SQLite; the full-text index is, and lives in `sqlite.py`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

VERSION = "0003"
OLDER: tuple[str, ...] = ("0001", "0002")  # those that migrations lead on from


class Moment(sa.TypeDecorator[datetime]):
    """An aware time, kept in UTC. A naive one is refused: nobody knows which time it means."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a time zone: {value.isoformat()}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        if value is None:
            return None
        # SQLite gives back what was written without its zone, which was UTC.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


tables = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)


def _number() -> sa.Column[int]:
    return sa.Column("n", sa.Integer, primary_key=True, autoincrement=False)


def _made_by() -> sa.Column[int]:
    return sa.Column("action", sa.ForeignKey("action.id"), nullable=False, index=True)


def _text(name: str, **more: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, **more)


def _moment(name: str = "at") -> sa.Column[datetime]:
    return sa.Column(name, Moment, nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _message() -> sa.Column[int]:
    return sa.Column(
        "message", sa.ForeignKey("message.n", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )


# -- facts: what came in ---------------------------------------------------------------------------
action = sa.Table(
    "action",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    _moment(),
    _text("verb"),
    _text("what"),
    _flag("undone"),
)

address = sa.Table(
    "address",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    _text("address", unique=True),
)

message = sa.Table(
    "message",
    tables,
    _number(),
    _text("id", unique=True),
    _made_by(),
    _moment(),
    _flag("by_me"),
    sa.Column("sender", sa.ForeignKey("address.id"), nullable=False, index=True),
    _text("sender_name"),
    _text("subject"),
    _text("topic"),
    _text("reply_to"),
    _text("refs"),  # a JSON list, or empty
    _text("bulk"),
    _flag("pause"),
    sa.Index(None, "at", "id"),
    sa.Index(None, "topic"),
    sa.Index(None, "reply_to"),
)

body = sa.Table("body", tables, _message(), _text("text"))

# Who was addressed (`to`, `cc`), and names seen with other addresses (`named`).
participant = sa.Table(
    "participant",
    tables,
    _message(),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    _text("role"),
    sa.Column("address", sa.ForeignKey("address.id"), nullable=False, index=True),
    _text("name"),
    sqlite_with_rowid=False,
)

# One row a source and action, so that an undone import is forgotten and an earlier one remembered.
place = sa.Table(
    "place",
    tables,
    _text("source", primary_key=True),
    sa.Column("action", sa.ForeignKey("action.id"), primary_key=True, autoincrement=False),
    _text("print"),
    sa.Column("offset", sa.BigInteger, nullable=False),
)

# A folder of a mailbox on a server: `print` is its UIDVALIDITY (a new one is a new row), `mark` the
# HIGHESTMODSEQ up to which changes are known (RFC 7162; 0: none).
folder = sa.Table(
    "folder",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    _text("source"),
    _text("print"),
    sa.Column("mark", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("source", "print"),
)

# Where in a folder a letter lies, or lay; a letter that is not kept (a draft, ...) has a spot as well.
spot = sa.Table(
    "spot",
    tables,
    sa.Column(
        "folder", sa.ForeignKey("folder.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    sa.Column("uid", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("message", sa.ForeignKey("message.n", ondelete="SET NULL"), index=True),
    sa.Column("state", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)

# -- facts: what the user said ---------------------------------------------------------------------
version = sa.Table(
    "version",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    _made_by(),
    _text("key", index=True),
    _flag("dropped"),
    _text("name"),
    _text("org"),
    _text("title"),
    _text("tags"),  # a JSON list
    _text("circle"),
    _text("floor"),
    sa.Column("say", sa.Float, nullable=False),
    _text("met"),
)

version_address = sa.Table(
    "version_address",
    tables,
    sa.Column(
        "version", sa.ForeignKey("version.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    _text("address", index=True),
    sqlite_with_rowid=False,
)

said = sa.Table(
    "said",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    _made_by(),
    _moment(),
    _text("kind"),
    _text("by", index=True),
    _text("about"),
    _text("text"),
    _text("more"),  # a JSON list of pairs
    _flag("whole_day"),
)

said_to = sa.Table(
    "said_to",
    tables,
    sa.Column("said", sa.ForeignKey("said.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    _text("endpoint", index=True),
    sqlite_with_rowid=False,
)

correction = sa.Table(
    "correction",
    tables,
    sa.Column("id", sa.Integer, primary_key=True),
    _made_by(),
    _moment(),
    _text("message"),  # a Message-ID, not a key: a correction outlives an import that is undone
    _text("words"),
    _text("what"),
)

setting = sa.Table("setting", tables, _text("name", primary_key=True), _text("value"))

forgotten = sa.Table("forgotten", tables, _text("digest", primary_key=True))

# -- derived: made anew at any time ----------------------------------------------------------------
reading = sa.Table(
    "reading",
    tables,
    _message(),
    _text("reader", index=True),
    sa.Column("words", sa.Integer, nullable=False),
    sa.Column("language", sa.Text),  # NULL: not read yet
    sa.Column("found", sa.Text),  # NULL: nothing was found
)

# Every Message-ID heard of, kept or only referred to, and the thread that it belongs to.
thread = sa.Table("thread", tables, _text("id", primary_key=True), _text("name", index=True))

unsettled = sa.Table("unsettled", tables, _message())

# What is known of each person on a day, worked out from all the rest (app/network.py): the state of the
# ledger that it was made at, the days (`date.toordinal()`) that it holds from and until, and whether it
# rests on `priors`.
summary = sa.Table(
    "summary",
    tables,
    _text("key", primary_key=True),
    sa.Column("state", sa.BigInteger, nullable=False),
    sa.Column("day", sa.Integer, nullable=False),
    sa.Column("until", sa.Integer, nullable=False),
    _flag("waits"),
    _text("text"),
)

# Whose summary a change has touched, by key or by address, and the state of the ledger from then on.
touched = sa.Table(
    "touched",
    tables,
    _text("whom", primary_key=True),
    sa.Column("since", sa.BigInteger, nullable=False),
)

# One row: how often the ledger was changed, and the count when somebody was forgotten last.
pulse = sa.Table(
    "pulse",
    tables,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("state", sa.BigInteger, nullable=False),
    sa.Column("forgot", sa.BigInteger, nullable=False),
)
