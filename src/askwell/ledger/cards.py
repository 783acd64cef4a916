"""What a card of an address book says, as the text of an entry: one `field value` a line, in order.

An entry of the kind `card` holds it (ledger/entries.py), addressed to the card's own stand-in address or
the person's e-mail address, so that it goes with them wherever the user says that they belong.
"""

from __future__ import annotations

from collections.abc import Iterable

FIELDS = (
    "name",
    "email",
    "phone",
    "org",
    "title",
    "note",
    "nickname",
    "born",
    "tag",
    "met",
    "profile",
    "more",
)
_OUT = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r"})


def write(fields: Iterable[tuple[str, str]]) -> str:
    """The fields as text; those without a value are left out."""
    return "\n".join(f"{name} {value.translate(_OUT)}" for name, value in fields if value)


def read(text: str) -> tuple[tuple[str, str], ...]:
    """The fields that `write` wrote. A line without a value is left out."""
    pairs = (line.partition(" ") for line in text.split("\n"))
    return tuple((name, _plain(value)) for name, space, value in pairs if space)


def field(text: str, name: str) -> tuple[str, ...]:
    """All values of one field."""
    return tuple(value for found, value in read(text) if found == name)


def _plain(value: str) -> str:
    if "\\" not in value:
        return value
    pieces = value.split("\\\\")
    return "\\".join(piece.replace("\\n", "\n").replace("\\r", "\r") for piece in pieces)
