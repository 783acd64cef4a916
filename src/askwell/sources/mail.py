"""From the bytes of one mail to a `Message`: headers decoded, times in UTC, text of the first body.

fast-mail-parser does the MIME work; the standard library stands in where it fails or is missing, and
is the oracle of a test. Both end in `Parts`, from which one function makes the message.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from askwell.ledger.entries import Message
from askwell.sources import labels
from askwell.sources.addresses import Named, parse_addresses
from askwell.sources.bulk import why_bulk
from askwell.sources.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_TEXT = 200_000
NOTE = "x-askwell-note"
"""The header field of mails that Askwell itself leaves in a mailbox: they are no letters."""
_ID = re.compile(r"<([^<>\s]{1,400})>")
_SPACES = re.compile(r"\s+")
_EARLIEST, _LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class UnreadableError(Exception):
    """The bytes are no mail; says why in a few words."""


def parse(data: bytes, backend: Callable[[bytes], Parts] | None = None) -> Message:
    """The mail as a message. Raises UnreadableError if it has no usable From or Date, or if Gmail has it in
    the trash, among spam or as a draft.

    A text of over LONGEST_TEXT characters is cut there. Linear in the size of `data`.
    """
    parts = (backend or best_parts)(data)
    if NOTE in parts.headers:
        raise UnreadableError("a note of Askwell's own")
    if (labelled := parts.headers.get(labels.FIELD)) and (why := labels.why_not(labelled[0])):
        raise UnreadableError(why)
    sender = _people(parts, "from") or _people(parts, "sender")
    if not sender:
        raise UnreadableError("no sender")
    at = _date(parts)
    to, cc = _people(parts, "to"), _people(parts, "cc")
    subject = _SPACES.sub(" ", _one(parts, "subject")).strip()[:998]
    text = _text(parts)
    return Message(
        id=_id(parts, sender[0].address, at, subject, text),
        at=at,
        sender=sender[0].address,
        to=_distinct(to),
        cc=_distinct(cc),
        subject=subject,
        text=text,
        reply_to=next(iter(_ids(parts, "in-reply-to")), ""),
        references=_ids(parts, "references")[-50:],
        bulk=why_bulk(parts.headers, sender[0].address),
        names=tuple(sorted({(one.address, one.name) for one in (*sender, *to, *cc) if one.name})),
    )


def best_parts(data: bytes) -> Parts:
    """By fast-mail-parser if it is there and can, else by the standard library."""
    try:
        from askwell.sources.mail_fast import parts
    except ImportError:
        from askwell.sources.mail_standard import parts
    try:
        return parts(data)
    except ValueError:
        from askwell.sources.mail_standard import parts as standard

        return standard(data)


def _one(parts: Parts, name: str) -> str:
    values = parts.headers.get(name)
    return values[0] if values else ""


def _people(parts: Parts, name: str) -> tuple[Named, ...]:
    known = parts.addresses.get(name)
    return known or parse_addresses(", ".join(parts.headers.get(name, ())[:20]))


def _distinct(people: tuple[Named, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.address for one in people))


def _ids(parts: Parts, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_ID.findall(" ".join(parts.headers.get(name, ())))))


def _id(parts: Parts, sender: str, at: datetime, subject: str, text: str) -> str:
    """The Message-ID, else a digest of what the mail says (FIELD.md 3.4), the same at every import."""
    if told := message_id(_one(parts, "message-id")):
        return told
    words = "\n".join((sender, at.isoformat(), subject, text))
    return "hash:" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def message_id(value: str) -> str:
    """The id in the value of a Message-ID field; nothing if there is none."""
    value = value.strip()
    found = _ID.search(value)
    if found:
        return found[1]
    return "" if _SPACES.search(value) else value[:400]


def _date(parts: Parts) -> datetime:
    """The Date header in UTC, else the date of the last hop. A clock far off counts as no date."""
    received = (value.rpartition(";")[2] for value in parts.headers.get("received", ())[:5])
    for value in (_one(parts, "date"), *received):
        try:
            at = parsedate_to_datetime(value.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        if _EARLIEST <= at <= _LATEST:
            return at.replace(microsecond=0)
    raise UnreadableError("no date")


def _text(parts: Parts) -> str:
    text = next((body for body in parts.plain if body.strip()), "")
    if not text:
        html = next((body for body in parts.html if body.strip()), "")
        if html:
            from askwell.text.html import to_text

            text = to_text(html[: 4 * LONGEST_TEXT])
    text = text[:LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return text.encode("utf-8", "replace").decode("utf-8").lstrip("\n").rstrip()
