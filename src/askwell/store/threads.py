"""Which messages belong together: by the ids they refer to, then by topic and participants.

Pure. The answer depends on the set of messages only, never on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

WINDOW = timedelta(days=60)
_MOST = 20  # participants looked at in one message; a round letter to hundreds starts no thread


@dataclass(frozen=True, slots=True)
class Card:
    """What threading needs of a message. `people` begins with the sender; `answers` says that the
    subject has a reply prefix."""

    id: str
    at: datetime
    refs: tuple[str, ...] = ()
    topic: str = ""
    answers: bool = False
    people: tuple[str, ...] = ()


def answers(subject: str, topic: str) -> bool:
    """Whether the subject is its topic with something (`Re:`, `SV:`) before it."""
    whole, bare = " ".join(subject.lower().split()), " ".join(topic.lower().split())
    return bool(bare) and len(whole) > len(bare) and whole.endswith(bare)


def link(cards: Iterable[Card], others: Iterable[str] = ()) -> dict[str, str]:
    """The name of the thread of every id: of the cards, of what they refer to, and of `others`.

    The name is the smallest id of the thread, seen or not.
    """
    union = _Union()
    for other in others:
        union.find(other)
    topics: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        union.find(card.id)
        for ref in card.refs:
            union.join(card.id, ref)
        if card.topic:
            topics[card.topic].append(card)
    for group in topics.values():
        for later, earlier in _by_topic(group):
            union.join(later, earlier)
    return {mid: union.find(mid) for mid in union.parents}


def _by_topic(group: list[Card]) -> Iterable[tuple[str, str]]:
    """Pairs of an answer without references and the latest earlier message that it shares its sender
    and one more participant with."""
    if not any(_joins(card) for card in group):
        return
    latest: dict[tuple[str, str], Card] = {}
    for card in sorted(group, key=lambda card: (card.at, card.id)):
        people = sorted(set(card.people[:_MOST]))
        pairs = list(combinations(people, 2)) or [(person, person) for person in people]
        if _joins(card):
            found = [latest[pair] for pair in pairs if card.people[0] in pair and pair in latest]
            best = max(found, key=lambda earlier: (earlier.at, earlier.id), default=None)
            if best is not None and card.at - best.at <= WINDOW:
                yield card.id, best.id
        for pair in pairs:
            latest[pair] = card


def _joins(card: Card) -> bool:
    return card.answers and not card.refs and bool(card.people)


class _Union:
    """Union-find over ids; the root of a set is its smallest member."""

    def __init__(self) -> None:
        self.parents: dict[str, str] = {}

    def find(self, mid: str) -> str:
        root = mid
        while (parent := self.parents.setdefault(root, root)) != root:
            root = parent
        while (parent := self.parents[mid]) != root:
            self.parents[mid], mid = root, parent
        return root

    def join(self, one: str, other: str) -> None:
        a, b = self.find(one), self.find(other)
        if a < b:
            self.parents[b] = a
        elif b < a:
            self.parents[a] = b
