"""`askwell push`: what Askwell knows of somebody, put into the address book that the user already has.

Only when asked, and shown first. Nothing is taken off a card: what it lacks is added, firm and title are
changed where the user or another book says otherwise, and every other byte stays. A card that has changed
since it was read is never written over (If-Match, RFC 9110 13.1.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from askwell.app import leaving
from askwell.app.accounts import Account, accounts
from askwell.app.dav import connect, home_of, known, name_of
from askwell.app.desk import Desk
from askwell.app.likeness import digits
from askwell.app.people import find
from askwell.app.secrets import Secret
from askwell.errors import AskwellError
from askwell.exports import vcard as out
from askwell.exports.card import ADD, FIRST, LIST, Edit, edited
from askwell.ledger import cards
from askwell.ledger.person import Person
from askwell.sources import vcard
from askwell.sources.dav import Answer, Dav
from askwell.sources.dav_find import Collection
from askwell.sources.dav_xml import CARD
from askwell.sources.identity import CARD as STAND_IN
from askwell.sources.identity import LINKEDIN, card_address, is_stand_in
from askwell.sources.record import Contact
from askwell.words import later, say

SAME = 8
"""Telephones are the same if so many last digits are."""


@dataclass(frozen=True, slots=True)
class Change:
    """What would be written: `before` is the card as it is now (empty for a new one), `lines` what goes
    (`-`) and what comes (`+`), as people read it."""

    person: Person
    account: str
    book: str
    href: str
    etag: str
    before: bytes
    after: bytes
    lines: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "askwell.push/1",
            "person": self.person.key,
            "account": self.account,
            "book": self.book,
            "new": not self.before,
            "lines": [f"{sign} {text}" for sign, text in self.lines],
        }


def choose(desk: Desk, name: str | None) -> Account:
    """The account with address books of this name, or the only one. Raises AskwellError."""
    every = [one for one in accounts(desk.home) if one.kind == "carddav"]
    found = [one for one in every if name in (None, one.name)]
    if len(found) == 1:
        return found[0]
    if not every:
        raise AskwellError(
            say("There is no address book on a server yet."),
            say("Add one: askwell source add carddav NAME --url … --user …"),
        )
    if name is None:
        raise AskwellError(say("Into which address book?"), " ".join(f"--to {one.name}" for one in every))
    raise AskwellError(
        say('There is no address book "{name}".', name=name), ", ".join(one.name for one in every)
    )


def propose(desk: Desk, who: str, account: Account, secret: Secret) -> Change:
    """What would change on the person's card; no `lines` if nothing would. Raises AskwellError."""
    person = find(desk, who)
    with connect(account, secret) as dav:
        books = home_of(desk, account, dav, CARD).collections
        chosen = [
            one
            for one in books
            if one.name not in account.without and (not account.only or one.name in account.only)
        ]
        found = _where(desk, account, person, chosen)
        if found is None:
            return _new(desk, account, person, chosen or list(books))
        book, href, etag = found
        plain = {"Accept-Encoding": "identity"}  # some servers give a packed answer an etag of its own
        answer = dav.ask("GET", dav.within(href), headers=plain)
        if not answer.good or answer.headers.get("etag", "") != etag:
            raise dav.error(
                say("the card of {name} has changed on the server since it was read.", name=person.name),
                say("First bring in what is new: askwell sync"),
            )
    there = next((one for one in vcard.cards(answer.body, href) if isinstance(one, Contact)), None)
    edits = list(_edits(person, _told(desk, person), there)) if there else []
    try:
        after = edited(answer.body, [one for one, _ in edits]) if edits else answer.body
    except ValueError:
        raise dav.error(
            say("the card of {name} is not one that can be changed safely.", name=person.name),
            say("Change it in your address book."),
        ) from None
    lines = tuple(line for _, lines in edits for line in lines)
    return Change(person, account.name, book.name, href, etag, answer.body, after, lines)


def push(desk: Desk, change: Change, account: Account, secret: Secret) -> None:
    """Write the change. Raises AskwellError if the card is another by now; nothing is written over."""
    kept = {"If-Match": change.etag} if change.before else {"If-None-Match": "*"}
    headers = {"Content-Type": "text/vcard; charset=utf-8", **kept}
    with connect(account, secret) as dav:
        host = urlsplit(account.url).netloc
        what = later("a card for the address book")
        leaving.note(desk.home, datetime.now(UTC), "push", host, what, len(change.after))
        answer = dav.ask("PUT", dav.within(change.href), change.after, headers)
        if not answer.good:
            raise _refused(dav, answer, change)
    if not change.before:
        action = desk.store.begin(desk.now, "push", f"{change.person.name}: {account.name}")
        addresses = (*change.person.addresses, card_address("uid", f"askwell-{change.person.key}"))
        desk.store.put_person(action, replace(change.person, addresses=tuple(dict.fromkeys(addresses))))


def _refused(dav: Dav, answer: Answer, change: Change) -> AskwellError:
    name = change.person.name
    if answer.status == 412:
        return dav.error(
            say(
                "the card of {name} was changed on the server meanwhile; nothing was written over.", name=name
            ),
            say("Bring in what is new and look again: askwell sync"),
        )
    return dav.error(
        say("the server does not take the card of {name} ({status}).", name=name, status=answer.status),
        say("Check that the account may write there."),
    )


def _where(
    desk: Desk, account: Account, person: Person, books: list[Collection]
) -> tuple[Collection, str, str] | None:
    """The person's card: its book, its link, and its etag when it was last read."""
    mine = {one for one in person.addresses if one.endswith(STAND_IN)}
    for book in books:
        for href, (etag, identity, _) in known(desk, name_of(account, book)).items.items():
            if identity and identity in mine:
                return book, href, etag
    return None


def _new(desk: Desk, account: Account, person: Person, books: list[Collection]) -> Change:
    """A card for somebody who has none there yet."""
    book = books[0]
    told = [cards.write(_plain(_told(desk, person)))]
    text = "".join(out.address_book([person], {person.key: told}))
    lines = [line for line in text.replace("\r\n ", "").split("\r\n") if line]
    shown = tuple(
        ("+", line) for line in lines if not line.startswith(("BEGIN", "END", "VERSION", "UID", "N:"))
    )
    href = f"{urlsplit(book.url).path.rstrip('/')}/askwell-{quote(person.key)}.vcf"
    return Change(person, account.name, book.name, href, "", b"", text.encode(), shown)


def _plain(fields: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What goes to an address book of it: no notes, and no lines of other books that we did not read."""
    return ((name, value) for name, value in fields if name in ("phone", "nickname", "born"))


def _told(desk: Desk, person: Person) -> list[tuple[str, str]]:
    """What all cards of the person say."""
    texts = [one.text for one in desk.store.said(person.key) if one.kind == "card"]
    return list(dict.fromkeys(pair for text in texts for pair in cards.read(text)))


def _edits(
    person: Person, told: list[tuple[str, str]], there: Contact
) -> Iterator[tuple[Edit, tuple[tuple[str, str], ...]]]:
    """Each edit with what it takes off and puts on."""
    for property_, new, old in (("ORG", person.org, there.org), ("TITLE", person.title, there.title)):
        if new and new != old:
            gone = (("-", f"{property_}: {old}"),) if old else ()
            yield (FIRST, property_, new), (*gone, ("+", f"{property_}: {new}"))
    for mail in person.addresses:
        if not is_stand_in(mail) and mail not in there.addresses:
            yield (ADD, "EMAIL;TYPE=INTERNET", mail), (("+", f"EMAIL: {mail}"),)
    numbers = {digits(one)[-SAME:] for one in there.phones}
    for phone in dict.fromkeys(value for name, value in told if name == "phone"):
        if digits(phone)[-SAME:] not in numbers:
            numbers.add(digits(phone)[-SAME:])
            yield (ADD, "TEL", phone), (("+", f"TEL: {phone}"),)
    for born in [value for name, value in told if name == "born"][-1:]:
        if not there.born:
            yield (ADD, "BDAY", born), (("+", f"BDAY: {born}"),)
    for tag in person.tags:
        if tag.casefold() not in {one.casefold() for one in there.tags}:
            yield (LIST, "CATEGORIES", tag), (("+", f"CATEGORIES: {tag}"),)
    for page in person.addresses:
        if page.endswith(LINKEDIN) and page not in (*there.profiles, there.identity):
            url = f"https://www.linkedin.com/in/{page.removesuffix(LINKEDIN)}"
            yield (ADD, "URL", url), (("+", f"URL: {url}"),)
