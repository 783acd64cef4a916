"""A card that exists, with a few lines added or changed; every other byte of it stays as it is.

Lines are told apart as vCard 3.0 and 4.0 have them (RFC 2426, RFC 6350): folded lines go on with a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from askwell.exports.contentlines import escaped, folded

ADD, FIRST, LIST = "add", "first", "list"
"""How a value goes in: as a line of its own; as the first part of the line there is; at its end."""

_HEAD = re.compile(r'((?:[\w-]+\.)?[\w-]+)((?:;(?:[^;:"]|"[^"]*")*)*):', re.ASCII)
_OLD = re.compile(r";(?:ENCODING|CHARSET)=[^;:]*|;QUOTED-PRINTABLE", re.IGNORECASE)
_PART = re.compile(r"(?:\\.|[^\\;])*", re.DOTALL)

Edit = tuple[str, str, str]
"""How, the property with its parameters (`EMAIL;TYPE=INTERNET`), and the value, not escaped yet."""


def edited(card: bytes, edits: Iterable[Edit]) -> bytes:
    """The card with the edits. Raises ValueError if it is not one whole card in UTF-8."""
    text = card.decode("utf-8")
    end = "\r\n" if "\r\n" in text or "\n" not in text else "\n"
    lines = _logical(text)
    last = next((n for n in range(len(lines) - 1, -1, -1) if _name(lines[n]) == "END"), -1)
    if last < 1 or sum(_name(one) == "BEGIN" and _value(one).upper() == "VCARD" for one in lines) != 1:
        raise ValueError("not one whole card")
    added = []
    for how, property_, value in edits:
        there = next((n for n, one in enumerate(lines[:last]) if _name(one) == property_), None)
        if how == ADD or there is None:
            added.append(f"{property_}:{escaped(value)}")
        elif how == LIST:
            lines[there] = _folded(f"{_unfolded(lines[there])},{escaped(value)}", end)
        else:
            lines[there] = _folded(_with_first(_unfolded(lines[there]), escaped(value)), end)
    if not lines[last - 1].endswith("\n"):
        lines[last - 1] += end
    return "".join((*lines[:last], *(_folded(one, end) for one in added), *lines[last:])).encode()


def _logical(text: str) -> list[str]:
    """The lines with their ends, each with those that it is folded over."""
    lines: list[str] = []
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):  # splitlines also splits at other characters
        if line[:1] in (" ", "\t") and lines:
            lines[-1] += line
        else:
            lines.append(line)
    return lines


def _unfolded(line: str) -> str:
    return re.sub(r"\r?\n[ \t]", "", line).rstrip("\r\n")


def _folded(line: str, end: str) -> str:
    return folded(line).replace("\r\n", end)


def _name(line: str) -> str:
    found = _HEAD.match(_unfolded(line))
    return found[1].rpartition(".")[2].upper() if found else ""


def _value(line: str) -> str:
    return _unfolded(line).partition(":")[2].strip()


def _with_first(line: str, value: str) -> str:
    """The line with another first part: of ORG the firm, while its departments stay."""
    found = _HEAD.match(line)
    if found is None:
        return line
    head = _OLD.sub("", line[: found.end()])
    old = line[found.end() :]
    part = _PART.match(old)
    return f"{head}{value}{old[part.end() if part else 0 :]}"
