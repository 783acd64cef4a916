"""`askwell export`: the ledger out again: whole as a story or as JSON Lines, its people as vCards
or as a table, its meetings as a calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from askwell.app.desk import Desk
from askwell.exports import ics, lines, story, table, vcard
from askwell.ledger.entries import Entry
from askwell.ledger.person import ME
from askwell.sources.identity import is_stand_in

FORMS = ("story", "jsonl", "vcard", "csv", "ics")


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
    if form in ("vcard", "csv"):
        owner = {address: one.key for one in people for address in one.addresses}
        told: dict[str, list[str]] = defaultdict(list)
        for one in said:
            if one.kind == "card" and one.to and one.to[0] in owner:
                told[owner[one.to[0]]].append(one.text)
        yield from vcard.address_book(people, told) if form == "vcard" else table.table(people, told)
        return
    if form == "ics":
        mine = next((one for one in desk.profile.addresses if not is_stand_in(one)), "")
        yield from ics.calendar(mine, people, said)
        return
    yield story.story(desk.profile, people, store.messages(), said, store.corrections())
