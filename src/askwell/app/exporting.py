"""`askwell export`: the whole ledger out again, as a story or as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from askwell.app.desk import Desk
from askwell.exports import lines, story
from askwell.ledger.entries import Entry

FORMS = ("story", "jsonl")


def export(desk: Desk, form: str = "story") -> Iterator[str]:
    """The ledger's facts as text, piece by piece. `form` is one of FORMS."""
    store = desk.store
    if form == "jsonl":
        entries: Iterator[Entry] = chain(store.messages(), store.said(), store.corrections())
        for line in lines.lines(desk.profile, store.people(), entries):
            yield line + "\n"
        return
    yield story.story(desk.profile, store.people(), store.messages(), store.said(), store.corrections())
