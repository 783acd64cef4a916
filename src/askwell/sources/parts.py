"""A mail taken apart, the same whichever parser did it."""

from __future__ import annotations

from dataclasses import dataclass

from askwell.sources.addresses import Named


@dataclass(frozen=True, slots=True)
class Parts:
    """A mail taken apart: headers by lower-case name, plain and HTML bodies, addresses where parsed."""

    headers: dict[str, list[str]]
    plain: tuple[str, ...]
    html: tuple[str, ...]
    addresses: dict[str, tuple[Named, ...]]
