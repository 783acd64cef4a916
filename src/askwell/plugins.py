"""What is found by its name: sources, ours and those that others have added, and the doors that stay open.

Both are entry points. A door that the command line opens (`serve`, `gate`, `mcp`, `lsp`) is reached this way
because no door imports another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any

from askwell.errors import AskwellError

SOURCES = "askwell.sources"
DOORS = "askwell.doors"


@dataclass(frozen=True, slots=True)
class Broken:
    """A plugin that could not be loaded, and why. It is named and passed over."""

    name: str
    why: str


def load(group: str = SOURCES) -> tuple[tuple[object, ...], tuple[Broken, ...]]:
    """What the installed packages offer in a group, by name, and what of it is broken."""
    found: list[object] = []
    broken: list[Broken] = []
    for point in sorted(entry_points(group=group), key=lambda one: one.name):
        try:
            found.append(point.load())
        except Exception as error:  # a plugin may fail in any way; ours goes on
            broken.append(Broken(point.name, f"{type(error).__name__}: {error}"))
    return tuple(found), tuple(broken)


def door(name: str) -> Callable[..., int]:
    """What opens a door: called with the home folder and the door's own options, it returns an exit status.

    Raises AskwellError if this installation lacks it.
    """
    for point in entry_points(group=DOORS, name=name):
        found: Callable[..., Any] = point.load()
        return found
    raise AskwellError(f"This installation has no door called {name}.", "Install Askwell again: make setup.")
