"""Bringing an older ledger up to date with Alembic. Loaded only when there is something to do."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from askwell.store import schema


def upgrade(db: sa.Connection, to: str = schema.VERSION) -> None:
    """Bring the tables to a version, within the transaction that the connection is in."""
    command.upgrade(configured(db), to)


def configured(db: sa.Connection) -> Config:
    """Alembic's configuration for this connection; there is no file of it."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = db
    return config
