"""`askwell export`: the whole ledger out again, as a story or as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from askwell.app.desk import Desk
from askwell.exports import lines, story
from askwell.ledger.entries import Entry
from askwell.ledger.person import ME

FORMS = ("story", "jsonl")


def export(desk: Desk, form: str = "story") -> Iterator[str]:
    """The ledger's facts as text, piece by piece. `form` is one of FORMS."""
    store = desk.store
    people = store.people()
    there = {ME, *(one.key for one in people)}
    # Entries of somebody who was joined to another were said again of that other.
    said = [one for one in store.said() if all("@" in end or end in there for end in (one.by, *one.to))]
    if form == "jsonl":
        entries: Iterator[Entry] = chain(store.messages(), said, store.corrections())
        for line in lines.lines(desk.profile, people, entries):
            yield line + "\n"
        return
    yield story.story(desk.profile, people, store.messages(), said, store.corrections())
