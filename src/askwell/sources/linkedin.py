"""LinkedIn's "Download your data": the zip, or a table out of it. Connections, messages, invitations.

Tables are told by their headers, which differ by year (FIELD.md 3.1); practice talks with LinkedIn's
machines have the same header as messages and are told by their file's name within the zip. Members
are kept under stand-in addresses made from their profile pages, so that a message, an invitation
and a connection of one member lead to one person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path

from askwell.sources import linkedin_mail
from askwell.sources.addresses import clean_address
from askwell.sources.archive import BROKEN, Member, damaged, members
from askwell.sources.columns import LOOKED_AT, rows
from askwell.sources.identity import card_address, profile_address
from askwell.sources.linkedin_mail import Table
from askwell.sources.record import Contact, Item, Skipped

LARGEST = 256 << 20
CONNECTIONS = frozenset({"first name", "last name", "connected on"})
MESSAGES = frozenset({"conversation id", "from", "date", "content"})
INVITATIONS = frozenset({"from", "to", "sent at", "direction"})
PROFILE = frozenset({"first name", "last name", "headline", "summary"})
_PRACTICE = ("guide_messages", "learning_", "coach_messages", "role_play")
_KINDS = {"connections": CONNECTIONS, "messages": MESSAGES, "invitations": INVITATIONS}


class LinkedIn:
    """The export as a zip, and each of its tables alone."""

    name = "linkedin"

    def recognises(self, path: Path, head: bytes) -> bool:
        if head.startswith(b"PK\x03\x04"):
            try:
                return any(table_kind(one.head()) for one in members(path) if isinstance(one, Member))
            except BROKEN:
                return False
        return bool(table_kind(head))

    def read(self, path: Path, start: int = 0) -> Iterator[Item]:  # noqa: ARG002
        try:
            tables = yield from _tables(path)
        except BROKEN as error:
            raise damaged(path, error) from None
        yield from _items(tables)


def _tables(path: Path) -> Generator[Item, None, dict[str, Table]]:
    """The tables by kind; yields what is left out, with the reason."""
    tables: dict[str, Table] = {}
    for one in _files(path):
        if isinstance(one, Skipped):
            yield one
            continue
        data, name = one
        kind = table_kind(data)
        if kind == "messages" and any(word in name.lower() for word in _PRACTICE):
            yield Skipped(name, "talks with a machine, not with people")
        elif kind and kind not in tables:
            tables[kind] = table(data, kind, name)
        else:
            yield Skipped(name, "a table of neither people nor messages")
    return tables


def table_kind(head: bytes) -> str:
    """Which of the tables begins like this, or nothing. A few lines may stand before the header."""
    if b"\x00" in head[:4000] and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return ""
    for n, (_, row) in enumerate(rows(head[: 1 << 14], ",")):
        names = {cell.strip().strip("\ufeff").lower() for cell in row or ()}
        kind = next((kind for kind, needed in _KINDS.items() if needed <= names), "")
        if kind or n >= LOOKED_AT:
            return kind
    return ""


def table(data: bytes, kind: str, name: str) -> Table:
    """A table from its header on; rows as columns by lower-case name."""
    needed = _KINDS[kind]
    reader = rows(data, ",")
    header: list[str] = []
    for _, row in reader:
        header = [cell.strip().strip("\ufeff").lower() for cell in row or ()]
        if needed <= set(header):
            break
    found = ((f"{name}, line {line}", dict(zip(header, row, strict=False))) for line, row in reader if row)
    return Table(name, tuple(found))


def _files(path: Path) -> Iterator[tuple[bytes, str] | Skipped]:
    with path.open("rb") as file:
        zipped = file.read(4) == b"PK\x03\x04"
    if not zipped:
        if path.stat().st_size > LARGEST:
            yield Skipped(path.name, "a table of over 256 MB")
        else:
            yield path.read_bytes(), path.name
        return
    for one in members(path):
        if isinstance(one, Skipped):
            yield one
        elif not one.name.lower().endswith(".csv") and not table_kind(one.head()):
            yield Skipped(f"{path.name}/{one.name}", "a table of neither people nor messages")
        elif one.size > LARGEST:
            yield Skipped(f"{path.name}/{one.name}", "a table of over 256 MB")
        else:
            yield one.data(LARGEST), f"{path.name}/{one.name}"


def _items(tables: dict[str, Table]) -> Iterator[Item]:
    again: Counter[str] = Counter()
    connections = [_connection(where, row, again) for where, row in tables.get("connections", Table()).rows]
    pages = {one.identity for one in connections if isinstance(one, Contact) and one.identity}
    yield from linkedin_mail.owner_of(tables, pages)
    yield from connections
    yield from linkedin_mail.messages(tables, pages)


def _connection(where: str, row: dict[str, str], again: Counter[str]) -> Contact | Skipped:
    """A member. Before 2023 no page is named: then name and day tell them apart, and which of those of
    one name and day it is."""
    given, family = row.get("first name", "").strip(), row.get("last name", "").strip()
    address = clean_address(row.get("email address", ""))
    identity = profile_address(row.get("url", ""))
    if not (given or family or identity or "@" in address):
        return Skipped(where, "a member who hides their name")
    since = row.get("connected on", "").strip()
    if not identity:
        unnamed = f"{given} {family} {since}"
        again[unnamed] += 1
        identity = card_address("linkedin", unnamed, str(again[unnamed]))
    return Contact(
        name=" ".join(f"{given} {family}".split())[:300],
        identity=identity,
        addresses=(address,) if "@" in address[1:-1] else (),
        org=row.get("company", "").strip()[:300],
        title=row.get("position", "").strip()[:300],
        person=bool(given and family),
        extra=(("connected on", since),) if since else (),
        where=where,
    )


SOURCE = LinkedIn()
