"""Run by Alembic, with the connection that `askwell.store.migrating` puts into its configuration."""

from __future__ import annotations

from alembic import context

from askwell.store.schema import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables,
    render_as_batch=True,  # SQLite changes a table by copying it
    include_name=lambda name, kind, _: kind != "table" or name in tables.tables,
)
context.run_migrations()
