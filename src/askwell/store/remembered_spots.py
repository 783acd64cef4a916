"""Where letters lie on a server, for a store in memory. See spotting.py."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from askwell.store.contract import GONE, HERE, SYNC, Action, Kept, Spot, Spots


class RememberedSpots:
    """The part of the contract that is about spots, over dictionaries."""

    _kept: dict[str, tuple[int, Kept]]
    _actions: dict[int, Action]

    def __init__(self) -> None:
        self._folders: dict[tuple[str, str], dict[int, Spot]] = {}
        self._marks: dict[tuple[str, str], int] = {}

    def put_spots(self, spots: Spots) -> None:
        here = (spots.source, spots.print)
        for key, there in self._folders.items():
            if key[0] == spots.source and key != here:
                there.update({uid: one._replace(state=GONE) for uid, one in there.items()})
                self._marks[key] = 0
        if spots.items or spots.mark is not None:
            kept = (one if one.message in self._kept else one._replace(message="") for one in spots.items)
            self._folders.setdefault(here, {}).update({one.uid: one for one in kept})
            self._marks[here] = self.mark(*here) if spots.mark is None else spots.mark

    def spots(self, source: str, print_: str, uids: Collection[int] | None = None) -> tuple[Spot, ...]:
        there = self._folders.get((source, print_), {})
        found = (there[uid] for uid in sorted(there) if uids is None or uid in uids)
        return tuple(one if one.message in self._kept else one._replace(message="") for one in found)

    def mark(self, source: str, print_: str) -> int:
        return self._marks.get((source, print_), 0)

    def lying(self, source: str, print_: str) -> int:
        return _here(self._folders.get((source, print_), {}))

    def sources(self, prefix: str) -> tuple[str, ...]:
        found = {key[0] for key, there in self._folders.items() if key[0].startswith(prefix) and _here(there)}
        return tuple(sorted(found))

    def vanished(self, prefix: str) -> frozenset[str]:
        lain = {
            one.message
            for (source, _), there in self._folders.items()
            if source.startswith(prefix)
            for one in there.values()
        }
        lies = {
            one.message for there in self._folders.values() for one in there.values() if one.state == HERE
        }
        by = {mid: self._actions[self._kept[mid][0]].verb for mid in lain - lies if mid in self._kept}
        return frozenset(mid for mid, verb in by.items() if verb == SYNC)


def _here(there: Mapping[int, Spot]) -> int:
    return sum(one.state != GONE for one in there.values())
