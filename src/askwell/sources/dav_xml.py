"""The XML of WebDAV (RFC 4918): what is asked, and the multistatus that answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DAV = "{DAV:}"
CARD = "{urn:ietf:params:xml:ns:carddav}"
CAL = "{urn:ietf:params:xml:ns:caldav}"
CTAG = "{http://calendarserver.org/ns/}getctag"
_SPACES = (
    'xmlns="DAV:" xmlns:R="urn:ietf:params:xml:ns:carddav" xmlns:C="urn:ietf:params:xml:ns:caldav" '
    'xmlns:S="http://calendarserver.org/ns/"'
)
_START = '<?xml version="1.0" encoding="utf-8"?>'


class NoXmlError(Exception):
    """An answer that is not XML, or XML that is refused (a DTD, entities)."""


@dataclass(frozen=True, slots=True)
class Found:
    """One response of a multistatus: `status` of the whole (200 where only properties have one), and the
    properties that the server has."""

    href: str
    status: int
    has: Mapping[str, Element] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A property's text, empty where there is none."""
        found = self.has.get(name)
        return (found.text or "") if found is not None else ""

    def hrefs(self, name: str) -> tuple[str, ...]:
        """The links in a property."""
        found = self.has.get(name)
        links = found.iter(f"{DAV}href") if found is not None else ()
        return tuple(text for one in links if (text := (one.text or "").strip()))

    def kinds(self) -> frozenset[str]:
        """What its resourcetype says that it is."""
        found = self.has.get(f"{DAV}resourcetype")
        return frozenset(one.tag for one in found) if found is not None else frozenset()


@dataclass(frozen=True, slots=True)
class Multistatus:
    """All responses, and the sync token (RFC 6578) if there is one."""

    found: tuple[Found, ...]
    token: str = ""


def read(data: bytes) -> Multistatus:
    """A multistatus. Raises NoXmlError."""
    root = parsed(data)
    if root.tag != f"{DAV}multistatus":
        raise NoXmlError(f"<{root.tag.rpartition('}')[2][:40]}>")
    return Multistatus(tuple(map(_found, root.findall(f"{DAV}response"))), _inside(root, f"{DAV}sync-token"))


def parsed(data: bytes) -> Element:
    """XML without a DTD. Raises NoXmlError."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise NoXmlError(type(error).__name__) from None
    return root


def _found(response: Element) -> Found:
    has: dict[str, Element] = {}
    for each in response.findall(f"{DAV}propstat"):
        if _status(each, 200) == 200:
            has.update({one.tag: one for prop in each.findall(f"{DAV}prop") for one in prop})
    return Found(_inside(response, f"{DAV}href"), _status(response, 200), has)


def _status(element: Element, otherwise: int) -> int:
    """The number in `HTTP/1.1 404 Not Found`."""
    parts = _inside(element, f"{DAV}status").split()
    return int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() and len(parts[1]) == 3 else otherwise


def _inside(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def propfind(*names: str) -> bytes:
    """The body that asks for properties, each by a name such as `displayname` or `R:address-data`."""
    asked = "".join(f"<{name}/>" for name in names)
    return f"{_START}<propfind {_SPACES}><prop>{asked}</prop></propfind>".encode()


def sync(token: str) -> bytes:
    """The body of a sync-collection report (RFC 6578); an empty token asks for all."""
    return (
        f"{_START}<sync-collection {_SPACES}><sync-token>{escape(token)}</sync-token>"
        "<sync-level>1</sync-level><prop><getetag/></prop></sync-collection>"
    ).encode()


def multiget(kind: str, hrefs: Iterable[str]) -> bytes:
    """The body of an addressbook-multiget or calendar-multiget report; `kind` is CARD or CAL."""
    name, data = ("R:addressbook", "R:address-data") if kind == CARD else ("C:calendar", "C:calendar-data")
    links = "".join(f"<href>{escape(one)}</href>" for one in hrefs)
    return (
        f"{_START}<{name}-multiget {_SPACES}><prop><getetag/><{data}/></prop>{links}</{name}-multiget>"
    ).encode()
