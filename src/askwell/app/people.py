"""`askwell people`: who is in the ledger, and finding the one who is meant."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from askwell import words
from askwell.app.desk import Desk
from askwell.app.joining import join
from askwell.errors import AskwellError
from askwell.ledger.person import CIRCLES, STAGES, Person
from askwell.sources.addresses import clean_address
from askwell.sources.identity import shown
from askwell.words import say

SHOWN = 6
LONG_NAME = 80
MET = 500
"""How many characters may say how one met."""


def people(desk: Desk, words: str = "", tag: str = "") -> tuple[Person, ...]:
    """Everybody, or those whose name, key, address, firm or title holds the words."""
    return tuple(one for one in desk.store.people() if fits(one, fold(words).split(), tag))


def fits(person: Person, wanted: Collection[str], tag: str = "") -> bool:
    """Whether all these words (see `fold`) are in the person's name, key, addresses, firm or title, and
    they have the tag."""
    if tag and tag not in person.tags:
        return False
    about = _about(person) if wanted else ""
    return all(word in about for word in wanted)


def find(desk: Desk, who: str) -> Person:
    """The one person that is meant by a key, an address or (part of) a name.

    Raises AskwellError if nobody fits (naming those who come close) or several do (naming them).
    """
    fitting, everybody = _fitting(desk, who)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        shown = "\n".join(f"  {one.key}  {describe(one)}" for one in fitting[:SHOWN])
        rest = len(fitting) - SHOWN
        more = f"\n  {say('… and {count} more', count=rest)}" if rest > 0 else ""
        what = say('{count} people could be "{who}":', count=len(fitting), who=who)
        raise AskwellError(
            f"{what}\n{shown}{more}",
            say("Say which by the short name at the left, such as {key}.", key=fitting[0].key),
            http_status=409,
        )
    called = who if len(who) <= LONG_NAME else who[:LONG_NAME] + "…"
    what = say('Nobody in the ledger is called "{who}".', who=called)
    raise AskwellError(what, _close(who, everybody), http_status=404)


def as_json(person: Person) -> dict[str, Any]:
    """A person as the JSON of all doors shows them."""
    return {
        "person": person.key,
        "name": person.name,
        "addresses": list(person.addresses),
        "org": person.org,
        "title": person.title,
        "tags": list(person.tags),
        "circle": person.circle,
        "floor": person.floor or None,
        "say": person.say,
    }


def candidates(desk: Desk, who: str) -> tuple[Person, ...]:
    """All who may be meant by a key, an address or (part of) a name: one if it is clear, none if it is
    nobody's."""
    return tuple(_fitting(desk, who)[0])


def _fitting(desk: Desk, who: str) -> tuple[Sequence[Person], Sequence[Person]]:
    """Who may be meant, and everybody that was looked through for it."""
    if exact := desk.store.person(who.lower()) or desk.store.owner(clean_address(who)):
        return [exact], ()
    everybody = desk.store.people()
    same = [one for one in everybody if fold(one.name) == fold(who)]
    return same or [one for one in everybody if _has_words(one, fold(who).split())], everybody


def describe(person: Person) -> str:
    """One line on a person: name, firm, first address."""
    at = f", {person.org}" if person.org else ""
    address = next((f" <{one}>" for one in shown(person.addresses)), "")
    return f"{person.name}{at}{address}"


def setting(
    desk: Desk,
    who: str,
    *,
    floor: str | None = None,
    circle: str | None = None,
    say: float | None = None,
    tags: Iterable[str] | None = None,
    met: str | None = None,
) -> Person:
    """Say how well one knows somebody at least, in which circle, how much say they have (0 to 2), how one
    met, and with which tags to find them. What is None stays as it is."""
    person = find(desk, who)
    if floor is not None and floor not in ("", *STAGES):
        raise AskwellError(
            words.say('There is no stage "{stage}".', stage=floor),
            words.say("Choose one of {choices}.", choices=", ".join(STAGES)),
        )
    if circle is not None and circle not in CIRCLES:
        raise AskwellError(
            words.say('There is no circle "{circle}".', circle=circle),
            words.say("Choose one of {choices}.", choices=", ".join(CIRCLES)),
        )
    if say is not None and not 0 <= say <= 2:
        raise AskwellError(
            words.say("say cannot be {value}.", value=f"{say:g}"),
            words.say("Choose a number from 0 to 2; 1 is usual."),
        )
    changed = replace(
        person,
        floor=person.floor if floor is None else floor,
        circle=person.circle if circle is None else circle,
        say=person.say if say is None else say,
        met=person.met if met is None else " ".join(met.split())[:MET],
        tags=person.tags if tags is None else _tags(tags),
    )
    if changed != person:
        what = words.say("settings of {name}", name=person.name)
        desk.store.put_person(desk.store.begin(desk.now, "person", what), changed)
    return changed


def _tags(given: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: lower case, without commas, each once, at most thirty."""
    found = (" ".join(one.replace(",", " ").split()).lower()[:40] for one in given)
    return tuple(dict.fromkeys(filter(None, found)))[:30]


def link(desk: Desk, who: str, other: str) -> Person:
    """Say that an address, or another person in the ledger, is this person too. Can be undone."""
    person = find(desk, who)
    address = clean_address(other)
    twin = desk.store.owner(address) if "@" in address else find(desk, other)
    if twin and twin.key == person.key:
        raise AskwellError(
            say("{other} is {name} already.", other=other, name=person.name), say("Nothing was changed.")
        )
    action = desk.store.begin(desk.now, "people", say("{other} is {name} too", other=other, name=person.name))
    if twin:
        return join(desk, action, person, twin)
    joined = replace(person, addresses=tuple(dict.fromkeys((*person.addresses, address))))
    desk.store.put_person(action, joined)
    return joined


def fold(text: str) -> str:
    """Text for comparing names: lower case, composed; å, ø and æ stay letters of their own."""
    return unicodedata.normalize("NFC", text).casefold().strip()


def _about(person: Person) -> str:
    return fold(" ".join((person.key, person.name, person.org, person.title, *person.addresses)))


def _has_words(person: Person, words: list[str]) -> bool:
    names = [*fold(person.name).replace("-", " ").split(), fold(person.key)]
    return bool(words) and all(any(name.startswith(word) for name in names) for word in words)


def _close(who: str, everybody: Iterable[Person]) -> str:
    names = {fold(name): one for one in everybody for name in (one.name, one.key, *one.name.split())}
    close = difflib.get_close_matches(fold(who), names, 3, 0.7)
    meant = dict.fromkeys(f"{names[one].key} ({names[one].name})" for one in close)
    if meant:
        return say("Did you mean {who}?", who=" / ".join(meant))
    return say("See `askwell people`, or give an e-mail address.")
