"""What is known of each person is kept, and made anew only where a change touches it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from askwell.store import touching

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables; nobody has a summary yet."""
    op.create_table(
        "summary",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_summary"),
    )
    op.create_table(
        "touched",
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("whom", name="pk_touched"),
    )
    op.create_table(
        "pulse",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.BigInteger(), nullable=False),
        sa.Column("forgot", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pulse"),
    )
    touching.start(op.get_bind())


def downgrade() -> None:
    """Never: an older program would not say whom its changes touch."""
    raise NotImplementedError("a ledger is never taken back to an older version")
