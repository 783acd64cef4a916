"""Drafts in a mailbox: read without touching them, marked with a keyword, and notes on them beside.

A draft is never written to: IMAP knows no way to change a message, and what a keyword changes is not the
message. Notes lie in a folder of their own, and only what carries their header is ever removed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.sources.imap_fetch import WHOLE
from askwell.sources.mail import NOTE

if TYPE_CHECKING:
    from imapclient import IMAPClient  # type: ignore[import-untyped]

FOLDER = "Askwell"
KEYWORD = "$Askwell"
MOST = 200
TOGETHER = 20
IDLE, POLL, CALM = 540.0, 60.0, 0.7
"""Seconds: how long one IDLE lasts (servers end it after 30 minutes, routers forget after ten), between
two looks where there is no IDLE, and after a change before looking, since a change seldom comes alone."""
_FIELD = f"BODY.PEEK[HEADER.FIELDS ({NOTE.upper()})]"
_KEY = re.compile(rb"(?i)x-askwell-note:\s*(\S{1,200})")


@dataclass(frozen=True, slots=True)
class Found:
    """A draft as it lies there: its key (which changes when the draft does), bytes and keywords of ours."""

    uid: int
    key: str
    data: bytes
    marks: frozenset[str]


def read(client: IMAPClient, folder: str, known: Collection[str] = ()) -> tuple[tuple[Found, ...], bool]:
    """The newest MOST drafts in a folder, which is opened and stays open, and whether the server keeps
    keywords in it. The bytes of those whose key is `known` are not fetched again."""
    opened = client.select_folder(folder)
    validity = opened.get(b"UIDVALIDITY", 0)
    lasting = {_text(flag).lower() for flag in opened.get(b"PERMANENTFLAGS", ())}
    keys = {uid: f"{validity}.{uid}" for uid in _numbers(client)}
    flags = client.fetch(list(keys), ["FLAGS"])
    new = [uid for uid in keys if keys[uid] not in known]
    bodies: dict[int, bytes] = {}
    for at in range(0, len(new), TOGETHER):
        said = client.fetch(new[at : at + TOGETHER], [f"BODY.PEEK[]<0.{WHOLE}>"])
        bodies |= {uid: one[b"BODY[]<0>"] for uid, one in said.items() if one.get(b"BODY[]<0>") is not None}
    found = tuple(
        Found(uid, key, bodies.get(uid, b""), _ours(flags[uid].get(b"FLAGS", ())))
        for uid, key in keys.items()
        if uid in flags and (uid in bodies or key in known)
    )
    return found, "\\*" in lasting or any(one.startswith(KEYWORD.lower()) for one in lasting)


def _ours(flags: Iterable[bytes | str | int]) -> frozenset[str]:
    marks = map(_text, flags)
    return frozenset(mark for mark in marks if mark.lower().startswith(KEYWORD.lower()))


def _numbers(client: IMAPClient) -> list[int]:
    return sorted(client.search(["NOT", "DELETED"]))[-MOST:]


def mark(client: IMAPClient, draft: Found, keyword: str) -> bool:
    """Give a draft of the opened folder this keyword of ours, or none; says whether that changed it."""
    wanted = {keyword} if keyword else set()
    has = {one.lower() for one in draft.marks}
    old = [one for one in draft.marks if one.lower() != keyword.lower()]
    if old:
        client.remove_flags([draft.uid], old, silent=True)
    if wanted and keyword.lower() not in has:
        client.add_flags([draft.uid], [keyword], silent=True)
    return bool(old) or (bool(wanted) and keyword.lower() not in has)


def notes(client: IMAPClient) -> dict[str, list[int]]:
    """The notes that lie in their folder, by their keys; the folder is opened. Others' mails there are not
    among them."""
    folder = _folder(client)
    if not client.folder_exists(folder):
        return {}
    opened = client.select_folder(folder)
    uids = client.search(["NOT", "DELETED"]) if opened.get(b"EXISTS") else []
    found: dict[str, list[int]] = {}
    for at in range(0, len(uids), MOST):
        for uid, said in client.fetch(uids[at : at + MOST], [_FIELD]).items():
            field = next((value for name, value in said.items() if name.startswith(b"BODY[HEADER")), None)
            if (key := _KEY.search(field or b"")) is not None:
                found.setdefault(key[1].decode("ascii", "replace"), []).append(uid)
    return found


def remove_notes(client: IMAPClient, uids: Sequence[int]) -> None:
    """Take notes out of their folder, which is open."""
    if uids:
        client.delete_messages(uids, silent=True)
        client.expunge(uids if client.has_capability("UIDPLUS") else None)


def add_note(client: IMAPClient, mail: bytes) -> None:
    """Put a note into the folder of notes, which is made if it is not there."""
    folder = _folder(client)
    if not client.folder_exists(folder):
        client.create_folder(folder)
        client.subscribe_folder(folder)
    client.append(folder, mail)


def _folder(client: IMAPClient) -> str:
    """Where notes lie: at some servers all folders stand below the inbox (RFC 2342)."""
    personal = client.namespace().personal if client.has_capability("NAMESPACE") else None
    return f"{personal[0][0] if personal else ''}{FOLDER}"


def wait(client: IMAPClient, known: Sequence[int], longest: float = IDLE) -> None:
    """Return when the drafts of the opened folder may be others than those known, or after `longest`
    seconds."""
    until = time.monotonic() + longest
    if client.has_capability("IDLE"):
        if _numbers(client) == list(known):  # what came meanwhile is not told in IDLE
            _idle(client, until)
        return
    while _numbers(client) == list(known) and (left := until - time.monotonic()) > 0:
        time.sleep(min(POLL, left))
        client.noop()


def _idle(client: IMAPClient, until: float) -> None:
    client.idle()
    while (left := until - time.monotonic()) > 0:
        said = client.idle_check(timeout=left)
        if not said:  # the time is over, or the server has gone: the next command tells
            break
        if any(_is_change(one) for one in said):
            client.idle_check(timeout=CALM)
            break
    client.idle_done()


def _is_change(said: tuple[object, ...]) -> bool:
    return any(word in (b"EXISTS", b"EXPUNGE", b"FETCH", b"VANISHED") for word in said)


def _text(flag: bytes | str | int) -> str:
    return flag.decode("ascii", "replace") if isinstance(flag, bytes) else str(flag)
