"""What was worked out for each person, kept beside a ledger in memory.

Here nobody notes whom a change touches: what a summary rests on is small enough to be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from functools import wraps
from typing import Any, TypeVar

from askwell.ledger.entries import Correction
from askwell.ledger.person import ME
from askwell.store.contract import Exchange, Made, Stale, Store, Summary

Kind = TypeVar("Kind", bound=type)
CHANGES = (
    "begin",
    "undo",
    "add",
    "lengthen",
    "remove",
    "settle",
    "claim",
    "put_readings",
    "put_person",
    "put_people",
    "drop_person",
    "say",
    "set",
    "forget",
)
_Grounds = tuple[Any, ...]


class Remembered:
    """Summaries with what each rests on, for one store."""

    def __init__(self) -> None:
        self.state = 1
        self._kept: dict[str, tuple[Made, Summary, _Grounds]] = {}
        self._found: dict[str, _Grounds] = {}
        self._asked = 0

    def stale(self, store: Store) -> Stale:
        """Whose summary rests on something else by now, or is not there."""
        self._found, self._asked = _grounds(store), self.state
        priors = store.get("priors")
        stale = {key for key, found in self._found.items() if self._changed(key, found, priors)}
        return Stale(self.state, frozenset(stale | (self._kept.keys() - self._found.keys())))

    def _changed(self, key: str, found: _Grounds, priors: str | None) -> bool:
        if key not in self._kept:
            return True
        _, summary, (*grounds, before) = self._kept[key]
        return tuple(grounds) != found or (summary.waits and before != priors)

    def put(self, store: Store, state: int, items: Sequence[Summary], gone: Collection[str]) -> None:
        """Keep what was worked out since `stale` was asked."""
        if state != self._asked:
            return  # it was worked out from something else
        priors = store.get("priors")
        for one in items:
            made = Made(state, one.day.toordinal(), one.until.toordinal())
            self._kept[one.key] = (made, one, (*self._found.get(one.key, ()), priors))
        for key in gone:
            self._kept.pop(key, None)

    def made(self) -> dict[str, Made]:
        """Who has a summary."""
        return {key: made for key, (made, _, _) in self._kept.items()}

    def texts(self, keys: Collection[str] | None) -> dict[str, str]:
        """The summaries of these people."""
        wanted = self._kept if keys is None else self._kept.keys() & set(keys)
        return {key: self._kept[key][1].text for key in wanted}

    def forget(self, gone: Collection[str]) -> int:
        """Take out the summaries of these people; returns how many they were."""
        before = len(self._kept)
        for key in gone:
            self._kept.pop(key, None)
        self._asked = 0
        return before - len(self._kept)


class Remembering:
    """The part of the contract that is about summaries, for a store in memory."""

    remembered: Remembered

    def state(self) -> int:
        return self.remembered.state

    def stale(self: Any) -> Stale:
        found: Stale = self.remembered.stale(self)
        return found

    def made(self) -> dict[str, Made]:
        return self.remembered.made()

    def summaries(self, keys: Collection[str] | None = None) -> dict[str, str]:
        return self.remembered.texts(keys)

    def put_summaries(
        self: Any,
        state: int,
        items: Sequence[Summary],
        gone: Collection[str] = (),
        *,
        finished: bool = False,  # noqa: ARG002  (what is compared needs no such word)
    ) -> None:
        self.remembered.put(self, state, items, gone)


def counting(store: Kind) -> Kind:
    """A store whose every change raises its `state`."""
    for name in CHANGES:
        setattr(store, name, _counted(getattr(store, name)))
    return store


def _counted(change: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(change)
    def counted(store: Any, *args: Any, **more: Any) -> Any:
        store.remembered.state += 1
        return change(store, *args, **more)

    return counted


def _grounds(store: Store) -> dict[str, _Grounds]:
    """All that is known of each person, but for what is usual in the whole mailbox."""
    mail: dict[str, list[Exchange]] = defaultdict(list)
    for exchange in store.exchanges():
        for end in set(exchange.to) if exchange.by_me else {exchange.sender}:
            mail[end].append(exchange)
    corrections: dict[str, list[Correction]] = defaultdict(list)
    for one in store.corrections():
        corrections[one.message].append(one)
    said: dict[str, list[Any]] = defaultdict(list)
    for entry in store.said():
        for end in {entry.by, *entry.to} - {ME}:
            said[end].append(entry)
    mine = store.get("me")
    found: dict[str, _Grounds] = {}
    for person in store.people():
        letters = [each for address in person.addresses for each in mail[address]]
        entries = [each for end in (person.key, *person.addresses) for each in said[end]]
        mended = [corrections[each.id] for each in letters if each.id in corrections]
        found[person.key] = (person, letters, entries, mended, mine)
    return found
