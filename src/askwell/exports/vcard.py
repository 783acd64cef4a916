"""People as an address book: vCard 3.0, which every telephone reads (RFC 2426).

What came on a card goes out again, also the lines that Askwell did not understand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from askwell.exports.contentlines import escaped, folded
from askwell.ledger import cards
from askwell.ledger.person import Person

_LINKEDIN = "@linkedin.askwell.invalid"
_STAND_IN = ".askwell.invalid"
_LINE = re.compile(r"(?:[\w-]+\.)?([A-Za-z][\w-]*)[;:]")
_OURS = {"N", "FN", "ORG", "TITLE", "EMAIL", "TEL", "NOTE", "NICKNAME", "BDAY", "CATEGORIES", "VERSION"}


def address_book(people: Iterable[Person], told: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """A card for each person, with what their cards said (texts of entries, by the person's key)."""
    for person in people:
        yield "".join(map(folded, _card(person, list(told.get(person.key, ())))))


def _card(person: Person, told: list[str]) -> Iterator[str]:
    fields = [pair for text in told for pair in cards.read(text)]

    def every(name: str) -> list[str]:
        return list(dict.fromkeys(value for found, value in fields if found == name))

    given, _, family = person.name.rpartition(" ")
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"FN:{escaped(person.name)}")
    yield f"N:{escaped(family)};{escaped(given)};;;"
    texts = {"ORG": person.org, "TITLE": person.title, "NICKNAME": "".join(every("nickname")[-1:])}
    yield from (f"{name}:{escaped(text)}" for name, text in texts.items() if text)
    yield from (f"BDAY:{escaped(born)}" for born in every("born")[-1:])
    real = [one for one in person.addresses if not one.endswith(_STAND_IN)]
    yield from (f"EMAIL;TYPE=INTERNET:{escaped(one)}" for one in dict.fromkeys((*real, *every("email"))))
    yield from (f"TEL:{escaped(one)}" for one in every("phone"))
    yield from (f"NOTE:{escaped(one)}" for one in every("note"))
    if person.tags:
        yield f"CATEGORIES:{','.join(map(escaped, person.tags))}"
    pages = [one.removesuffix(_LINKEDIN) for one in person.addresses if one.endswith(_LINKEDIN)]
    kept = every("more")
    there = "\n".join(kept).lower()
    yield from (f"URL:https://www.linkedin.com/in/{one}" for one in pages if f"/in/{one}" not in there)
    yield from _more(person, kept)
    yield "END:VCARD"


def _more(person: Person, more: list[str]) -> Iterator[str]:
    """Lines that were kept whole; columns of a table under names of their own. One UID a card."""
    named = False
    for one in more:
        name, _, value = one.partition("\t")
        line = _LINE.match(value)
        if line is None or line[1].upper() != name.split(" ")[0].upper():
            yield f"X-ASKWELL:{escaped(f'{name}: {value}')}"
        elif line[1].upper() == "UID":
            if not named:
                yield value
            named = True
        elif line[1].upper() not in _OURS:
            yield value
            label = name.partition(" ")[2]
            if label and "." in line[0]:
                yield f"{line[0].partition('.')[0]}.X-ABLabel:{label}"
    if not named:
        yield f"UID:askwell-{person.key}"
