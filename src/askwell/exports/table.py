"""People as a table for a spreadsheet, under the headings of Google Contacts, to be read again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from askwell.ledger import cards
from askwell.ledger.person import Person

_JOINED = " ::: "
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEADER = (
    "First Name",
    "Last Name",
    "Organization Name",
    "Organization Title",
    "Labels",
    "E-mail 1 - Value",
    "Phone 1 - Value",
    "Birthday",
    "Notes",
)


def table(people: Iterable[Person], told: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """A line for each person, the header first. What a spreadsheet would take for a formula stands behind
    an apostrophe."""
    yield _line(HEADER)
    for person in people:
        said = list(told.get(person.key, ()))

        def every(field: str, said: list[str] = said) -> list[str]:
            return list(dict.fromkeys(value for text in said for value in cards.field(text, field)))

        given, _, family = person.name.rpartition(" ")
        real = [one for one in person.addresses if not one.endswith(".askwell.invalid")]
        yield _line(
            (
                given or family,
                family if given else "",
                person.org,
                person.title,
                _JOINED.join(person.tags),
                _JOINED.join(dict.fromkeys((*real, *every("email")))),
                _JOINED.join(every("phone")),
                "".join(every("born")[-1:]),
                "\n".join(every("note")),
            )
        )


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([f"'{one}" if one.startswith(_FORMULA) else one for one in cells])
    return out.getvalue()
