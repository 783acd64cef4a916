"""A ledger in a SQLite file: made where there is none, and brought up to date where it is older."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from askwell import __version__
from askwell.errors import AskwellError
from askwell.store import noting, schema, sqlite
from askwell.store.forgetting import PENDING
from askwell.store.locking import Lock
from askwell.store.sql import SqlStore
from askwell.store.sqlite import SqliteIndex
from askwell.words import say

_START = b"SQLite format 3\0"


def open_file(path: Path, *, create: bool, patience: float) -> SqlStore:
    """See `open_store`."""
    if not path.exists():
        if not create:
            raise AskwellError(
                say("there is no ledger in {path}", path=path.parent), say("Begin with `askwell import`.")
            )
        _make_room(path)
    connect = sqlite.connector(path, patience, read_only=not sqlite.writable(path))
    engine = sqlite.engine(connect, path)
    state = _look(path, connect)
    if state is None:
        _begin(path, engine, connect)
    elif state.version != schema.VERSION:
        _bring_up_to_date(path, engine, state)
    store = SqlStore(
        engine, SqliteIndex(), Lock(path.with_name(path.name + ".lock")), partial(sqlite.sweep, connect, path)
    )
    if state is not None and state.traces:
        store.sweep()
    return store


@dataclass(frozen=True, slots=True)
class _State:
    """What a file says of itself. `traces`: somebody was forgotten, but not yet swept from the file."""

    version: str
    written_by: str
    traces: bool


def _make_room(path: Path) -> None:
    """An empty file that only the user may read, and the folder for it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)


def _look(path: Path, connect: Callable[[], sqlite3.Connection]) -> _State | None:
    """The state of the file, by plain SQL since this is done at every start; None if it is empty."""
    with path.open("rb") as file:
        start = file.read(len(_START))
    if start not in (b"", _START):
        raise sqlite.not_a_ledger(path)
    try:
        with closing(connect()) as db:
            (application,) = db.execute("PRAGMA application_id").fetchone()
            (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if not tables and not application:
                return None
            if application != sqlite.APPLICATION:
                raise sqlite.not_a_ledger(path)
            (version,) = db.execute("SELECT version_num FROM alembic_version").fetchone()
            said = dict(db.execute("SELECT name, value FROM setting"))
            return _State(version, said.get(sqlite.WRITTEN_BY, "?"), PENDING in said)
    except sqlite3.Error as error:
        raise sqlite.explain(error, path) or sqlite.not_a_ledger(path) from error


def _begin(path: Path, engine: sa.Engine, connect: Callable[[], sqlite3.Connection]) -> None:
    try:
        with closing(connect()) as db:
            db.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        raise sqlite.explain(error, path) or sqlite.not_a_ledger(path) from error
    with engine.connect().execution_options(writing=True) as made, made.begin():
        sqlite.create(made, __version__)


def _bring_up_to_date(path: Path, engine: sa.Engine, state: _State) -> None:
    if state.version not in schema.OLDER:
        raise AskwellError(
            say(
                "{path} was written by a newer Askwell: {newer} (schema {its});"
                " this is {version} (schema {ours})",
                path=path,
                newer=state.written_by,
                its=state.version,
                version=__version__,
                ours=schema.VERSION,
            ),
            say(
                "Install Askwell {newer} or newer, or choose another folder with --home.",
                newer=state.written_by,
            ),
            http_status=409,
        )
    from askwell.store import migrating

    with engine.connect().execution_options(writing=True) as db, db.begin():
        migrating.upgrade(db)
        noting.put(db, sqlite.WRITTEN_BY, __version__)
