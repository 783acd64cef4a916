"""Who becomes a person: those whom the user has written to. Others stay addresses.

Two addresses with the same name are two people until the user says otherwise: never merged by name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

from askwell.app.desk import Desk
from askwell.ledger.person import ME, Person
from askwell.sources.bulk import is_shared
from askwell.store.contract import Correspondent

TOGETHER = 1000
"""People that are kept in one transaction."""
_NOT_LETTERS = re.compile(r"[^\w]+", re.UNICODE)
_QUOTES = re.compile(r"\"|(?<!\w)'|'(?!\w)")
_DEGREES = re.compile(
    r"(?:[\s,]*\b(?:ph\.?\s?d|m\.?b\.?a|[mb]\.?\s?sc|[mbj]\.?[ad]|ll\.?m|dr|prof|siv\.?\s?ing|cfa|cpa|pmp|[js]r|iii?)\b\.?)+",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"^(?:[\w.+-]*-(?:list|devel|users|announce|help|discuss)|all|everyone|alle)@|@(?:lists?|groups)\."
)


def meet(desk: Desk, action: int) -> tuple[str, ...]:
    """Make a person of each new correspondent that the user has written to; returns their keys."""
    people = desk.store.people()
    taken = {one.key for one in people}
    owned = {address for one in people for address in one.addresses}
    waiting = [one for one in desk.store.correspondents() if _is_new(one, desk, owned)]
    waiting.sort(key=lambda one: (str(one.first_written), one.address))
    forgotten = desk.store.forgotten({one.address for one in waiting})
    met: list[Person] = []
    for one in waiting:
        if one.address in forgotten:
            continue
        name = tidy_name(one.name) or name_of(one.address)
        key = free_key(name, taken)
        taken.add(key)
        met.append(Person(key, name, (one.address,)))
    for start in range(0, len(met), TOGETHER):
        desk.store.put_people(action, met[start : start + TOGETHER], ())
    return tuple(one.key for one in met)


def expect(
    desk: Desk, written: Mapping[str, str], owned: Collection[str], mine: Collection[str]
) -> tuple[str, ...]:
    """Whom `meet` would make people of once these were kept: `written` are addresses that the user wrote
    to, with names; `owned` those that cards have made somebody's; `mine` the user's own."""
    people = desk.store.people()
    taken = {one.key for one in people}
    there = {address for one in people for address in one.addresses}.union(owned, mine)
    found = (Correspondent(one, name, 1, 0, None, None) for one, name in written.items())
    new = [one for one in found if _is_new(one, desk, there)]
    forgotten = desk.store.forgotten({one.address for one in new}) if new else frozenset()
    met = []
    for one in new:
        if one.address not in forgotten:
            met.append(free_key(tidy_name(one.name) or name_of(one.address), taken))
            taken.add(met[-1])
    return tuple(met)


def _is_new(one: Correspondent, desk: Desk, owned: set[str]) -> bool:
    return (
        one.written > 0
        and one.address not in owned
        and one.address not in desk.mine
        and not is_shared(one.address)
        and _LISTS.search(one.address) is None
    )


def tidy_name(name: str) -> str:
    """A display name as one says it: `Dahl, Ingrid` becomes `Ingrid Dahl`; quotes and degrees go."""
    name = " ".join(_QUOTES.sub(" ", name).split()).strip(" ,;")
    family, comma, given = name.partition(",")
    if " " in family and _DEGREES.fullmatch(given):
        return family.strip()[:120]
    if comma and given.strip() and "," not in given and len(name) < 60:
        name = f"{given.strip()} {family.strip()}"
    return name[:120]


def name_of(address: str) -> str:
    """A name from the address alone: `kari.nordmann@…` is Kari Nordmann."""
    local = address.partition("@")[0]
    words = [word for word in re.split(r"[._+-]+", local) if word and not word.isdigit()]
    return " ".join(word.capitalize() for word in words) or address


def slug(name: str) -> str:
    """A short name: lower-case letters and digits with hyphens, å ø æ kept."""
    plain = unicodedata.normalize("NFC", name).lower()
    return _NOT_LETTERS.sub("-", plain).replace("_", "-").strip("-")[:40].strip("-") or "somebody"


def free_key(name: str, taken: set[str]) -> str:
    """A key for this name that nobody has: `kari-nordmann`, then `kari-nordmann-2`."""
    key = slug(name)
    key = f"{key}-1" if key == ME or key.isdigit() else key
    number = 2
    free = key
    while free in taken:
        free, number = f"{key}-{number}", number + 1
    return free
