"""Whom a line of recipients names: people or addresses, as somebody would type or paste them."""

from __future__ import annotations

import re

from askwell.sources.addresses import parse_addresses

MOST = 50
_PARTS = re.compile(r'(?:"[^"]*"|<[^>]*>|[^,;\n"<>]|["<>])+')


def addressees(line: str) -> tuple[str, ...]:
    """The names and addresses in a line, parted by commas or semicolons; at most MOST. Of `Name <address>`
    the address counts."""
    found = []
    for part in _PARTS.findall(line[:10_000]):
        text = part.strip()
        named = parse_addresses(text) if "@" in text else ()
        found.append(named[0].address if named else text.strip('"<> '))
    return tuple(dict.fromkeys(one for one in found if one))[:MOST]
