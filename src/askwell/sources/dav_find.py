"""Finding the address books and calendars of an account (RFC 6764, RFC 5397, RFC 6352 7.1, RFC 4791 6.2)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from askwell.sources.addresses import clean_address
from askwell.sources.dav import Dav
from askwell.sources.dav_xml import CAL, CARD, CTAG, DAV, Found, Multistatus, NoXmlError, propfind, read
from askwell.words import say

MOST_COLLECTIONS = 200
_HOME = {CARD: f"{CARD}addressbook-home-set", CAL: f"{CAL}calendar-home-set"}
_TYPE = {CARD: f"{CARD}addressbook", CAL: f"{CAL}calendar"}
_KNOWN = {CARD: "/.well-known/carddav", CAL: "/.well-known/caldav"}
_ASKED = ("resourcetype", "displayname", "current-user-principal", "S:getctag", "sync-token")
_COLLECTION = (*_ASKED, "supported-report-set", "C:supported-calendar-component-set")
_PRINCIPAL = ("R:addressbook-home-set", "C:calendar-home-set", "C:calendar-user-address-set")


@dataclass(frozen=True, slots=True)
class Collection:
    """An address book (`kind` CARD) or calendar (CAL) at `url`. `mark` changes when anything in it does
    (a ctag; empty where the server has none), `syncs` says that it tells what is new by token."""

    kind: str
    url: str
    name: str
    mark: str = ""
    syncs: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """What an account has, and the e-mail addresses that the server knows as its owner's."""

    collections: tuple[Collection, ...]
    addresses: tuple[str, ...] = ()


def discover(dav: Dav, kind: str) -> Home:
    """The account's collections of a kind, by name. Raises AskwellError, also where there are none."""
    start = _start(dav, kind)
    if _TYPE[kind] in start.kinds():  # the address of one address book or calendar was given
        return Home((_collection(dav, kind, start),), _addresses(dav, start))
    principal = next(iter(start.hrefs(f"{DAV}current-user-principal")), start.href)
    who = _one(dav, dav.within(principal), *_PRINCIPAL)
    homes = who.hrefs(_HOME[kind]) if who else ()
    found = [
        _collection(dav, kind, one)
        for home in homes or (start.href,)
        for one in _listing(dav, dav.within(home))
        if _TYPE[kind] in one.kinds() and _has_events(kind, one)
    ]
    if not found:
        raise dav.error(
            say("there is no address book here.") if kind == CARD else say("there is no calendar here."),
            say("Check the address; your provider's help names the one for {what}.", what=_word(kind)),
        )
    unique = {one.url: one for one in found}
    ordered = sorted(unique.values(), key=lambda one: (one.name, one.url))[:MOST_COLLECTIONS]
    return Home(tuple(ordered), _mails(who) if who else ())


def _word(kind: str) -> str:
    return "CardDAV" if kind == CARD else "CalDAV"


def _start(dav: Dav, kind: str) -> Found:
    """Where to begin: the address as given, the well-known one, the root. The first that answers."""
    given = dav.server.url
    root = urlsplit(given).path in ("", "/")
    tried = [_KNOWN[kind], given] if root else [given, _KNOWN[kind], "/"]
    best: Found | None = None
    for one in tried:
        found = _one(dav, dav.within(one), *_ASKED)
        if found and (found.hrefs(f"{DAV}current-user-principal") or _TYPE[kind] in found.kinds()):
            return found
        best = best or found
    if best:
        return best
    raise dav.error(
        say("{url} does not answer as a {what} server does.", url=given, what=_word(kind)),
        say("Check the address; your provider's help names the one for {what}.", what=_word(kind)),
    )


def _one(dav: Dav, url: str, *names: str) -> Found | None:
    """A resource's properties, with its address after redirects; None if it answers otherwise."""
    answer = dav.ask("PROPFIND", url, propfind(*names), {**XML, "Depth": "0"})
    try:
        found = read(answer.body).found if answer.good else ()
    except NoXmlError:
        return None
    return Found(answer.url, found[0].status, found[0].has) if found else None


XML = {"Content-Type": 'application/xml; charset="utf-8"'}


def _listing(dav: Dav, url: str) -> tuple[Found, ...]:
    answer = dav.ask("PROPFIND", url, propfind(*_COLLECTION), {**XML, "Depth": "1"})
    return multistatus(dav, answer.body).found if answer.good else ()


def multistatus(dav: Dav, data: bytes) -> Multistatus:
    """An answer read as what it should be. Raises AskwellError."""
    try:
        return read(data)
    except NoXmlError as error:
        raise dav.error(
            say("the server's answer cannot be read ({why}).", why=error),
            say("Check the address; if it is right, tell whoever runs the server."),
        ) from None


def _collection(dav: Dav, kind: str, found: Found) -> Collection:
    url = dav.within(found.href)
    reports = found.has.get(f"{DAV}supported-report-set")
    syncs = reports is not None and any(True for _ in reports.iter(f"{DAV}sync-collection"))
    last = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    name = " ".join(found.text(f"{DAV}displayname").split())[:80] or last
    return Collection(kind, url, name, found.text(CTAG), syncs or bool(found.text(f"{DAV}sync-token")))


def _has_events(kind: str, found: Found) -> bool:
    """Whether a calendar holds appointments: not one of tasks only."""
    parts = found.has.get(f"{CAL}supported-calendar-component-set")
    names = [one.get("name", "").upper() for one in parts] if parts is not None else []
    return kind == CARD or not names or "VEVENT" in names


def _addresses(dav: Dav, start: Found) -> tuple[str, ...]:
    principal = next(iter(start.hrefs(f"{DAV}current-user-principal")), "")
    who = _one(dav, dav.within(principal), *_PRINCIPAL) if principal else None
    return _mails(who) if who else ()


def _mails(who: Found) -> tuple[str, ...]:
    links = who.hrefs(f"{CAL}calendar-user-address-set")
    mails = (clean_address(one[7:]) for one in links if one[:7].lower() == "mailto:")
    return tuple(dict.fromkeys(one for one in mails if "@" in one[1:-1]))
