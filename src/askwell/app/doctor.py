"""`askwell doctor`: whether the ledger is in order, and what the user's own mail has taught."""

from __future__ import annotations

import platform
import sqlite3
from dataclasses import dataclass
from typing import Any

from askwell import __version__
from askwell.app.desk import Desk
from askwell.app.leaving import Habit, all_that_left, habits
from askwell.app.priors import priors
from askwell.app.reread import to_read
from askwell.app.rules import rules
from askwell.errors import AskwellError
from askwell.ledger.rhythm import PRIORS, Priors
from askwell.text.read import READER_VERSION
from askwell.words import say


@dataclass(frozen=True, slots=True)
class Health:
    """What a look at the ledger found. `stale` counts messages that an older reader read;
    `left` is what has left this machine."""

    home: str
    counts: dict[str, int]
    mine: tuple[str, ...]
    stale: int
    trouble: tuple[str, ...]
    priors: Priors
    left: tuple[Habit, ...] = ()

    @property
    def well(self) -> bool:
        return not self.trouble

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "askwell.doctor/1",
            "askwell": __version__,
            "reader": READER_VERSION,
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            "home": self.home,
            "counts": self.counts,
            "me": list(self.mine),
            "stale_readings": self.stale,
            "trouble": list(self.trouble),
            "left": [one.to_json() for one in self.left],
            "answers_by_stage": [
                {"stage": stage, "prior": prior, "used": used, "rests_on": count}
                for stage, prior, used, count in learned(self.priors)
            ],
        }


def learned(known: Priors) -> list[tuple[str, float, float, int]]:
    """By stage: the share of asks answered in the model, the share in use, and how many letters it rests
    on (0: the model's)."""
    return [
        (stage, prior, known.reply.get(stage, prior), known.counts.get(stage, 0))
        for stage, prior in PRIORS.reply.items()
    ]


def doctor(desk: Desk) -> Health:
    """Look at everything; changes nothing."""
    trouble = list(desk.store.trouble())
    try:
        known = rules(desk)
        off = [one for one in desk.settings.rules_off if one not in known.ids()]
        trouble += [
            say("settings.toml switches off {rule}, but there is no such rule", rule=one) for one in off
        ]
    except AskwellError as error:
        trouble.append(error.message)
    if not desk.mine:
        trouble.append(say("No address is known as yours: askwell import … --me you@example.org"))
    return Health(
        str(desk.home),
        desk.store.counts(),
        tuple(sorted(desk.mine)),
        sum(1 for _ in to_read(desk, desk.store.unread(READER_VERSION))),
        tuple(trouble),
        priors(desk),
        habits(all_that_left(desk.home)),
    )
