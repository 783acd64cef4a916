"""All people of a ledger, at hand while nothing in it changes: to find who is named, all are looked at."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from askwell.ledger.person import Person
from askwell.store.contract import Store

_known: WeakKeyDictionary[Store, tuple[int, tuple[Person, ...]]] = WeakKeyDictionary()


def everybody(store: Store) -> tuple[Person, ...]:
    """The same as the store's `people()`, by key."""
    state = store.state()
    known = _known.get(store)
    if known is None or known[0] != state:
        known = _known[store] = (state, store.people())
    return known[1]
