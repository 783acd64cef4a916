"""What migrations lead to is what `schema.py` says."""

from __future__ import annotations

import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from subprocess import run

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from askwell.errors import AskwellError
from askwell.store import migrating, schema, sqlite
from askwell.store.opening import open_store


def _migrated(path: Path) -> sa.Engine:
    engine = sqlite.engine(sqlite.connector(path, 1, read_only=False), path)
    with engine.connect().execution_options(writing=True) as db, db.begin():
        migrating.upgrade(db)
    return engine


def _shape(path: Path) -> set[tuple[str, str, tuple[str, ...]]]:
    """What the database holds, with the words of each definition in order: keys come in any."""
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE name <> 'alembic_version'"
        ).fetchall()
    return {(kind, name, tuple(sorted(re.findall(r"\w+", sql or "")))) for kind, name, sql in rows}


def test_the_migrations_lead_to_the_schema(tmp_path: Path) -> None:
    engine = _migrated(tmp_path / "migrated.sqlite3")
    with engine.connect() as db:
        context = MigrationContext.configure(
            db,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or name in schema.tables.tables,
            },
        )
        assert compare_metadata(context, schema.tables) == []
        assert db.scalar(sa.text("SELECT version_num FROM alembic_version")) == schema.VERSION
    engine.dispose()


def test_a_new_ledger_is_as_a_migrated_one(tmp_path: Path) -> None:
    _migrated(tmp_path / "migrated.sqlite3").dispose()
    open_store(tmp_path / "new.sqlite3").close()
    assert _shape(tmp_path / "new.sqlite3") == _shape(tmp_path / "migrated.sqlite3")


def test_the_versions_are_those_of_the_migrations() -> None:
    config = migrating.configured(sa.create_engine("sqlite://").connect())
    assert isinstance(config, Config)
    script = ScriptDirectory.from_config(config)
    versions = [each.revision for each in script.walk_revisions()]
    assert versions == [schema.VERSION, *reversed(schema.OLDER)]


def test_an_older_ledger_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.sqlite3"
    open_store(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("UPDATE alembic_version SET version_num = '0000'")
        db.execute("UPDATE setting SET value = '0.0.9' WHERE name = 'written_by'")
    done = []
    monkeypatch.setattr(schema, "OLDER", ("0000",))
    monkeypatch.setattr(migrating, "upgrade", done.append)
    open_store(path).close()
    assert len(done) == 1
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT value FROM setting WHERE name = 'written_by'").fetchone() != ("0.0.9",)


def test_a_newer_ledger_says_both_versions(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite3"
    open_store(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("UPDATE alembic_version SET version_num = '0042'")
        db.execute("UPDATE setting SET value = '9.1' WHERE name = 'written_by'")
    before = path.read_bytes()
    with pytest.raises(AskwellError) as error:
        open_store(path)
    assert "9.1 (schema 0042)" in error.value.message
    assert f"(schema {schema.VERSION})" in error.value.message
    assert "9.1" in error.value.hint
    assert error.value.exit_status == 2
    assert path.read_bytes() == before


def test_opening_a_ledger_of_this_version_loads_no_alembic(tmp_path: Path) -> None:
    open_store(tmp_path / "l.sqlite3").close()
    code = (
        "import sys, pathlib; from askwell.store.opening import open_store;"
        f"open_store(pathlib.Path({str(tmp_path / 'l')!r}));"
        "sys.exit('alembic' in sys.modules)"
    )
    assert run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_ledger_in_memory_loads_no_database() -> None:
    code = (
        "import sys; from askwell.store.opening import open_store; open_store(None);"
        "sys.exit('sqlalchemy' in sys.modules)"
    )
    assert run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_schema_is_ready_for_postgresql() -> None:
    from sqlalchemy.dialects import postgresql

    for table in schema.tables.sorted_tables:
        assert "CREATE TABLE" in str(sa.schema.CreateTable(table).compile(dialect=postgresql.dialect()))
