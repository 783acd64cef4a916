"""The folders of a mailbox: what each is for, and which of them hold letters that were sent.

What the server says (SPECIAL-USE, RFC 6154) counts; else the name does, in the languages of
folder_names.toml.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imapclient import IMAPClient  # type: ignore[import-untyped]

_FLAGS = {
    "\\all": "all",
    "\\allmail": "all",
    "\\archive": "archive",
    "\\drafts": "drafts",
    "\\junk": "junk",
    "\\spam": "junk",
    "\\sent": "sent",
    "\\trash": "trash",
    "\\flagged": "flagged",
    "\\starred": "flagged",
    "\\important": "flagged",
    "\\inbox": "inbox",
}
_CLOSED = {"\\noselect", "\\nonexistent"}
_LEFT_OUT = {"drafts", "trash", "junk", "flagged", "all", "other"}
_TOPS = {"inbox", "[gmail]", "[google mail]"}
_FIRST = {"inbox": 0, "all": 0, "sent": 1}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A folder that can be opened. `role`: inbox, sent, drafts, trash, junk, all, archive, flagged, other or
    nothing; `proposed`: whether it is read unless the user says otherwise."""

    name: str
    role: str
    proposed: bool


def mailboxes(client: IMAPClient) -> tuple[Mailbox, ...]:
    """All folders of the user's own, the inbox and what was sent first.

    At Gmail "All Mail" holds everything but trash and spam, so it alone is proposed; elsewhere such a
    folder is a view of the others.
    """
    others = _of_others(client)
    found, under = [], dict[str, str]()
    for flags, separator, name in sorted(client.list_folders(), key=lambda one: str(one[2])):
        said = {_text(flag).lower() for flag in flags}
        if name.startswith(others):
            continue
        split = _text(separator) if separator else ""
        role = _role(said, name, split, under)
        under[name] = role
        if not said & _CLOSED:
            found.append(Mailbox(name, role, role not in _LEFT_OUT))
    if client.has_capability("X-GM-EXT-1") and any(one.role == "all" for one in found):
        found = [replace(one, proposed=one.role == "all") for one in found]
    return tuple(sorted(found, key=lambda one: (_FIRST.get(one.role, 2), one.name)))


def drafts(found: tuple[Mailbox, ...]) -> str:
    """The folder of letters that have not been sent; nothing if there is none."""
    return next((one.name for one in found if one.role == "drafts"), "")


def _role(said: set[str], name: str, separator: str, under: dict[str, str]) -> str:
    for flag in sorted(said):
        if flag in _FLAGS:
            return _FLAGS[flag]
    if name.lower() == "inbox":
        return "inbox"
    above, _, leaf = name.rpartition(separator) if separator else ("", "", name)
    inherited = under.get(above, "")
    if inherited in ("trash", "junk", "other", "drafts"):
        return inherited
    return names().get(leaf.casefold(), "") if not above or above.lower() in _TOPS else ""


def _of_others(client: IMAPClient) -> tuple[str, ...]:
    """How the names of folders begin that others share with the user (RFC 2342)."""
    if not client.has_capability("NAMESPACE"):
        return ()
    space = client.namespace()
    shared = [*(space.other or ()), *(space.shared or ())]
    return tuple(prefix for prefix, _ in shared if prefix)


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """What folders are called, in lower case, and what they are then for."""
    data = tomllib.loads((resources.files("askwell.sources") / "folder_names.toml").read_text("utf-8"))
    return {name.casefold(): role for role, listed in data.items() for name in listed}


def _text(value: bytes | str) -> str:
    return value.decode("ascii", "replace") if isinstance(value, bytes) else value
