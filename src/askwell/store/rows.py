"""Rows of a database, in portions that every database takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeAlias, TypeVar

import sqlalchemy as sa

CHUNK = 500  # values in one IN (...)

Row: TypeAlias = sa.Row[*tuple[Any, ...]]
Item = TypeVar("Item")


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def pairs(rows: Iterable[Row]) -> dict[str, int]:
    """Rows of (text, number) as a dictionary."""
    return {row[0]: row[1] for row in rows}


def insert(db: sa.Connection, table: sa.Table, **values: Any) -> int:
    """Insert one row and return its number."""
    key = db.execute(sa.insert(table).values(values)).inserted_primary_key
    number: int = key[0] if key else 0
    return number
