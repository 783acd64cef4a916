"""Who may be one person: shown one after another, decided by the user, never by Askwell.

`suggestions` are worked out anew each time from the people and their cards; what the user has refused is
an entry of the kind `apart`, kept by address, so that it holds when the book is imported again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from askwell.app.desk import Desk
from askwell.app.joining import join
from askwell.app.people import find
from askwell.errors import AskwellError
from askwell.ledger import cards
from askwell.ledger.entries import Said
from askwell.ledger.likeness import Facts, suggest, words
from askwell.ledger.person import Person
from askwell.sources.identity import is_stand_in
from askwell.words import say

_LEGAL = {"as", "asa", "ab", "aps", "oy", "gmbh", "ltd", "limited", "llc", "inc", "plc", "corp", "sa", "the"}
_POSTAL = ("ADDRESS", "STREET", "CITY", "POSTAL", "ADRESSE", "GATE", "POSTNUMMER", "POSTSTED")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two people who may be one. `reasons` are pairs of what they share (`name`, `nickname`, `phone`,
    `mail`, `firm`, `birthday`, `place`) and its value, weightiest first; `bits` the evidence in bits."""

    one: Person
    other: Person
    reasons: tuple[tuple[str, str], ...]
    bits: float

    def to_json(self) -> dict[str, Any]:
        return {
            "one": self.one.key,
            "other": self.other.key,
            "reasons": [{"what": what, "value": value} for what, value in self.reasons],
            "bits": self.bits,
        }


def suggestions(desk: Desk) -> tuple[Suggestion, ...]:
    """All pairs that may be one person and were not refused, the surest first."""
    people = {one.key: one for one in desk.store.people()}
    said = [one for one in desk.store.said() if one.kind in ("card", "apart")]
    owner = {address: one.key for one in people.values() for address in one.addresses}
    apart = {
        frozenset(owner.get(end, end) for end in (one.by, *one.to)) for one in said if one.kind == "apart"
    }
    told: dict[str, list[str]] = defaultdict(list)
    for one in said:
        if one.kind == "card" and one.to and one.to[0] in owner:
            told[owner[one.to[0]]].append(one.text)
    known = [facts(one, tuple(told[one.key])) for one in people.values()]
    found = suggest(known, short_forms(), common=common_names())
    return tuple(
        Suggestion(people[each.one], people[each.other], each.reasons, each.bits)
        for each in found
        if frozenset((each.one, each.other)) not in apart
    )


def next_suggestion(desk: Desk) -> Suggestion | None:
    """The surest pair that is not decided yet, None when all are."""
    return next(iter(suggestions(desk)), None)


def pair(desk: Desk, one: str, other: str) -> Suggestion:
    """Two people by their keys, as somebody is about to decide on them. Raises AskwellError for an unknown
    one, or the same twice."""
    first, second = (find(desk, key) for key in (one, other))
    if first.key == second.key:
        raise AskwellError(
            say("{other} is {name} already.", other=other, name=first.name), say("Nothing was changed.")
        )
    return Suggestion(first, second, (), 0.0)


def accept(desk: Desk, one: Suggestion) -> Person:
    """The two are one person. The one with the more real addresses keeps their name; can be undone."""
    first, second = _still(desk, one)
    if _real(second) > _real(first):
        first, second = second, first
    what = say("{other} is {name} too", other=second.key, name=first.name)
    action = desk.store.begin(desk.now, "people", what)
    return join(desk, action, first, second)


def refuse(desk: Desk, one: Suggestion) -> None:
    """The two are two people, and are not suggested again. Can be undone."""
    first, second = _still(desk, one)
    what = say("{other} is not {name}", other=second.key, name=first.name)
    action = desk.store.begin(desk.now, "people", what)
    desk.store.say(action, Said(desk.now, "apart", _end(first), (_end(second),)))


@lru_cache(maxsize=20_000)  # a review asks again and again, and hardly anybody changes between
def facts(person: Person, told: tuple[str, ...]) -> Facts:
    """What is known of a person, from the ledger and from the cards that are theirs."""
    fields = [pair for text in told for pair in cards.read(text)]

    def every(name: str) -> list[str]:
        return [value for found, value in fields if found == name]

    mails = tuple(one for one in person.addresses if not is_stand_in(one))
    born = next((said for one in every("born") if len(said := digits(one)) == 8), "")
    return Facts(
        key=person.key,
        names=words(person.name),
        mails=mails,
        phones=tuple(dict.fromkeys(digits(one)[-8:] for one in every("phone") if len(digits(one)) > 6)),
        firm=" ".join(word for word in words(person.org) if word not in _LEGAL),
        born=born,
        places=tuple(dict.fromkeys(_places(every("more")))),
        cards=tuple(one for one in every("email") if one not in mails),
    )


@lru_cache(maxsize=1)
def short_forms() -> Mapping[str, frozenset[str]]:
    """Given names and the other forms of each, both ways (nicknames/*.txt)."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in ("en.txt", "no.txt"):
        text = (resources.files("askwell.app") / "nicknames" / name).read_text("utf-8")
        for line in text.splitlines():
            if line and not line.startswith("#"):
                whole, *forms = ("".join(words(one)) for one in line.split())
                found[whole].update(forms)
                for form in forms:
                    found[form].add(whole)
    return {name: frozenset(forms) for name, forms in found.items()}


@lru_cache(maxsize=1)
def common_names() -> frozenset[str]:
    """Names that very many people bear (nicknames/frequent.txt)."""
    text = (resources.files("askwell.app") / "nicknames" / "frequent.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset("".join(words(one)) for line in lines for one in line.split())


def _places(more: Iterable[str]) -> Iterator[str]:
    """Words of postal addresses: of a table's columns, or of the line of a card (`ADR;TYPE=HOME:;;…`)."""
    for line in more:
        name, _, value = line.partition("\t")
        if name.split(" ")[0] == "ADR":
            yield from words(value.partition(":")[2])
        elif any(word in name.upper() for word in _POSTAL):
            yield from words(value)


def digits(text: str) -> str:
    """The digits of a telephone or a date."""
    return "".join(letter for letter in text if letter.isascii() and letter.isdigit())


def _real(person: Person) -> int:
    return sum(not is_stand_in(one) for one in person.addresses)


def _end(person: Person) -> str:
    return person.addresses[0] if person.addresses else person.key


def _still(desk: Desk, one: Suggestion) -> tuple[Person, Person]:
    """Both as they are now. Raises AskwellError if one is not there any more."""
    first, second = (desk.store.person(each.key) for each in (one.one, one.other))
    if first is None or second is None:
        gone = one.one if first is None else one.other
        raise AskwellError(
            say('Nobody in the ledger is called "{who}".', who=gone.key), say("Nothing was changed.")
        )
    return first, second
