"""What is new in an address book or calendar: by token (RFC 6578), else by comparing etags; then the cards
and appointments themselves, many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from askwell.errors import AskwellError
from askwell.sources.dav import Answer, Dav, TooLargeError
from askwell.sources.dav_find import XML, Collection, multistatus
from askwell.sources.dav_xml import CAL, CARD, DAV, Multistatus, multiget, propfind, sync
from askwell.sources.record import Skipped
from askwell.words import later, say

BATCH = 50
MOST_ROUNDS = 1_000
MOST_ITEMS = 200_000
_DATA = {CARD: f"{CARD}address-data", CAL: f"{CAL}calendar-data"}
_EXPIRED = (400, 403, 404, 405, 409, 410, 412, 415, 501)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new since last time: links with etags, links that are gone, and the token for the next time
    (empty where the server has none)."""

    changed: Mapping[str, str]
    gone: tuple[str, ...]
    token: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One card or appointment as it is on the server."""

    href: str
    etag: str
    data: bytes


class GoneError(Exception):
    """The collection is not there any more."""


def changes(dav: Dav, collection: Collection, token: str, known: Mapping[str, str]) -> Changes:
    """What differs from `known` (link to etag). One request where nothing does. Raises GoneError."""
    if collection.syncs and token:
        found = _by_token(dav, collection, token)
        if found is not None:
            changed, gone, new = found
            return Changes(_newer(changed, known), tuple(one for one in gone if one in known), new)
    if collection.syncs:
        found = _by_token(dav, collection, "")
        if found is not None:
            changed, _, new = found
            return Changes(_newer(changed, known), tuple(sorted(set(known) - set(changed))), new)
    there = _listed(dav, collection)
    return Changes(_newer(there, known), tuple(sorted(set(known) - set(there))))


def _newer(there: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    return {href: etag for href, etag in there.items() if not etag or known.get(href) != etag}


def _by_token(
    dav: Dav, collection: Collection, token: str
) -> tuple[dict[str, str], tuple[str, ...], str] | None:
    """(links with etags, links gone, new token); None if the token has run out or there are no tokens."""
    changed: dict[str, str] = {}
    gone: dict[str, None] = {}
    for _ in range(MOST_ROUNDS):
        answer = dav.ask("REPORT", collection.url, sync(token), {**XML, "Depth": "0"})
        if answer.status in _EXPIRED:
            return None
        said = _good(dav, answer)
        more = False
        for one in said.found:
            href = _path(one.href, collection.url)
            if href == _path(collection.url):
                more = more or one.status == 507
            elif one.status == 404:
                gone[href] = None
                changed.pop(href, None)
            elif one.status < 300:
                gone.pop(href, None)
                changed[href] = one.text(f"{DAV}getetag").strip()
        _not_too_many(dav, changed)
        if not more or said.token in ("", token):
            return changed, tuple(gone), said.token
        token = said.token
    raise dav.error(say("the server never comes to an end."), say("Tell whoever runs the server."))


def _listed(dav: Dav, collection: Collection) -> dict[str, str]:
    body = propfind("getetag", "resourcetype")
    answer = dav.ask("PROPFIND", collection.url, body, {**XML, "Depth": "1"})
    if answer.status in (404, 410):
        raise GoneError
    here = _path(collection.url)
    found = {
        _path(one.href, collection.url): one.text(f"{DAV}getetag").strip()
        for one in _good(dav, answer).found
        if one.status < 300 and not one.kinds()
    }
    found.pop(here, None)
    _not_too_many(dav, found)
    return found


def _good(dav: Dav, answer: Answer) -> Multistatus:
    if not answer.good:
        raise refused(dav, answer)
    return multistatus(dav, answer.body)


def _not_too_many(dav: Dav, found: Mapping[str, str]) -> None:
    if len(found) > MOST_ITEMS:
        raise dav.error(say("the server names over 200,000 items."), say("Tell whoever runs the server."))


def refused(dav: Dav, answer: Answer) -> AskwellError:
    """The error for a request that was not granted."""
    return dav.error(
        say("{host} refuses ({status}).", host=urlsplit(answer.url).netloc, status=answer.status),
        say("Check that the account may read it."),
    )


def _path(href: str, base: str = "") -> str:
    """A link as its path on the server, the same however it is written."""
    return urlsplit(urljoin(base, href)).path


def fetch(
    dav: Dav, collection: Collection, hrefs: Sequence[str], where: str, batch: int = BATCH
) -> Iterator[Fetched | Skipped]:
    """The items at these links. What is not there any more is left out; what is too large, or broken,
    comes back as Skipped. `where` names the collection for people."""
    for at in range(0, len(hrefs), batch):
        yield from _some(dav, collection, hrefs[at : at + batch], where)


def _some(dav: Dav, collection: Collection, hrefs: Sequence[str], where: str) -> Iterator[Fetched | Skipped]:
    try:
        body = multiget(collection.kind, hrefs)
        answer = dav.ask("REPORT", collection.url, body, {**XML, "Depth": "1"})
    except TooLargeError:
        if len(hrefs) == 1:
            yield Skipped(f"{where}, {last(hrefs[0])}", later("too large"))
            return
        half = len(hrefs) // 2
        yield from _some(dav, collection, hrefs[:half], where)
        yield from _some(dav, collection, hrefs[half:], where)
        return
    if not answer.good:  # a server without multiget
        for href in hrefs:
            yield from _single(dav, href, where)
        return
    wanted = dict.fromkeys(hrefs)
    for one in multistatus(dav, answer.body).found:
        href = _path(one.href, collection.url)
        data = one.text(_DATA[collection.kind])
        if href in wanted and data:
            del wanted[href]
            yield Fetched(href, one.text(f"{DAV}getetag").strip(), data.encode("utf-8", "replace"))
        elif href in wanted and one.status in (404, 410):
            del wanted[href]
    for href in wanted:  # left out of the answer
        yield from _single(dav, href, where)


def _single(dav: Dav, href: str, where: str) -> Iterator[Fetched | Skipped]:
    try:
        answer = dav.ask("GET", dav.within(href))
    except TooLargeError:
        yield Skipped(f"{where}, {last(href)}", later("too large"))
        return
    if answer.good:
        yield Fetched(href, answer.headers.get("etag", ""), answer.body)
    elif answer.status not in (404, 410):
        yield Skipped(f"{where}, {last(href)}", later("the server does not give it out"))


def last(href: str) -> str:
    """The end of a link, as people are shown it."""
    return unquote(href.rstrip("/").rpartition("/")[2])[:80]
