"""Where letters lie on a server is kept, so that it can be told which of them are gone from there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; the next sync fills them."""
    op.create_table(
        "folder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("print", sa.Text(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_folder"),
        sa.UniqueConstraint("source", "print", name="uq_folder_source"),
    )
    op.create_table(
        "spot",
        sa.Column("folder", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.Integer(), nullable=True),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["folder"], ["folder.id"], name="fk_spot_folder", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["message"], ["message.n"], name="fk_spot_message", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("folder", "uid", name="pk_spot"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_spot_message", "spot", ["message"], unique=False)


def downgrade() -> None:
    """Never: an older program would not say where new letters lie."""
    raise NotImplementedError("a ledger is never taken back to an older version")
