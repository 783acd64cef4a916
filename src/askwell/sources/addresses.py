"""Addresses in headers: `Name <a@b.c>`, comments, groups, and the forms of public list archives."""

from __future__ import annotations

import re
from email.utils import getaddresses
from typing import NamedTuple

MOST = 2000
DEEPEST = 40
_PLAIN = re.compile(r'\s*"?([^"<>,;:()@]{0,200}?)"?\s*<([^<>\s,;()@]{1,100}@[^<>\s,;()@]{1,150})>\s*')
_BARE = re.compile(r"\s*([^<>\s,;:()\"@]{1,100}@[^<>\s,;:()\"@]{1,150})\s*")
_COMMENT = re.compile(r"([^()<>]{1,250})\((.{0,200})\)")
_HIDDEN = re.compile(r" @end(?:\|ng|ing) (?:\||f)rom ")
_SPACES = re.compile(r"\s+")


class Named(NamedTuple):
    """An address in normal form, with the display name it was given."""

    address: str
    name: str


def clean_address(text: str) -> str:
    """An address in normal form: lower case, no spaces; archive forms such as `edd at debian.org` with
    their `@` put back. The text comes back without an `@` if it is no address."""
    text = text.strip(" \t\r\n<>'\",;")
    text = text.removeprefix("mailto:").removeprefix("SMTP:")
    if _HIDDEN.search(text):
        text = _HIDDEN.sub("@", text, count=1)
    elif " at " in text and "@" not in text:
        text = text.replace(" at ", "@", 1)
    return _SPACES.sub("", text).replace("<", "").replace(">", "").replace('"', "").lower()[:320]


def parse_addresses(value: str) -> tuple[Named, ...]:
    """All addresses of a header value, in order; what is no address is left out."""
    value = _SPACES.sub(" ", value).strip()
    if not value:
        return ()
    if plain := _PLAIN.fullmatch(value):
        return (Named(clean_address(plain[2]), clean_name(plain[1])),)
    if bare := _BARE.fullmatch(value):
        return (Named(clean_address(bare[1]), ""),)
    comment = _COMMENT.fullmatch(value)
    if comment and (" at " in comment[1] or "@" in comment[1]):
        return (Named(clean_address(comment[1]), clean_name(comment[2])),)
    if _HIDDEN.search(value) or ("@" not in value and " at " in value):
        address = clean_address(value)
        return (Named(address, ""),) if "@" in address and len(address) > 2 else ()
    if value.count("(") > DEEPEST:  # the standard library follows comments by recursion
        value = value.replace("(", " ").replace(")", " ")
    found = getaddresses([value[:100_000]])[:MOST]
    people = (Named(clean_address(address), clean_name(name)) for name, address in found)
    return tuple(one for one in people if "@" in one.address[1:])


def clean_name(text: str) -> str:
    """A display name on one line, without quotes; nothing if it only repeats an address."""
    name = _SPACES.sub(" ", text.replace("\\", "")).strip(" '\"")
    return "" if "@" in name and " " not in name else name[:200]
