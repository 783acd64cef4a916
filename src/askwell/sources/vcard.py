"""vCard 2.1, 3.0 and 4.0: one file may hold thousands of cards, from any program.

Own reader, since those that there are fail a whole card on a soft line break or a broken photo.
Pictures, sounds and keys are left out; every other line that is not understood is kept for the way out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from askwell.sources.addresses import clean_address
from askwell.sources.contentlines import Line, lines, parts
from askwell.sources.identity import card_address, profile_address
from askwell.sources.record import Contact, Item, Skipped

LARGEST = 512 << 20
LONGEST = 2_000
MOST_EXTRA = 60
MOST_ADDRESSES = 30
_START = re.compile(rb"\s*BEGIN[ \t]*:[ \t]*VCARD\s", re.I)
_HEAVY = {"PHOTO", "LOGO", "SOUND", "KEY", "AGENT"}
_IGNORED = {"BEGIN", "END", "VERSION", "PRODID", "REV", "SORT-STRING", "X-ABLABEL"}
_TEXTS = {"TITLE", "NOTE", "NICKNAME", "BDAY"}
_SPACES = re.compile(r"\s+")


class VCard:
    """Address books as `.vcf` files."""

    name = "vcard"

    def recognises(self, path: Path, head: bytes) -> bool:  # noqa: ARG002
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            head = head.decode("utf-16", "ignore").encode()
        return _START.match(head.removeprefix(b"\xef\xbb\xbf")) is not None

    def read(self, path: Path, start: int = 0) -> Iterator[Item]:  # noqa: ARG002
        size = path.stat().st_size
        if size > LARGEST:
            yield Skipped(path.name, "an address book of over 512 MB")
            return
        yield from cards(path.read_bytes(), path.name)


def cards(data: bytes, name: str) -> Iterator[Contact | Skipped]:
    """The cards of a book; `name` says where for people. A card within a card (AGENT) is part of it."""
    card: list[Line] = []
    depth = number = 0
    for line in lines(data):
        if line.name == "BEGIN" and line.value.upper() == "VCARD":
            depth += 1
            if depth == 1:
                number += 1
                card = []
        elif line.name == "END" and line.value.upper() == "VCARD":
            depth = max(0, depth - 1)
            if depth == 0 and card:
                yield _card(card, f"{name}, card {number}")
                card = []
        elif depth == 1:
            card.append(line)
    if depth and card:
        yield Skipped(f"{name}, card {number}", "a card that is cut off")


def _card(card: list[Line], where: str) -> Contact | Skipped:
    by_name: dict[str, list[Line]] = {}
    for line in card:
        by_name.setdefault(line.name, []).append(line)
    family, given, middle = _names(by_name)
    org = _first_text(by_name, "ORG")
    name = _tidy(_first_text(by_name, "FN")) or _tidy(" ".join((given, middle, family)))
    if _is_group(by_name):
        return Skipped(where, "a group, not a person")
    addresses = _addresses(by_name)
    nickname = _tidy(_first_text(by_name, "NICKNAME"))
    if not (name or nickname or addresses or org):
        return Skipped(where, "a card without a name or an address")
    company = (bool(org) and not (given and family) and _tidy(org) in (name, "")) or _says_company(by_name)
    uid = _first(by_name, "UID") or _first(by_name, "X-ABUID")
    return Contact(
        name=name or nickname or ("" if addresses else _tidy(org)),
        identity=card_address("uid", uid) if uid else "",
        addresses=addresses,
        profiles=_profiles(by_name),
        phones=_phones(by_name),
        org=_tidy(org)[:200],
        title=_tidy(_first_text(by_name, "TITLE"))[:200],
        note=_first_text(by_name, "NOTE")[:LONGEST],
        nickname=nickname[:200],
        born=_first(by_name, "BDAY")[:40],
        tags=_tags(by_name),
        organisation=company,
        person=bool(given and family),
        extra=_extra(card),
        where=where,
    )


def _first(found: dict[str, list[Line]], name: str) -> str:
    return next((line.value for line in found.get(name, ()) if line.value), "")


def _first_text(found: dict[str, list[Line]], name: str) -> str:
    """The first value, unescaped; of ORG the firm without its departments."""
    value = _first(found, name)
    return parts(value)[0] if name == "ORG" else parts(value, "\x00")[0]


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", text).strip()[:300]


def _names(found: dict[str, list[Line]]) -> tuple[str, str, str]:
    """Family, given and further names; nothing where there are none."""
    names = [_tidy(part.replace(",", " ")) for part in parts(_first(found, "N"))]
    family, given, middle, *_ = [*names, "", "", ""]
    return family, given, middle


def _addresses(found: dict[str, list[Line]]) -> tuple[str, ...]:
    """E-mail addresses, the preferred first."""
    mails = [line for line in found.get("EMAIL", ()) if "X400" not in line.types]
    mails.sort(key=lambda line: not ("PREF" in line.types or "PREF" in line.params))
    cleaned = (clean_address(line.text) for line in mails)
    return tuple(dict.fromkeys(one for one in cleaned if "@" in one[1:-1]))[:MOST_ADDRESSES]


def _phones(found: dict[str, list[Line]]) -> tuple[str, ...]:
    numbers = (_tidy(line.text.removeprefix("tel:")) for line in found.get("TEL", ()))
    return tuple(dict.fromkeys(one for one in numbers if sum(map(str.isdigit, one)) > 2))[:20]


def _profiles(found: dict[str, list[Line]]) -> tuple[str, ...]:
    pages = (line.text for name in ("URL", "X-SOCIALPROFILE") for line in found.get(name, ()))
    return tuple(dict.fromkeys(one for one in map(profile_address, pages) if one))[:MOST_ADDRESSES]


def _tags(found: dict[str, list[Line]]) -> tuple[str, ...]:
    tags = (
        _tidy(tag).replace(",", " ") for line in found.get("CATEGORIES", ()) for tag in parts(line.value, ",")
    )
    return tuple(dict.fromkeys(tag for tag in tags if tag and tag not in ("My Contacts", "myContacts")))[:20]


def _is_group(found: dict[str, list[Line]]) -> bool:
    kind = _first(found, "KIND") or _first(found, "X-ADDRESSBOOKSERVER-KIND")
    return kind.lower() == "group"


def _says_company(found: dict[str, list[Line]]) -> bool:
    shown = _first(found, "X-ABSHOWAS").upper() == "COMPANY"
    return shown or _first(found, "KIND").lower() in ("org", "location", "application", "device")


def _extra(card: list[Line]) -> tuple[tuple[str, str], ...]:
    """Lines that are not understood, whole; Apple's labels go with the line they belong to."""
    known = {"N", "FN", "ORG", "EMAIL", "TEL", "CATEGORIES", *_TEXTS, *_HEAVY, *_IGNORED}
    labels = {line.group: line.value for line in card if line.name == "X-ABLABEL" and line.group}
    kept = [
        line for line in card if line.name not in known and line.value.strip(";") and len(line.raw) <= LONGEST
    ]
    return tuple((_label(line, labels), line.raw) for line in kept[:MOST_EXTRA])


def _label(line: Line, labels: dict[str, str]) -> str:
    label = labels.get(line.group, "")
    return f"{line.name} {label}" if label else line.name


SOURCE = VCard()
