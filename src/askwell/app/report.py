"""What an import tells: what was read, used and skipped, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from askwell import plugins
from askwell.sources.record import Skipped

EXAMPLES = 3
UNFINISHED = "unfinished"
"""The setting that holds the number of an action that has kept mail and has not come to its end."""


@dataclass
class Report:
    """What an import read, used and skipped. `read` = `personal` + `bulk` + `said` + `contacts` +
    `meetings` + `known` + all of `skipped`. `keeper` is what keeps its cards (app/contacts.py), if any;
    `told` are the addresses of the user and the people in its stories. `resumed` says that an earlier one
    was killed before its end, so that its answers are still to be linked. `gone` is how many letters of the
    ledger were found to lie on the server no longer, `whole` how many of those known had been cut short."""

    read: int = 0
    personal: int = 0
    bulk: int = 0
    known: int = 0
    said: int = 0
    contacts: int = 0
    meetings: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    broken: tuple[plugins.Broken, ...] = ()
    action: int = 0
    dry: bool = False
    keeper: Any = field(default=None, repr=False)
    told: set[str] = field(default_factory=set, repr=False)
    resumed: bool = False
    gone: int = 0
    whole: int = 0

    @property
    def used(self) -> int:
        """How much of what was read is in the ledger now, whether it was there before or not."""
        new = self.personal + self.bulk + self.said + self.contacts + self.meetings
        return new + self.known

    def skip(self, one: Skipped) -> None:
        self.skipped[one.why] += 1
        self.examples.setdefault(one.why, []).extend(
            [one.where] if len(self.examples.get(one.why, ())) < EXAMPLES else []
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "askwell.import/1",
            "read": self.read,
            "used": self.personal + self.bulk,
            "personal": self.personal,
            "bulk": self.bulk,
            "known": self.known,
            "made_whole": self.whole,
            "said": self.said,
            "contacts": self.contacts,
            "meetings": self.meetings,
            "skipped": [
                {"why": why, "count": count, "examples": self.examples[why]}
                for why, count in self.skipped.most_common()
            ],
            "people": list(self.people),
            "broken_plugins": [{"name": one.name, "why": one.why} for one in self.broken],
            "action": self.action,
            "dry_run": self.dry,
        }
