"""The ledger as JSON Lines: one fact a line, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from askwell.ledger.entries import Entry, Message, Said
from askwell.ledger.person import Person, Profile


def lines(profile: Profile, people: Iterable[Person], entries: Iterable[Entry]) -> Iterator[str]:
    """Each fact as an object with a `kind`: profile, person, message, said or correction."""
    yield _line("profile", asdict(profile))
    for person in people:
        yield _line("person", asdict(person))
    for entry in entries:
        kind = (
            "message" if isinstance(entry, Message) else "said" if isinstance(entry, Said) else "correction"
        )
        fact = asdict(entry)
        if isinstance(entry, Said):
            fact = {"what": fact.pop("kind"), **fact, "more": dict(entry.more)}
        if isinstance(entry, Message):
            fact["names"] = dict(entry.names)
        yield _line(kind, fact)


def _line(kind: str, fact: dict[str, Any]) -> str:
    return json.dumps({"kind": kind, **fact}, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
