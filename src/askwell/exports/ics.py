"""Meetings as a calendar (RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, timedelta

from askwell.exports.contentlines import escaped, folded
from askwell.ledger.entries import Said
from askwell.ledger.person import ME, Person


def calendar(mine: str, people: Iterable[Person], said: Iterable[Said]) -> Iterator[str]:
    """The meetings, with the people who were there. `mine` is the user's address; people without an
    address stand by name only."""
    names = {one.key: one for one in people}
    yield "".join(map(folded, ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Askwell//Askwell//EN")))
    for one in said:
        if one.kind == "meeting":
            yield "".join(map(folded, _event(one, mine, names)))
    yield folded("END:VCALENDAR")


def _event(one: Said, mine: str, names: Mapping[str, Person]) -> Iterator[str]:
    what = "\n".join((one.at.isoformat(), one.by, *one.to, one.text))
    yield from ("BEGIN:VEVENT", f"UID:{hashlib.sha256(what.encode()).hexdigest()[:32]}@askwell.invalid")
    yield f"DTSTAMP:{one.at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if one.whole_day:
        yield f"DTSTART;VALUE=DATE:{one.at:%Y%m%d}"
    else:
        yield f"DTSTART:{one.at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        yield f"DTEND:{one.at.astimezone(UTC) + timedelta(hours=1):%Y%m%dT%H%M%SZ}"
    yield f"SUMMARY:{escaped(one.text or 'Meeting')}"
    for end in dict.fromkeys((one.by, *one.to)):
        person = names.get(end)
        real = next((a for a in person.addresses if not a.endswith(".askwell.invalid")), "") if person else ""
        address = mine if end == ME else end if "@" in end else real
        name = person.name if person else ""
        if address:
            yield f"ATTENDEE{_named(name)};PARTSTAT=ACCEPTED:mailto:{address}"
        elif name:
            yield f"ATTENDEE{_named(name)};PARTSTAT=ACCEPTED:invalid:{end}"
    yield "END:VEVENT"


def _named(name: str) -> str:
    plain = name.replace('"', "'").replace("\n", " ")
    return f';CN="{plain}"' if plain else ""
