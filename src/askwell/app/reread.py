"""`askwell reread`: all readings made anew by this version of the reader; says what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from askwell.app import crew
from askwell.app.answers import link
from askwell.app.desk import Desk, own_addresses
from askwell.app.reading import ours, read_messages
from askwell.ledger.entries import Message
from askwell.text.read import READER_VERSION
from askwell.text.reading import Reading

CHUNK = 250
SHOWN = 20


@dataclass
class Changes:
    """What a newer reading found and lost, by kind of act and pattern, with some examples."""

    read: int = 0
    changed: int = 0
    found: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, message: Message, old: Reading | None, new: Reading) -> None:
        self.read += 1
        before, after = _marks(old), _marks(new)
        if before == after:
            return
        self.changed += 1
        for mark in after - before:
            self.found[mark[0]] += 1
        for mark in before - after:
            self.gone[mark[0]] += 1
        if len(self.examples) < SHOWN:
            first = sorted((after - before) or (before - after))[0]
            self.examples.append((message.id, ("+" if after - before else "-") + first[0], first[1]))

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "askwell.reread/1",
            "reader": READER_VERSION,
            "read": self.read,
            "changed": self.changed,
            "found": dict(self.found),
            "gone": dict(self.gone),
            "examples": [{"message": id, "what": what, "words": words} for id, what, words in self.examples],
        }


def reread(desk: Desk, progress: Callable[[int], None] | None = None, *, everything: bool = True) -> Changes:
    """Read all of the user's mail again, or only what an older reader read. Corrections stay."""
    changes = Changes()
    found = desk.store.messages() if everything else desk.store.unread(READER_VERSION)
    waiting = to_read(desk, found)
    with desk.store.lock():
        for piece in crew.in_order(_read, _pieces(waiting), crew.size(desk.settings.readers)):
            for message, reading, _ in piece:
                changes.note(message, desk.store.reading(message.id), reading)
            items = [(message.id, reading, words) for message, reading, words in piece]
            desk.store.put_readings(READER_VERSION, items)
            if progress:
                progress(changes.read)
        link(desk)
    return changes


def to_read(desk: Desk, messages: Iterator[Message]) -> Iterator[Message]:
    """Those of the messages that are the user's own or were written to them."""
    mine = frozenset(own_addresses(desk.store))
    return (one for one in messages if not one.bulk and ours(one, mine, _asked(desk, one)))


def _asked(desk: Desk, message: Message) -> str:
    """Whom a letter without a To line answers."""
    bare = message.reply_to and not (message.to or message.cc)
    return desk.store.senders([message.reply_to]).get(message.reply_to, "") if bare else ""


def _pieces(messages: Iterator[Message]) -> Iterator[list[Message]]:
    while piece := list(islice(messages, CHUNK)):
        yield piece


def _read(piece: list[Message]) -> list[tuple[Message, Reading, int]]:
    return [(one, *read) for one, read in zip(piece, read_messages(piece), strict=True)]


def _marks(reading: Reading | None) -> set[tuple[str, str]]:
    if reading is None:
        return set()
    acts = {(f"{a.act} {a.about or ''} {a.beneficiary or ''}".strip(), a.text) for a in reading.acts}
    return acts | {(pattern.id, pattern.text) for pattern in reading.patterns}
