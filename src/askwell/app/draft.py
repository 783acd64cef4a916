"""A draft: plain text, or a whole mail with its own To and Subject."""

from __future__ import annotations

import re
from dataclasses import dataclass

from askwell.errors import AskwellError
from askwell.sources.addresses import clean_address, parse_addresses
from askwell.sources.mail import LONGEST_TEXT, best_parts
from askwell.words import say

_HEADERS = re.compile(
    rb"\s*(?:(?:To|Til|Cc|Bcc|From|Fra|Subject|Emne|Date|Dato|In-Reply-To|References|Reply-To|Message-ID"
    rb"|MIME-Version|Content-[A-Za-z-]+|X-[A-Za-z-]+|User-Agent|Return-Path):[^\n]*\n"
    rb"(?:[ \t]+\S[^\n]*\n)*){1,200}\s*\n",
    re.IGNORECASE,
)
_NORWEGIAN = re.compile(rb"^(Til|Fra|Emne|Dato):", re.IGNORECASE | re.MULTILINE)
_ENGLISH = {b"til": b"To", b"fra": b"From", b"emne": b"Subject", b"dato": b"Date"}


@dataclass(frozen=True, slots=True)
class Draft:
    """The words of a letter that has not been sent, its subject and addresses, and what it answers."""

    text: str
    subject: str = ""
    to: tuple[str, ...] = ()
    reply_to: str = ""


def parse_draft(data: bytes, name: str = "the draft") -> Draft:
    """Read a draft. Raises AskwellError if there is nothing in it, or it is no text."""
    if not data.strip():
        raise AskwellError(say("{name} is empty.", name=name), say("Write something in it first."))
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise AskwellError(say("{name} is not text.", name=name), say("Give plain text or a mail (.eml)."))
    head = _HEADERS.match(data.replace(b"\r\n", b"\n")[:65536])
    draft = _mail(data.replace(b"\r\n", b"\n"), head) if head else Draft(decode(data))
    if not draft.text.strip():
        raise AskwellError(
            say("{name} has headers but no text.", name=name), say("Write something in it first.")
        )
    if len(draft.text) > LONGEST_TEXT:
        raise AskwellError(
            say("{name} is longer than {count} characters.", name=name, count=f"{LONGEST_TEXT:,}"),
            say("Check a letter at a time."),
        )
    return draft


def of_mail(data: bytes) -> Draft:
    """What a whole mail says, whatever headers it has; `text` is empty where there is none to be read
    (it is encrypted, or a picture). `data` has its lines ended by CR LF or LF. Never fails on words."""
    plain = data.replace(b"\r\n", b"\n")
    end = plain.find(b"\n\n")
    return _parts(plain, plain[end + 2 :] if end >= 0 else b"")


def decode(data: bytes) -> str:
    """Text in UTF-8 or UTF-16 with a mark; else as Windows-1252, which old files are in."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _mail(data: bytes, head: re.Match[bytes]) -> Draft:
    top = _NORWEGIAN.sub(lambda m: _ENGLISH[m[1].lower()] + b":", data[: head.end()])
    return _parts(top.lstrip() + data[head.end() :], data[head.end() :])


def _parts(mail: bytes, body: bytes) -> Draft:
    parts = best_parts(mail)
    to: list[str] = []
    for name in ("to", "cc", "bcc"):
        for value in parts.headers.get(name, ()):
            found = [one.address for one in parse_addresses(value)]
            to += found or [one.strip() for one in value.split(",") if one.strip()]
    if "content-type" in parts.headers:
        text = next((body for body in parts.plain if body.strip()), "")
    else:
        text = decode(body)
    if not text and parts.html:
        from askwell.text.html import to_text

        text = to_text(parts.html[0][:LONGEST_TEXT])
    subject = " ".join((parts.headers.get("subject") or [""])[0].split())
    reply_to = (parts.headers.get("in-reply-to") or [""])[0].strip().strip("<>")
    named = tuple(dict.fromkeys(clean_address(one) if "@" in one else one for one in to))
    return Draft(text, subject, named, reply_to)
