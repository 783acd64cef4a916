"""What a store can say of who wrote which words. Part of the contract."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple, Protocol


class Mention(NamedTuple):
    """Somebody who has written certain words in personal mail: in how many messages, and when last."""

    address: str
    messages: int
    last: datetime


class Passage(NamedTuple):
    """A message in which certain words stand."""

    id: str
    at: datetime


class Passages(Protocol):
    """Who wrote which words in personal mail. Words are compared in lower case, å, ø and æ as letters of
    their own; several in one string stand in a row."""

    def words(self, prefix: str, limit: int = 500) -> tuple[str, ...]:
        """The words written that begin so, by alphabet."""
        ...

    def mentions(self, words: Collection[str], limit: int = 1000) -> tuple[Mention, ...]:
        """Who but the user has written any of the words: those with the most messages first, then the newest,
        then by address."""
        ...

    def beside(self, address: str, limit: int = 20) -> tuple[Passage, ...]:
        """Messages from somebody else that were addressed to this address too, the newest first."""
        ...

    def of(self, address: str, words: Collection[str], limit: int = 3) -> tuple[Passage, ...]:
        """The newest messages from this address in which any of the words stands, the newest first."""
        ...
