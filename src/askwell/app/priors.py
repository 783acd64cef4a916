"""What the judge expects of people before it knows them, and what this user's own mail has taught.

Learned anew after each import, from one pass over all histories, and kept as a setting of the ledger.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from askwell.app.at_hand import AtHand
from askwell.app.desk import Desk
from askwell.app.histories import outlines
from askwell.ledger.rhythm import PRIORS, Priors, learn

NAME = "priors"


def priors(desk: Desk) -> Priors:
    """The learned values where there are any, else those of MODEL.md 3.6."""
    kept = desk.store.get(NAME)
    if not kept:
        return PRIORS
    try:
        return _load(json.loads(kept))
    except (ValueError, TypeError, KeyError):
        return PRIORS


def relearn(desk: Desk, mail: AtHand | None = None) -> Priors:
    """Learn from all mail in the ledger (`mail`, where it is at hand), and keep it."""
    learned = learn(outlines(desk.store, mail.exchanges() if mail else None), desk.today)
    desk.store.set(NAME, json.dumps(asdict(learned)))
    return learned


def _load(kept: dict[str, Any]) -> Priors:
    return Priors(
        reply={str(stage): float(share) for stage, share in kept["reply"].items()},
        silent=tuple((float(days), float(share)) for days, share in kept["silent"]),
        counts={str(stage): int(count) for stage, count in kept["counts"].items()},
        waits=int(kept["waits"]),
    )
