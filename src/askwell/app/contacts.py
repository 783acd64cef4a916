"""Keeping what address books and calendars say: cards become people, appointments become meetings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from askwell.app.book import Book, everything
from askwell.app.desk import Desk, own_addresses
from askwell.ledger.entries import Said
from askwell.ledger.person import ME
from askwell.sources.bulk import is_shared
from askwell.sources.record import Appointment, Contact, Owner, Series, Skipped
from askwell.sources.recurrence import times
from askwell.words import later

if TYPE_CHECKING:
    from askwell.app.report import Report

MOST_GUESTS = 20
TOGETHER = 500
NOON = time(12, tzinfo=UTC)


class Keeper:
    """Takes cards and appointments one by one and keeps them in pieces, each in one transaction.

    With `report.dry` it counts the same and keeps nothing.
    """

    def __init__(self, desk: Desk, action: int, report: Report) -> None:
        self._desk = desk
        self._action = action
        self._report = report
        self._book = Book(desk)
        self._cards: list[Contact] = []
        self._said: list[Said] = []
        self._meetings: dict[datetime, set[str]] = {}
        for said in desk.store.said():
            if said.kind == "meeting":
                self._meetings.setdefault(said.at, set()).update(map(self._who, said.to))

    @property
    def mine(self) -> frozenset[str]:
        """The user's own addresses, with those that an export has shown to be."""
        return frozenset(self._book.mine)

    @property
    def owned(self) -> frozenset[str]:
        """All addresses that are somebody's by now."""
        return frozenset(self._book.owners)

    def take(self, item: Contact | Appointment | Series | Owner) -> None:
        """Count an item, and keep it now or soon."""
        if isinstance(item, Contact):
            self._report.read += 1
            self._cards.append(item)
        elif isinstance(item, Appointment):
            self._meet([item])
        elif isinstance(item, Series):
            self._meet(list(times(item, self._desk.now)))
        else:
            self._own(item)
        if len(self._cards) + len(self._said) >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Keep what was taken."""
        forgotten = self._desk.store.forgotten(everything(self._cards)) if self._cards else frozenset()
        for card in self._cards:
            self._keep(card, forgotten)
        self._cards = []
        if not self._report.dry and (self._book.changed or self._said):
            self._desk.store.put_people(self._action, tuple(self._book.changed.values()), self._said)
        self._book.changed.clear()
        self._said = []
        self._report.people = (*self._report.people, *self._book.met)
        self._book.met = []

    def _keep(self, card: Contact, forgotten: frozenset[str]) -> None:
        why = self._book.why_not(card)
        if forgotten.intersection(everything([card])):
            why = later("from somebody you asked Askwell to forget")
        if why:
            self._report.skip(Skipped(card.where, why))
        elif kept := self._book.keep(card):
            self._report.contacts += 1
            under, text = kept
            self._said.append(Said(self._desk.now, "card", ME, (under,), text=text))
        else:
            self._report.known += 1

    def _own(self, owner: Owner) -> None:
        """An address that the export shows to be the user's. It stands behind those they named."""
        mine = own_addresses(self._desk.store)
        if owner.address not in mine and not self._report.dry:
            self._desk.store.set("me", json.dumps((*mine, owner.address)))
            self._desk.store.claim((*mine, owner.address))
        self._book.mine |= {owner.address}

    def _meet(self, appointments: Iterable[Appointment]) -> None:
        for one in appointments:
            self._report.read += 1
            guests = self._guests(one)
            if why := self._why_no_meeting(one, guests):
                self._report.skip(Skipped(one.where, why))
                continue
            at = datetime.combine(one.start.date(), NOON) if one.whole_day else one.start
            there = self._meetings.setdefault(at, set())
            if there.intersection(map(self._who, guests)):
                self._report.known += 1
                continue
            there.update(map(self._who, guests))
            self._report.meetings += 1
            said = Said(at, "meeting", ME, guests, text=one.summary, whole_day=one.whole_day)
            self._said.append(said)

    def _guests(self, one: Appointment) -> tuple[str, ...]:
        """The people besides the user, without those who declined and without machines."""
        came = (guest.address for guest in one.guests if guest.answer != "DECLINED")
        others = [
            guest for guest in dict.fromkeys(came) if not self._is_me(guest, one) and not is_shared(guest)
        ]
        forgotten = self._desk.store.forgotten(others) if others else frozenset()
        return tuple(guest for guest in others if guest not in forgotten)

    def _why_no_meeting(self, one: Appointment, guests: tuple[str, ...]) -> str:
        mine = [guest for guest in one.guests if self._is_me(guest.address, one)]
        reasons = {
            later("a meeting that was called off"): one.off,
            later("a meeting that you declined"): any(guest.answer == "DECLINED" for guest in mine),
            later("a meeting that is still to come"): one.start > self._desk.now,
            later("an appointment without other people"): not guests,
            later("a meeting of over 20"): len(guests) > MOST_GUESTS,
            later("a meeting without you among its people"): bool(self._book.mine) and not mine,
        }
        return next((why for why, holds in reasons.items() if holds), "")

    def _is_me(self, address: str, one: Appointment) -> bool:
        return address in self._book.mine or address == one.owner

    def _who(self, end: str) -> str:
        keys = self._book.owners.get(end, ())
        return keys[0] if len(keys) == 1 else end


def keeper(desk: Desk, action: int, report: Report) -> Keeper:
    """The keeper of this import, made when it is first needed."""
    found = report.keeper
    if not isinstance(found, Keeper):
        found = report.keeper = Keeper(replace(desk), action, report)
    return found
