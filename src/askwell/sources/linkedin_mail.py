"""LinkedIn's messages and invitations as messages, and whose export it is."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from askwell.ledger.entries import Message
from askwell.sources.identity import card_address, profile_address
from askwell.sources.record import Owner, Skipped
from askwell.words import later

LONGEST = 200_000
NEARLY_ALL = 0.9
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2,4}),? +(\d{1,2}):(\d\d)(?::\d\d)?\s*([AP]M)?", re.I)
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", re.ASCII)
_MARKUP = re.compile(r"<(?:p|br|div|span|a)\b[^<>]{0,500}>", re.I)

Row = tuple[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the export: (where, column to value) for each row."""

    name: str = ""
    rows: tuple[Row, ...] = ()


def owner_of(tables: dict[str, Table], others: Collection[str]) -> Iterator[Owner]:
    """Whose export it is: who sent the invitations that went out, else the one member who takes part in
    nearly all conversations and is nobody's connection."""
    counted: Counter[str] = Counter()
    for _, row in tables.get("invitations", Table()).rows:
        out = row.get("direction", "").upper() == "OUTGOING"
        counted[profile_address(row.get("inviterprofileurl" if out else "inviteeprofileurl", ""))] += 1
    del counted[""]
    where = tables["invitations"].name if "invitations" in tables else ""
    if not counted:
        talks: dict[str, set[str]] = {}
        for _, row in tables.get("messages", Table()).rows:
            talks.setdefault(row.get("conversation id", ""), set()).update(_pages(row))
        counted.update(page for pages in talks.values() for page in pages if page not in others)
        where = tables["messages"].name if talks else ""
        counted = Counter({page: n for page, n in counted.items() if n >= NEARLY_ALL * len(talks)})
    best = counted.most_common(2)
    if best and (len(best) == 1 or best[0][1] > best[1][1]):
        yield Owner(best[0][0], where)


def messages(tables: dict[str, Table], others: Collection[str]) -> Iterator[Message | Skipped]:
    """The messages and the invitations that say something, each with the reason where it is not used."""
    mine = next((one.address for one in owner_of(tables, others)), "")
    talks = _others(tables.get("messages", Table()), mine)
    for where, row in tables.get("messages", Table()).rows:
        why = _why_not(row) if mine else later("a message of an export whose owner cannot be told")
        yield Skipped(where, why) if why else _message(where, row, mine, talks)
    for where, row in tables.get("invitations", Table()).rows:
        yield _invitation(where, row, mine)


def _pages(row: dict[str, str]) -> set[str]:
    urls = (row.get("sender profile url", ""), *row.get("recipient profile urls", "").split(","))
    return {page for page in map(profile_address, urls) if page}


def _others(table: Table, mine: str) -> dict[str, set[str]]:
    """Who else takes part in each conversation, by their pages."""
    talks: dict[str, set[str]] = {}
    for _, row in table.rows:
        talks.setdefault(row.get("conversation id", ""), set()).update(_pages(row) - {mine})
    return talks


def _why_not(row: dict[str, str]) -> str:
    content = row.get("content", "")
    reasons = {
        later("a draft"): "YES"
        in (row.get("is message draft", "").upper(), row.get("is conversation draft", "").upper()),
        later("an advertisement"): 'class="spinmail' in content[:2000],
        later("marked as spam"): row.get("folder", "").strip().upper() == "SPAM",
        later("from a member whose profile is gone"): not profile_address(row.get("sender profile url", "")),
        later("a message without words"): not content.strip(),
    }
    return next((why for why, holds in reasons.items() if holds), "")


def _message(where: str, row: dict[str, str], mine: str, talks: dict[str, set[str]]) -> Message | Skipped:
    at = _time(row.get("date", ""))
    if at is None:
        return Skipped(where, "no date")
    talk = row.get("conversation id", "")
    sender = profile_address(row.get("sender profile url", ""))
    urls = row.get("recipient profile urls", "").split(",")
    to = tuple(dict.fromkeys(page for page in map(profile_address, urls) if page and page != sender))
    name = row.get("from", "").strip()[:200]
    names = {(sender, name)} if name else set()
    if not to and sender == mine:
        # Before 2023 receivers stand by name only; who else wrote in the conversation is certain.
        stranger = card_address("conversation", talk)
        to = tuple(sorted(talks.get(talk, ()))) or (stranger,)
        names |= {(stranger, row.get("to", "").strip()[:200])} if to == (stranger,) else set()
    elif not to:
        to = (mine,)
    if len(to) == 1 and "," not in row.get("to", "") and row.get("to", "").strip():
        names.add((to[0], row["to"].strip()[:200]))
    text = _plain(row.get("content", ""))
    subject = row.get("subject", "").strip() or row.get("conversation title", "").strip()
    return Message(
        id=_id(talk, sender, at, text),
        at=at,
        sender=sender,
        to=to,
        subject=" ".join(subject.split())[:300],
        text=text,
        references=(_id(talk),),
        names=tuple(sorted(names)),
    )


def _invitation(where: str, row: dict[str, str], mine: str) -> Message | Skipped:
    text = _plain(row.get("message", ""))
    sender, to = (profile_address(row.get(f"invite{end}profileurl", "")) for end in ("r", "e"))
    at = _time(row.get("sent at", ""))
    if not text:
        return Skipped(where, "an invitation without words")
    if not (sender and to) or not mine:
        return Skipped(where, "an invitation that names no profile")
    if at is None:
        return Skipped(where, "no date")
    named = ((sender, row.get("from", "").strip()[:200]), (to, row.get("to", "").strip()[:200]))
    return Message(
        id=_id(f"invitation {to}", sender, at, text),
        at=at,
        sender=sender,
        to=(to,),
        text=text,
        names=tuple(sorted((page, name) for page, name in named if name)),
    )


def _plain(content: str) -> str:
    content = content[: 4 * LONGEST]
    if _MARKUP.search(content):
        from askwell.text.html import to_text

        content = to_text(content)
    text = content.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8")


def _time(text: str) -> datetime | None:
    """`2025-06-01 14:03:22 UTC`, or `1/29/26, 2:37 PM` (American, no zone, taken as UTC)."""
    text = text.replace("\u202f", " ").strip()
    try:
        if found := _AMERICAN.fullmatch(text):
            month, day, year, hour, minute = (int(found[n]) for n in range(1, 6))
            if found[6]:
                hour = hour % 12 + (12 if found[6].upper() == "PM" else 0)
            return datetime(year + 2000 if year < 100 else year, month, day, hour, minute, tzinfo=UTC)
        plain = text.removesuffix(" UTC")
        return datetime.fromisoformat(plain).replace(tzinfo=UTC) if _PLAIN.fullmatch(plain) else None
    except ValueError:
        return None


def _id(talk: str, sender: str = "", at: datetime | None = None, text: str = "") -> str:
    said = "\x00".join((talk, sender, at.isoformat() if at else "", text))
    return f"linkedin:{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
