"""Alembic's environment: how the tables have changed from version to version."""
