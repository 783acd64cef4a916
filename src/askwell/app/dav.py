"""Address books and calendars on a server: what is new there comes into the ledger, and how far that is.

What is known of a collection (links, etags, a token) is a setting of the ledger that counts only while
its digest is the `Place` of the sync that wrote it: a sync that is undone, or was killed before its end,
is followed by a full one, which changes nothing that is there already.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from askwell.app import leaving
from askwell.app.accounts import Account, Folder, Progress, place
from askwell.app.contacts import keeper
from askwell.app.desk import Desk
from askwell.app.report import Report
from askwell.app.secrets import Secret
from askwell.errors import AskwellError
from askwell.sources import ics, vcard
from askwell.sources.dav import Dav, Server
from askwell.sources.dav_find import Collection, Home, discover
from askwell.sources.dav_sync import Changes, Fetched, GoneError, changes, fetch, last
from askwell.sources.dav_xml import CARD
from askwell.sources.record import Appointment, Contact, Series, Skipped
from askwell.sources.recurrence import times
from askwell.store.contract import Place
from askwell.words import later, say

COLLECTIONS = "dav"
"""The setting that names all collections of which something is known."""
_SOON = (timedelta(days=8), timedelta(days=400))
"""How far ahead the next time of a repeated appointment is looked for: soon first, then further."""

Told = Contact | Appointment | Series | Skipped


@dataclass(slots=True)
class Known:
    """What was seen of a collection: its token, and for each link the etag, the stand-in of the card (empty
    for appointments) and the day from which it is to be looked at again (ISO; empty for never)."""

    token: str = ""
    items: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    @property
    def etags(self) -> dict[str, str]:
        return {href: etag for href, (etag, _, _) in self.items.items()}


def connect(account: Account, secret: Secret) -> Dav:
    """A connection for this account; use it in a `with`."""
    server = Server(account.name, account.url, account.user, ca=account.certificate)
    if account.auth == "xoauth2":
        return Dav(replace(server, token=secret.reveal()))
    return Dav(replace(server, password=secret.reveal()))


def look(account: Account, secret: Secret, kind: str) -> tuple[Folder, ...]:
    """The address books (`kind` CARD) or calendars (CAL) of an account, all of them proposed."""
    with connect(account, secret) as dav:
        return tuple(Folder(one.name) for one in discover(dav, kind).collections)


def sync(
    desk: Desk, account: Account, secret: Secret, kind: str, progress: Progress | None, dry: bool
) -> Report:
    """Bring in what is new of an account's collections of a kind. See app/accounts.py."""
    report = Report(dry=dry)
    with connect(account, secret) as dav:
        try:
            for collection, addresses in _chosen(desk, account, dav, kind, dry):
                _collection(desk, account, dav, collection, addresses, report, progress)
        finally:
            what = later("asking for cards") if kind == CARD else later("asking for appointments")
            leaving.note(desk.home, datetime.now(UTC), "sync", urlsplit(account.url).netloc, what, dav.sent)
    return report


def _chosen(
    desk: Desk, account: Account, dav: Dav, kind: str, dry: bool
) -> Iterator[tuple[Collection, tuple[str, ...]]]:
    """The collections that are read."""
    home = home_of(desk, account, dav, kind, dry)
    there = [one.name for one in home.collections]
    if missing := [name for name in (*account.only, *account.without) if name not in there]:
        raise AskwellError(
            say('{account}: there is no "{name}".', account=account.name, name=missing[0]),
            say("There is: {names}.", names=", ".join(there)),
        )
    for one in home.collections:
        if one.name not in account.without and (not account.only or one.name in account.only):
            yield one, home.addresses


def home_of(desk: Desk, account: Account, dav: Dav, kind: str, dry: bool = False) -> Home:
    """What the account has, which is asked once a day."""
    name = place(account, "")
    kept = json.loads(desk.store.get(name) or "{}")
    if kept.get("day") == desk.today.isoformat():
        return Home(tuple(Collection(**one) for one in kept["collections"]), tuple(kept["addresses"]))
    home = discover(dav, kind)
    said = {
        "day": desk.today.isoformat(),
        "collections": [asdict(one) for one in home.collections],
        "addresses": home.addresses,
    }
    if not dry:
        desk.store.set(name, json.dumps(said))
    return home


def name_of(account: Account, collection: Collection) -> str:
    """The name under which the ledger remembers a collection."""
    return place(account, urlsplit(collection.url).path)


def known(desk: Desk, name: str) -> Known:
    """What was seen of a collection by a sync that counts; nothing if there was none."""
    text, there = desk.store.get(name) or "", desk.store.place(name)
    if not text or there is None or there.print != _print(text):
        return Known()
    said = json.loads(text)
    return Known(said["token"], {href: tuple(item) for href, item in said["items"].items()})


def _keep(desk: Desk, name: str, action: int, seen: Known) -> None:
    text = json.dumps({"token": seen.token, "items": seen.items}, separators=(",", ":"))
    every = json.loads(desk.store.get(COLLECTIONS) or "[]")
    if name not in every:
        desk.store.set(COLLECTIONS, json.dumps([*every, name]))
    desk.store.set(name, text)
    desk.store.add(action, (), Place(name, _print(text), 0))


def _print(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def forget(desk: Desk, addresses: tuple[str, ...]) -> None:
    """Let go of the links to cards that have one of these stand-ins: a link may hold a name."""
    for name in json.loads(desk.store.get(COLLECTIONS) or "[]"):
        said = json.loads(desk.store.get(name) or "{}")
        items = said.get("items", {})
        kept = {href: item for href, item in items.items() if item[1] not in addresses}
        if len(kept) < len(items):
            desk.store.set(name, json.dumps(said | {"items": kept}, separators=(",", ":")))


def _collection(
    desk: Desk,
    account: Account,
    dav: Dav,
    collection: Collection,
    addresses: tuple[str, ...],
    report: Report,
    progress: Progress | None,
) -> None:
    where, name = f"{account.name}/{collection.name}", name_of(account, collection)
    seen = known(desk, name)
    try:
        new = changes(dav, collection, seen.token, seen.etags)
    except GoneError:
        desk.store.set(place(account, ""), "{}")
        report.read += 1
        report.skip(Skipped(where, later("no longer on the server; what it brought is kept")))
        return
    due = [href for href, (_, _, day) in seen.items.items() if day and day <= desk.today.isoformat()]
    wanted = list(dict.fromkeys((*new.changed, *(href for href in due if href not in new.gone))))
    if not wanted and not new.gone:
        return
    if not report.dry and not report.action:
        report.action = desk.store.begin(desk.now, "sync", account.name)
    _gone(desk, where, new, seen, report)
    keep = keeper(desk, report.action, report)
    try:
        for number, one in enumerate(fetch(dav, collection, wanted, where), 1):
            if isinstance(one, Skipped):
                _skip(report, one)
            else:
                seen.items[one.href] = _taken(one, collection, where, addresses, desk, report, keep.take)
            if progress:
                progress(number, len(wanted))
    finally:
        keep.flush()  # also what came before the server hung up
    if not report.dry:
        _keep(desk, name, report.action, replace(seen, token=new.token))


def _gone(desk: Desk, where: str, new: Changes, seen: Known, report: Report) -> None:
    """What is no longer on the server is said, by the person's name where it is known, and kept."""
    for href in new.gone:
        _, identity, _ = seen.items.pop(href)
        person = desk.store.owner(identity) if identity else None
        named = person.name if person else last(href)
        _skip(report, Skipped(f"{where}, {named}", later("no longer on the server; kept in the ledger")))


def _skip(report: Report, one: Skipped) -> None:
    report.read += 1
    report.skip(one)


def _taken(
    one: Fetched,
    collection: Collection,
    where: str,
    addresses: tuple[str, ...],
    desk: Desk,
    report: Report,
    take: Callable[[Contact | Appointment | Series], None],
) -> tuple[str, str, str]:
    """Give what is in a fetched item to the keeper; returns what is known of it from now on."""
    place_ = f"{where}, {last(one.href)}"
    found: list[Told] = []
    if collection.kind == CARD:
        found += vcard.cards(one.data, place_)
    else:
        found += ics.appointments(one.data, place_)
    if not found:
        _skip(report, Skipped(place_, later("neither a card nor an appointment")))
    identity, days = "", []
    for item in found:
        if isinstance(item, Skipped):
            _skip(report, item)
            continue
        if isinstance(item, Contact):
            identity = identity or item.identity
        else:
            item = _owned(item, addresses)  # noqa: PLW2901
            days += [_next(item, desk.now)]
        take(item)
    return one.etag, identity, min((day for day in days if day), default="")


def _owned(item: Appointment | Series, addresses: tuple[str, ...]) -> Appointment | Series:
    """The appointment with its calendar's owner, as the server knows them: the address that takes part."""
    first = item.first if isinstance(item, Series) else item
    there = {guest.address for guest in first.guests}
    owner = first.owner or next((one for one in addresses if one in there), "")
    first = replace(first, owner=owner)
    return replace(item, first=first) if isinstance(item, Series) else first


def _next(item: Appointment | Series, now: datetime) -> str:
    """The day after which an appointment that is still to come has taken place, ISO; else nothing."""
    if isinstance(item, Appointment):
        starts = [item.start] if item.start > now and not item.off else []
    else:
        starts = []
        for ahead in _SOON:
            found = (one.start for one in times(item, now + ahead))
            if starts := [one for one in found if one > now]:
                break
    return (min(starts).date() + timedelta(days=1)).isoformat() if starts else ""
