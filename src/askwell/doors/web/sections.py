"""What stands in the navigation, in order. A section is shown when its page is there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec

from askwell.words import later


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the navigation: its module in `pages`, its path, its name, and the key that goes there."""

    module: str
    path: str
    name: str
    key: str


SECTIONS = (
    Section("today", "/today", later("Today"), "g t"),
    Section("check", "/check", later("Check"), "c"),
    Section("people", "/people", later("People"), "g p"),
    Section("ask", "/ask", later("Ask"), "g a"),
    Section("requests", "/requests", later("Requests"), "g r"),
    Section("introductions", "/introductions", later("Introductions"), "g i"),
    Section("review", "/review", later("Review"), "g v"),
    Section("importing", "/import", later("Import"), "g m"),
    Section("mirror", "/mirror", later("Mirror"), "g o"),
    Section("settings", "/settings", later("Settings"), "g s"),
)


@lru_cache(maxsize=1)
def sections() -> tuple[Section, ...]:
    """Those whose pages this installation has."""
    return tuple(one for one in SECTIONS if find_spec(f"askwell.doors.web.pages.{one.module}"))
