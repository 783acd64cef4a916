"""A table whose columns have names that nobody knows: what stands in them tells what they say.

Only proposed, never assumed: the user sees the proposal and says whether it is right (app/columns.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from askwell.sources import contacts_csv
from askwell.sources.columns import Columns, head_row, propose, rows
from askwell.sources.identity import profile_address
from askwell.sources.record import Item, Skipped

FIELDS = (
    "name",
    "given",
    "middle",
    "family",
    "nickname",
    "email",
    "phone",
    "org",
    "title",
    "note",
    "tags",
    "born",
    "page",
    "met",
)
LOOKED_AT = 200
MOST_COLUMNS = 300
ENOUGH = 0.6
_MAIL = re.compile(r"[^@\s<>]{1,64}@[^@\s<>]{1,200}\.[^@\s<>]{2,24}")
_PHONE = re.compile(r"(?:\+|00)?[\d ()./-]{5,24}")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_WORD = re.compile(r"[^\W\d_][^\W\d_'.\u2019-]*")
_FIRM = re.compile(
    r"\b(?:asa?|ab|aps|oyj?|gmbh|ltd|llc|inc|plc|corp|kommune|universitet\w*|university)\b\.?$", re.I
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its header, what its columns seem to say (field to names), and an example of each column."""

    path: Path
    header: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    example: Mapping[str, str]


class Mapped:
    """The source for tables with exactly this header, by these columns (field to names of columns)."""

    name = "contacts"

    def __init__(self, header: Sequence[str], columns: Mapping[str, Sequence[str]]) -> None:
        self.header = tuple(header)
        self.columns = columns

    def recognises(self, path: Path, head: bytes) -> bool:  # noqa: ARG002
        return bool(head) and b"\x00" not in head[:1000] and _tidy(head_row(head)) == self.header

    def read(self, path: Path, start: int = 0) -> Iterator[Item]:  # noqa: ARG002
        if path.stat().st_size > contacts_csv.LARGEST:
            yield Skipped(path.name, "an address book of over 256 MB")
            return
        at = {name: place for place, name in reversed(list(enumerate(self.header)))}
        places = {
            field: tuple(at[name] for name in names if name in at) for field, names in self.columns.items()
        }
        yield from contacts_csv.contacts(path.read_bytes(), path.name, places)


def sheet(path: Path, head: bytes) -> Sheet | None:
    """The table that begins like this, with a proposal; None if it is none, or has no header."""
    if b"\x00" in head[:1000] and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return None
    header = _tidy(head_row(head))
    if not 2 <= len(header) <= MOST_COLUMNS or any(_MAIL.fullmatch(one) for one in header):
        return None
    end = head.rfind(b"\n")
    body = [row for _, row in islice(rows(head[: end + 1] if end > 0 else head), 1, LOOKED_AT) if row]
    if not body or sum(len(row) == len(header) for row in body) < ENOUGH * len(body):
        return None
    cells = [[row[n].strip() for row in body if n < len(row) and row[n].strip()] for n in range(len(header))]
    columns = _guess(header, cells)
    example = {name: (one[0] if one else "") for name, one in zip(header, cells, strict=True)}
    named = {field: tuple(header[n] for n in columns[field]) for field in FIELDS if field in columns}
    return Sheet(path, header, named, example)


def complete(columns: Mapping[str, object]) -> bool:
    """Whether such columns make an address book."""
    return contacts_csv.fits(dict.fromkeys(columns, ()))


def _tidy(row: Sequence[str]) -> tuple[str, ...]:
    """The names of columns; those without one by their number."""
    return tuple(" ".join(one.strip("\ufeff").split()) or str(n) for n, one in enumerate(row, 1))


def _guess(header: Sequence[str], cells: Sequence[list[str]]) -> Columns:
    """What the names say, then what stands in the other columns says."""
    found = {field: tuple(places) for field, places in propose(list(header)).items()}
    free = [n for n in range(len(header)) if all(n not in places for places in found.values())]

    def take(field: str, fits: Callable[[str], bool], most: int = 1) -> None:
        if field in found:
            return
        good = [n for n in free if cells[n] and sum(map(fits, cells[n])) >= ENOUGH * len(cells[n])][:most]
        if good:
            found[field] = tuple(good)
            free[:] = [n for n in free if n not in good]

    take("email", lambda text: _MAIL.fullmatch(text) is not None, 5)
    take("page", lambda text: bool(profile_address(text)))
    take("phone", _is_phone, 5)
    take("org", lambda text: _FIRM.search(text) is not None)
    if "name" not in found and not {"given", "family"} <= set(found):
        take("name", lambda text: _names(text) > 1)
    if "name" not in found and not {"given", "family"} <= set(found):
        pair = [
            n
            for n in free
            if cells[n] and sum(_names(one) == 1 for one in cells[n]) >= ENOUGH * len(cells[n])
        ]
        if len(pair) > 1 and pair[1] == pair[0] + 1:
            found["given"], found["family"] = (pair[0],), (pair[1],)
    return found


def _is_phone(text: str) -> bool:
    return (
        _PHONE.fullmatch(text) is not None
        and _DATE.fullmatch(text) is None
        and 5 <= sum(map(str.isdigit, text)) <= 15
    )


def _names(text: str) -> int:
    """How many names it has, if it is nothing but names: words that begin with a capital; else 0."""
    words = text.replace(",", " ").split()
    good = all(_WORD.fullmatch(word) for word in words) and 0 < len(words) < 6
    return len(words) if good and words[0][0].isupper() and words[-1][0].isupper() else 0
