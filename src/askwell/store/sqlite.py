"""SQLite: the connection, the full-text index, and what its errors mean to a user."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from askwell.errors import AskwellError
from askwell.store import schema
from askwell.store.contract import Hit
from askwell.store.finding import terms
from askwell.store.passages import Ask, SqlitePassages
from askwell.words import later, say

APPLICATION = 0x41736B77  # "Askw", in the file's header: this is a ledger
WRITTEN_BY = "written_by"
CHECKPOINT = 8_000  # pages written beside the file before they are put into it
MEMORY = 32_000  # KiB of pages kept in memory

SEARCH = (
    "CREATE VIEW searchable AS SELECT message.n AS n, message.subject AS subject, body.text AS text"
    " FROM message JOIN body ON body.message = message.n",
    "CREATE VIRTUAL TABLE search USING fts5(subject, text, content='searchable', content_rowid='n',"
    " tokenize='unicode61 remove_diacritics 0')",
    # An import writes words by the million: gather more of them before writing (8 MB), and merge the
    # parts of the index only when there are many. A quarter less time, and searches stay as quick.
    "INSERT INTO search (search, rank) VALUES ('hashsize', 8000000)",
    "INSERT INTO search (search, rank) VALUES ('automerge', 0)",
)


def connector(path: Path, patience: float, *, read_only: bool) -> Callable[[], sqlite3.Connection]:
    """What opens a connection to the file. Transactions are begun by `engine`, not by the driver."""
    target = path.absolute().as_uri()
    if read_only:
        # A folder that cannot be written to has no room for the files that WAL needs; without them
        # the file can be read as it stands, since nobody can be writing it.
        target += "?mode=ro" + ("" if path.with_name(path.name + "-wal").exists() else "&immutable=1")

    def connect() -> sqlite3.Connection:
        link = sqlite3.connect(
            target, uri=True, timeout=patience, isolation_level=None, check_same_thread=False
        )
        link.execute("PRAGMA foreign_keys = ON")
        link.execute("PRAGMA synchronous = NORMAL")
        link.execute(f"PRAGMA cache_size = -{MEMORY}")
        link.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")
        return link

    return connect


def engine(connect: Callable[[], sqlite3.Connection], path: Path) -> sa.Engine:
    """An engine whose writers begin as writers, so that two of them wait instead of failing, and whose
    errors are AskwellErrors where the user can mend them."""
    made = sa.create_engine("sqlite://", creator=connect, poolclass=sa.QueuePool, max_overflow=-1)

    @sa.event.listens_for(made, "begin")
    def _begin(db: sa.Connection) -> None:
        writing = db.get_execution_options().get("writing")
        db.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    @sa.event.listens_for(made, "handle_error")
    def _mend(context: Any) -> None:
        meant = explain(context.original_exception, path)
        if meant is not None:
            raise meant from context.original_exception

    return made


def create(db: sa.Connection, written_by: str) -> None:
    """Make an empty ledger in an empty file; nothing if another process was quicker."""
    if db.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar():
        return
    schema.tables.create_all(db, checkfirst=False)
    for statement in SEARCH:
        db.exec_driver_sql(statement)
    db.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    db.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (schema.VERSION,))
    db.execute(sa.insert(schema.pulse).values(id=1, state=1, forgot=0))
    db.execute(sa.insert(schema.setting).values(name=WRITTEN_BY, value=written_by))
    db.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")


def sweep(connect: Callable[[], sqlite3.Connection], path: Path) -> None:
    """Remove from the files what was deleted from the tables."""
    try:
        with closing(connect()) as db:
            db.execute("PRAGMA secure_delete = ON")
            db.execute("VACUUM")
            (busy, _, _) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        raise explain(error, path) or error from error
    if busy:
        raise AskwellError(
            say(
                "the person is forgotten, but another program still has the ledger open, so traces of them"
                " may remain in its files"
            ),
            say("Close it; the traces go the next time that Askwell opens the ledger."),
            http_status=409,
        )


# -- errors ----------------------------------------------------------------------------------------
def explain(error: BaseException | None, path: Path) -> AskwellError | None:
    """What a database error means, where the user can do something about it."""
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(error, sqlite3.Error) or code is None:
        return not_a_ledger(path) if "file is not a database" in str(error) else None
    code &= 0xFF
    if code == sqlite3.SQLITE_IOERR and _no_room(path):
        code = sqlite3.SQLITE_FULL
    said = _MEANINGS.get(code)
    if said is None:
        return None
    what, hint, status = said
    return AskwellError(say(what, path=path, folder=path.parent), say(hint), http_status=status)


def _no_room(path: Path) -> bool:
    """Whether the disk is so full that the small files beside the ledger cannot be made."""
    try:
        return shutil.disk_usage(path.parent).free < 256 * 1024
    except OSError:
        return False


def not_a_ledger(path: Path) -> AskwellError:
    """What is said of a file that Askwell has not made."""
    return AskwellError(
        say("{path} is no Askwell ledger", path=path), say("Choose another folder with --home.")
    )


_MEANINGS: dict[int, tuple[str, str, int]] = {
    sqlite3.SQLITE_BUSY: (
        later("another import is running: the ledger in {folder} is locked"),
        later("Wait until it has finished and try again."),
        503,
    ),
    sqlite3.SQLITE_LOCKED: (
        later("another import is running: the ledger in {folder} is locked"),
        later("Wait until it has finished and try again."),
        503,
    ),
    sqlite3.SQLITE_FULL: (
        later("the disk is full: nothing of the last step was kept in {path}, all before it was"),
        later("Make room and run the same command again; an import goes on where it was."),
        507,
    ),
    sqlite3.SQLITE_READONLY: (
        later("{path} cannot be written to"),
        later("Make the file and its folder writable, or choose another folder with --home."),
        403,
    ),
    sqlite3.SQLITE_PERM: (
        later("{path} cannot be opened: not permitted"),
        later("Choose another folder with --home."),
        403,
    ),
    sqlite3.SQLITE_CANTOPEN: (
        later("{path} cannot be opened or made"),
        later("Is the folder there, and may you write to it? Choose another one with --home."),
        403,
    ),
    sqlite3.SQLITE_NOTADB: (
        later("{path} is no Askwell ledger"),
        later("Choose another folder with --home."),
        400,
    ),
    sqlite3.SQLITE_CORRUPT: (
        later("{path} is damaged"),
        later("Put back a copy of it, or move it away and import the mail again."),
        500,
    ),
    sqlite3.SQLITE_IOERR: (
        later("{path} cannot be read or written: the disk reports an error"),
        later("Check the disk, and put back a copy of the ledger if it does not help."),
        500,
    ),
}


# -- full text -------------------------------------------------------------------------------------
class SqliteIndex:
    """FTS5 over subjects and texts, kept without a copy of the text."""

    def add(self, db: sa.Connection, rows: Sequence[tuple[int, str, str]]) -> None:
        db.exec_driver_sql("INSERT INTO search (rowid, subject, text) VALUES (?, ?, ?)", list(rows))

    def remove(self, db: sa.Connection, rows: Sequence[tuple[int, str, str]]) -> None:
        if rows:
            db.exec_driver_sql(
                "INSERT INTO search (search, rowid, subject, text) VALUES ('delete', ?, ?, ?)", list(rows)
            )

    def rebuild(self, db: sa.Connection) -> None:
        db.exec_driver_sql("INSERT INTO search (search) VALUES ('rebuild')")

    def find(self, db: sa.Connection, words: str, limit: int) -> tuple[Hit, ...]:
        query = match(words)
        if not query:
            return ()
        found = db.exec_driver_sql(
            "SELECT rowid, snippet(search, -1, '[', ']', '…', 16) FROM search WHERE search MATCH ?"
            " ORDER BY rank, rowid DESC LIMIT ?",
            (query, limit),
        ).all()
        message, address = schema.message, schema.address
        columns = (message.c.n, message.c.id, message.c.at, address.c.address, message.c.subject)
        heads = sa.select(*columns).join(address).where(message.c.n.in_([n for n, _ in found]))
        rows = {row[0]: row for row in db.execute(heads)}
        return tuple(
            Hit(rows[n][1], rows[n][2], rows[n][3], rows[n][4], " ".join(snippet.split()))
            for n, snippet in found
        )

    def passages(self, ask: Ask) -> SqlitePassages:
        return SqlitePassages(ask)

    def trouble(self, db: sa.Connection) -> list[str]:
        said = db.exec_driver_sql("PRAGMA integrity_check(10)").scalars().all()
        found = [f"the file is damaged: {line}" for line in said if line != "ok"]
        strays = db.exec_driver_sql("PRAGMA foreign_key_check").all()
        found += [f"{table}: row {row} is without its {parent}" for table, row, parent, _ in strays[:10]]
        try:
            db.exec_driver_sql("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        except AskwellError as error:
            if getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
                found.append("the index of words does not fit the messages, so that a search may miss some")
        return found


def match(words: str) -> str:
    """A query of FTS5 in which nothing that a user types is an operator."""
    return " ".join(f'"{" ".join(row)}"' + ("*" if goes_on else "") for row, goes_on in terms(words))


def writable(path: Path) -> bool:
    """Whether the ledger, and the files that are made beside it, can be written to."""
    effective = os.access in os.supports_effective_ids

    def may(place: Path) -> bool:
        return os.access(place, os.W_OK, effective_ids=effective)

    return may(path.parent) and (not path.exists() or may(path))
