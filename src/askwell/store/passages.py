"""Who wrote which words in mail to the user, by the full-text index of SQLite joined with the senders."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from askwell.store.finding import terms
from askwell.store.mentions import Mention, Passage

_LAST = "\U0010ffff"
_WORDS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, search, row)"
_MENTIONS = (
    "SELECT a.address, count(*), max(m.at) FROM search CROSS JOIN message m ON m.n = search.rowid"
    " JOIN address a ON a.id = m.sender WHERE search MATCH ? AND m.by_me = 0 AND m.bulk = ''"
    " GROUP BY m.sender ORDER BY 2 DESC, 3 DESC, 1 LIMIT ?"
)
_OF = (
    "SELECT m.id, m.at FROM address a JOIN message m ON m.sender = a.id"
    " CROSS JOIN search ON search.rowid = m.n"
    " WHERE a.address = ? AND m.by_me = 0 AND m.bulk = '' AND search MATCH ? ORDER BY m.at DESC LIMIT ?"
)
_BESIDE = (
    "SELECT DISTINCT m.id, m.at FROM address a JOIN participant p ON p.address = a.id"
    " JOIN message m ON m.n = p.message"
    " WHERE a.address = ? AND p.role != 'named' AND m.by_me = 0 AND m.bulk = '' AND m.sender != a.id"
    " ORDER BY m.at DESC, m.id LIMIT ?"
)
Ask = Callable[[Callable[[sa.Connection], Any]], Any]


class SqlitePassages(NamedTuple):
    """The contract's `Passages`. `ask` runs a question with a connection."""

    ask: Ask

    def words(self, prefix: str, limit: int = 500) -> tuple[str, ...]:
        low = prefix.lower()

        def look(db: sa.Connection) -> Sequence[str]:
            db.exec_driver_sql(_WORDS)  # a view of the index, made for this connection alone
            query = "SELECT term FROM temp.words WHERE term >= ? AND term < ? LIMIT ?"
            return db.exec_driver_sql(query, (low, low + _LAST, limit)).scalars().all()

        return tuple(self.ask(look)) if low else ()

    def mentions(self, words: Collection[str], limit: int = 1000) -> tuple[Mention, ...]:
        query = _any(words)

        def look(db: sa.Connection) -> Sequence[Any]:
            return db.exec_driver_sql(_MENTIONS, (query, limit)).all()

        return tuple([Mention(who, count, _moment(at)) for who, count, at in self.ask(look)]) if query else ()

    def beside(self, address: str, limit: int = 20) -> tuple[Passage, ...]:
        def look(db: sa.Connection) -> Sequence[Any]:
            return db.exec_driver_sql(_BESIDE, (address.lower(), limit)).all()

        return tuple([Passage(id, _moment(at)) for id, at in self.ask(look)])

    def of(self, address: str, words: Collection[str], limit: int = 3) -> tuple[Passage, ...]:
        query = _any(words)

        def look(db: sa.Connection) -> Sequence[Any]:
            return db.exec_driver_sql(_OF, (address.lower(), query, limit)).all()

        return tuple([Passage(id, _moment(at)) for id, at in self.ask(look)]) if query else ()


def _any(words: Collection[str]) -> str:
    """A query of FTS5 for any of the words or phrases."""
    rows = (row for one in sorted(words) for row, _ in terms(f'"{one}"'))
    return " OR ".join(f'"{" ".join(row)}"' for row in rows)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
