"""Address books as tables: Google Contacts, Outlook, Thunderbird, and lists from a spreadsheet.

Columns are told by their names (columns.toml), so that order, era and language play no part. Google
joins several values by ` ::: `, and marks its own groups and the preferred address by a star.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from askwell.sources.addresses import clean_address
from askwell.sources.columns import Columns, head_row, propose, rows
from askwell.sources.identity import profile_address
from askwell.sources.record import Contact, Item, Skipped

LARGEST = 256 << 20
LONGEST = 2_000
MOST_EXTRA = 60
MOST = 30
_JOINED = " ::: "
_FORMULA = re.compile(r"^'([=+\-@])")  # an apostrophe that keeps a spreadsheet from calculating
_PLAIN = {"name", "given", "middle", "family", "nickname", "org", "title", "note", "born", "met"}


class ContactsCsv:
    """Tables with a column for names and one for e-mail addresses or telephones."""

    name = "contacts"

    def recognises(self, path: Path, head: bytes) -> bool:  # noqa: ARG002
        return fits(propose(head_row(head)))

    def read(self, path: Path, start: int = 0) -> Iterator[Item]:  # noqa: ARG002
        if path.stat().st_size > LARGEST:
            yield Skipped(path.name, "an address book of over 256 MB")
            return
        yield from contacts(path.read_bytes(), path.name)


def fits(columns: Columns) -> bool:
    """Whether these columns are those of an address book."""
    named = "name" in columns or ("given" in columns and "family" in columns)
    return named and ("email" in columns or "phone" in columns)


def contacts(data: bytes, name: str, columns: Columns | None = None) -> Iterator[Contact | Skipped]:
    """The contacts of a table, by the columns that its header proposes or by those given."""
    header: list[str] = []
    for line, row in rows(data):
        where = f"{name}, line {line}"
        if row is None:
            yield Skipped(where, "a row that cannot be read")
        elif not header:
            header = row if any(cell.strip() for cell in row) else []
            columns = columns or propose(header)
        elif any(cell.strip() for cell in row):
            yield _contact(row, header, columns or {}, where)


def _contact(row: list[str], header: list[str], columns: Columns, where: str) -> Contact | Skipped:
    said = {
        field: _values(row, columns.get(field, ())) for field in (*_PLAIN, "email", "phone", "tags", "page")
    }
    first = {field: said[field][0][:300] if said[field] else "" for field in _PLAIN}
    whole = " ".join(" ".join((first["given"], first["middle"], first["family"])).split())
    name = whole or first["name"] or first["nickname"]
    cleaned = (clean_address(one.removeprefix("* ")) for one in said["email"])
    addresses = tuple(dict.fromkeys(one for one in cleaned if "@" in one[1:-1] and " " not in one))[:MOST]
    if not (name or addresses or first["org"]):
        return Skipped(where, "a card without a name or an address")
    used = {place for field, places in columns.items() if field != "page" for place in places}
    more = (
        (head.strip(), cell.strip())
        for n, (head, cell) in enumerate(zip(header, row, strict=False))
        if n not in used
    )
    return Contact(
        name=name or ("" if addresses else first["org"]),
        addresses=addresses,
        profiles=tuple(dict.fromkeys(one for one in map(profile_address, said["page"]) if one))[:MOST],
        phones=tuple(dict.fromkeys(one for one in said["phone"] if sum(map(str.isdigit, one)) > 2))[:MOST],
        org=first["org"],
        title=first["title"],
        note="\n".join(said["note"])[:LONGEST],
        nickname=first["nickname"],
        born=first["born"],
        tags=_tags(said["tags"]),
        met=first["met"],
        organisation=bool(first["org"]) and not whole and first["name"] in ("", first["org"]),
        person=bool(first["given"] and first["family"]),
        extra=tuple((head, cell) for head, cell in more if head and cell and len(cell) <= LONGEST)[
            :MOST_EXTRA
        ],
        where=where,
    )


def _values(row: list[str], places: tuple[int, ...]) -> list[str]:
    """What stands in these columns, the parts that Google joins one by one."""
    cells = (_FORMULA.sub(r"\1", row[place]) for place in places if place < len(row))
    return [part.strip() for cell in cells if cell.strip() for part in cell.split(_JOINED) if part.strip()]


def _tags(values: list[str]) -> tuple[str, ...]:
    """Labels without the groups that Google makes itself (`* myContacts`)."""
    parts = (part.strip() for value in values for part in value.replace(";", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part and not part.startswith("*")))[:20]


SOURCE = ContactsCsv()
