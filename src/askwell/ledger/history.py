"""The history between the user and one person: what passed between them, in order of time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from askwell.ledger.person import Person

MINE = "me"
THEIRS = "them"
BOTH = "both"
OPEN = ("open", "holding")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that passed between the user and a person.

    `kind` is `message`, `meeting`, `note`, `favour`, `intro`, `need` (something they look for), `outcome`
    (what came of their help, in the user's words; `of` is the day of that help) or an act that was read or
    said. `by` is `me`, `them` or `both`. `text` are the words it rests on, `source` the Message-ID or
    `said:` and a number. On an ask, `size` is its weight (0 to 10, MODEL.md 3.3), `outcome` one of
    open, holding, granted, partly, declined, answered, withdrawn, `closed` when that came, and `reply` the
    words of the answer, in the message `reply_source`.
    `people` counts recipients or participants besides the user; `words` the length of a message.
    `pause` marks an automatic "out of office" answer.
    """

    at: datetime
    kind: str
    by: str
    text: str = ""
    source: str = ""
    about: str = ""
    beneficiary: str = ""
    favour: bool = False
    size: float = 0.0
    outcome: str = ""
    closed: datetime | None = None
    reply: str = ""
    reply_source: str = ""
    patterns: tuple[str, ...] = ()
    subject: str = ""
    thread: str = ""
    words: int = 0
    people: int = 1
    channel: str = "email"
    purpose: str = ""
    actually: str = ""
    pause: bool = False
    of: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """All events with one person, oldest first. Without a ledger the events are empty."""

    person: Person
    events: tuple[Event, ...] = field(default=())

    def of(self, *kinds: str, by: str | None = None) -> tuple[Event, ...]:
        """The events of these kinds, oldest first, by one side or by any."""
        return tuple(e for e in self.events if e.kind in kinds and (by is None or e.by == by))
