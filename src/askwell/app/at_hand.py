"""The user's mail in memory while all of it is looked at several times: what answers what, what is usual,
how everybody stands. So it comes from the ledger once, and not once for each of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from askwell.app.desk import Desk
from askwell.app.histories import between_us
from askwell.store.contract import Exchange
from askwell.text.reading import Reading

MOST = 30_000
"""Messages that are held at most: some 60 MB. What is more comes from the ledger portion by portion."""


class AtHand:
    """Mail as `between_us` gives it, oldest first."""

    def __init__(self, mail: list[Exchange]) -> None:
        self._mail = mail
        self._by_end: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(mail):
            for end in dict.fromkeys(one.to if one.by_me else (one.sender,)):
                self._by_end[end].append(at)

    def exchanges(self, addresses: Collection[str] | None = None) -> Iterator[Exchange]:
        """Mail with any of these addresses, with everybody for None."""
        if addresses is None:
            yield from self._mail
            return
        found = {at for end in addresses for at in self._by_end.get(end.strip().lower(), ())}
        yield from (self._mail[at] for at in sorted(found))

    def put(self, readings: Mapping[str, Reading]) -> None:
        """Readings that were made anew, by message."""
        for at, one in enumerate(self._mail):
            if one.id in readings:
                self._mail[at] = one._replace(reading=readings[one.id])


def at_hand(desk: Desk) -> AtHand | None:
    """All of the user's mail, if it is little enough to be held."""
    few = desk.store.counts()["personal"] <= MOST
    return AtHand(list(between_us(desk.store))) if few else None
