"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from askwell.store import sqlite

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables, and on SQLite the index of words."""
    _mail()
    _around_messages()
    _people()
    _said()
    _derived()
    if op.get_bind().dialect.name == "sqlite":
        for statement in sqlite.SEARCH:
            op.execute(statement)


def downgrade() -> None:
    """Never: an older program would misread what a newer one kept."""
    raise NotImplementedError("a ledger is never taken back to an older version")


def _mail() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
    )
    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_address"),
        sa.UniqueConstraint("address", name="uq_address_address"),
    )
    op.create_table(
        "message",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("action", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_me", sa.Boolean(), nullable=False),
        sa.Column("sender", sa.Integer(), nullable=False),
        sa.Column("sender_name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.Text(), nullable=False),
        sa.Column("refs", sa.Text(), nullable=False),
        sa.Column("bulk", sa.Text(), nullable=False),
        sa.Column("pause", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["action"], ["action.id"], name="fk_message_action"),
        sa.ForeignKeyConstraint(["sender"], ["address.id"], name="fk_message_sender"),
        sa.PrimaryKeyConstraint("n", name="pk_message"),
        sa.UniqueConstraint("id", name="uq_message_id"),
    )
    op.create_index("ix_message_action", "message", ["action"], unique=False)
    op.create_index("ix_message_at_id", "message", ["at", "id"], unique=False)
    op.create_index("ix_message_sender", "message", ["sender"], unique=False)
    op.create_index("ix_message_topic", "message", ["topic"], unique=False)
    op.create_index("ix_message_reply_to", "message", ["reply_to"], unique=False)


def _around_messages() -> None:
    op.create_table(
        "place",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("action", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("print", sa.Text(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["action"], ["action.id"], name="fk_place_action"),
        sa.PrimaryKeyConstraint("source", "action", name="pk_place"),
    )
    op.create_table(
        "body",
        sa.Column("message", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["message"], ["message.n"], name="fk_body_message", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("message", name="pk_body"),
    )
    op.create_table(
        "participant",
        sa.Column("message", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("address", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["address"], ["address.id"], name="fk_participant_address"),
        sa.ForeignKeyConstraint(
            ["message"], ["message.n"], name="fk_participant_message", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message", "seq", name="pk_participant"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_participant_address", "participant", ["address"], unique=False)


def _people() -> None:
    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("circle", sa.Text(), nullable=False),
        sa.Column("floor", sa.Text(), nullable=False),
        sa.Column("say", sa.Float(), nullable=False),
        sa.Column("met", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["action"], ["action.id"], name="fk_version_action"),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
    )
    op.create_index("ix_version_action", "version", ["action"], unique=False)
    op.create_index("ix_version_key", "version", ["key"], unique=False)
    op.create_table(
        "version_address",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"], ["version.id"], name="fk_version_address_version", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version", "seq", name="pk_version_address"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_version_address_address", "version_address", ["address"], unique=False)


def _said() -> None:
    op.create_table(
        "forgotten",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_forgotten"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["action"], ["action.id"], name="fk_correction_action"),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
    )
    op.create_index("ix_correction_action", "correction", ["action"], unique=False)
    op.create_table(
        "said",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("more", sa.Text(), nullable=False),
        sa.Column("whole_day", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["action"], ["action.id"], name="fk_said_action"),
        sa.PrimaryKeyConstraint("id", name="pk_said"),
    )
    op.create_index("ix_said_action", "said", ["action"], unique=False)
    op.create_index("ix_said_by", "said", ["by"], unique=False)
    op.create_table(
        "said_to",
        sa.Column("said", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["said"], ["said.id"], name="fk_said_to_said", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("said", "seq", name="pk_said_to"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_said_to_endpoint", "said_to", ["endpoint"], unique=False)


def _derived() -> None:
    op.create_table(
        "thread",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_thread"),
    )
    op.create_index("ix_thread_name", "thread", ["name"], unique=False)
    op.create_table(
        "reading",
        sa.Column("message", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("found", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["message"], ["message.n"], name="fk_reading_message", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("message", name="pk_reading"),
    )
    op.create_index("ix_reading_reader", "reading", ["reader"], unique=False)
    op.create_table(
        "unsettled",
        sa.Column("message", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["message"], ["message.n"], name="fk_unsettled_message", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("message", name="pk_unsettled"),
    )
