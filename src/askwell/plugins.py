"""Sources that others have added: entry points in the group `askwell.sources`, as our own are."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import entry_points

SOURCES = "askwell.sources"


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
