"""From what the store keeps to the history with each person: events in order, asks with outcomes."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from askwell.app.corrections import corrected, said_outcome
from askwell.app.desk import own_addresses
from askwell.ledger.entries import WHO_KINDS, Correction, Said
from askwell.ledger.history import BOTH, MINE, OPEN, THEIRS, Event, History
from askwell.ledger.intros import STEP_OF, folded
from askwell.ledger.person import ME, Person
from askwell.store.contract import Exchange, Store
from askwell.text.needs import SURE
from askwell.text.reading import Act
from askwell.text.sizes import base

FEW = 20
PORTION = 100
"""People whose mail is held in memory at once."""
SAME_ASK = 3
"""Days between an ask that was noted as a step of an introduction and one in mail for them to be the same."""
ELSEWHERE = timedelta(days=60)
SAID_ANSWERS = {"grant": "granted", "decline": "declined", "hold": "holding"}
_PLAIN = ("granted", "partly", "declined", "answered", "holding")
"""What an answer may say that counts outside the ask's thread too."""


def history(store: Store, person: Person, mail: Iterable[Exchange] | None = None) -> History:
    """All that passed between the user and this person. `mail` is what the store has with their addresses,
    where that is at hand."""
    if mail is None:
        mail = store.exchanges(person.addresses) if person.addresses else ()
    exchanges = _ours(store, mail)
    return _history(person, exchanges, store.said(person.key), _by_message(store.corrections()))


Mail = Callable[[Collection[str]], Iterable[Exchange]]
"""Mail with any of some addresses, as `between_us` gives it."""


def histories(
    store: Store, people: Sequence[Person] | None = None, mail_with: Mail | None = None
) -> Iterator[History]:
    """The histories with these people, with all for None, one after another, in portions of one pass each.
    Their mail comes from `mail_with`, where it is at hand."""
    mail_with = mail_with or partial(between_us, store)
    everybody = store.people() if people is None else people
    few = len(everybody) <= FEW
    said = _by_end(() if few else store.said())
    corrections = _by_message(store.corrections())
    for start in range(0, len(everybody), PORTION):
        part = everybody[start : start + PORTION]
        owners = _owners(part)
        mail: dict[str, list[Exchange]] = defaultdict(list)
        for exchange in mail_with({address for one in part for address in one.addresses}):
            ends = exchange.to if exchange.by_me else (exchange.sender,)
            for key in {key for end in ends for key in owners.get(end, ())}:
                mail[key].append(exchange)
        for one in part:
            told = store.said(one.key) if few else _told(said, one)
            yield _history(one, mail.pop(one.key, ()), told, corrections)


def _by_end(entries: Iterable[Said]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = defaultdict(list)
    for entry in entries:
        for end in {entry.by, *entry.to} - {ME}:
            found[end].append(entry)
    return found


def _told(said: dict[str, list[Said]], person: Person) -> Iterable[Said]:
    """The entries with a person, by their key or any address, each once."""
    ends = (end for end in (person.key, *person.addresses) if end in said)
    return {entry.id: entry for end in ends for entry in said[end]}.values()


def _owners(people: Iterable[Person]) -> dict[str, list[str]]:
    """Whose each address and key is. An address may be that of two people."""
    found: dict[str, list[str]] = defaultdict(list)
    for person in people:
        for end in {person.key, *person.addresses}:
            found[end].append(person.key)
    return found


def outlines(store: Store, exchanges: Iterable[Exchange] | None = None) -> Iterator[History]:
    """The histories with all people as far as who wrote when: messages only, without what was read in them,
    so that a large ledger fits into little memory. `exchanges` is all mail, where it is at hand."""
    people = store.people()
    owner = {address: person.key for person in people for address in person.addresses}
    mail: dict[str, _Outline] = defaultdict(_Outline)
    for exchange in between_us(store) if exchanges is None else exchanges:
        ends = exchange.to if exchange.by_me else (exchange.sender,)
        for key in {owner[end] for end in ends if end in owner}:
            mail[key].add(exchange)
    for person in people:
        yield History(person, mail.pop(person.key, _Outline()).events())


class _Outline:
    """When who wrote, as numbers, for a million messages are as many events: when, how many words, to how
    many people, and 1 for the user's own with 2 for an absence."""

    __slots__ = ("_numbers",)

    def __init__(self) -> None:
        self._numbers = array("d")

    def add(self, exchange: Exchange) -> None:
        marks = exchange.by_me + 2 * exchange.pause
        self._numbers.extend((exchange.at.timestamp(), exchange.words, len(exchange.to) or 1, marks))

    def events(self) -> tuple[Event, ...]:
        rows = zip(*[iter(self._numbers)] * 4, strict=True)
        return tuple(
            [
                Event(
                    datetime.fromtimestamp(at, UTC),
                    "message",
                    MINE if int(marks) & 1 else THEIRS,
                    words=int(words),
                    people=int(people),
                    pause=int(marks) > 1,
                )
                for at, words, people, marks in rows
            ]
        )


def between_us(
    store: Store, addresses: Collection[str] | None = None, since: datetime | None = None
) -> Iterator[Exchange]:
    """Mail from the user, and mail that others wrote to the user: not what an archive holds of others'
    letters to each other. Where nobody is named (a blind copy) it is taken as the user's. With `since` only
    from then on."""
    return _ours(store, store.exchanges(addresses, since))


def introducing(store: Store, addresses: Collection[str] | None = None) -> Iterator[Exchange]:
    """Those of `between_us` that an introduction may be made by."""
    return _ours(store, store.introducing(addresses))


def _ours(store: Store, exchanges: Iterable[Exchange]) -> Iterator[Exchange]:
    mine = set(own_addresses(store))
    for exchange in exchanges:
        if exchange.by_me or not exchange.to or not mine.isdisjoint(exchange.to):
            yield exchange


def _by_message(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    found: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections:
        found[one.message].append(one)
    return found


def _history(
    person: Person,
    exchanges: Iterable[Exchange],
    said: Iterable[Said],
    corrections: dict[str, list[Correction]],
) -> History:
    found: list[tuple[datetime, int, list[Event], str]] = []
    for exchange in exchanges:
        events, outcome = _from_mail(exchange, corrections.get(exchange.id, ()))
        found.append((exchange.at, 0, events, outcome))
    for one in folded(said, person.key):
        if one.kind in WHO_KINDS:
            continue
        event = _from_said(one, person)
        if (STEP_OF, "intro") in one.more and _shown_by_mail(event, found):
            continue
        found.append((one.at, 1, [event], SAID_ANSWERS.get(event.kind, "")))
    found.sort(key=lambda one: (one[0], one[1], one[2][0].source))
    return History(person, tuple(_with_outcomes(found)))


def _shown_by_mail(ask: Event, found: Iterable[tuple[datetime, int, list[Event], str]]) -> bool:
    """Whether mail of those days asks the same for somebody else already."""
    return any(
        one.kind == "ask" and one.by == MINE and one.favour and abs((one.at - ask.at).days) <= SAME_ASK
        for _, _, events, _ in found
        for one in events
    )


def _from_mail(exchange: Exchange, corrections: Collection[Correction]) -> tuple[list[Event], str]:
    """The message as an event, an event for each act in it, and how it answers an earlier ask."""
    reading = exchange.reading
    if reading is None or exchange.pause:
        return [_event(exchange, "message", "", exchange.words)], ""
    reading = corrected(reading, corrections) if corrections else reading
    patterns = tuple(dict.fromkeys(pattern.id for pattern in reading.patterns))
    events = [_event(exchange, "message", reading.answer, exchange.words)]
    for act in reading.acts:
        if act.act == "ask":
            events.append(_ask(exchange, act, patterns, corrections))
        else:
            events.append(_event(exchange, act.act, act.text))
    events += [_event(exchange, "need", need.text) for need in reading.needs if need.confidence >= SURE]
    return events, reading.outcome


def _event(exchange: Exchange, kind: str, text: str, words: int = 0, **more: Any) -> Event:
    # Made at once, not by `replace`: a large ledger has hundreds of thousands of them.
    return Event(
        exchange.at,
        kind,
        MINE if exchange.by_me else THEIRS,
        text,
        exchange.id,
        subject=exchange.subject,
        thread=exchange.thread,
        words=words,
        people=len(exchange.to) or 1,
        pause=exchange.pause,
        **more,
    )


def _ask(
    exchange: Exchange, act: Act, patterns: tuple[str, ...], corrections: Collection[Correction]
) -> Event:
    said = said_outcome(act, corrections) if corrections else None
    return _event(
        exchange,
        "ask",
        act.text,
        about=act.about or "other",
        beneficiary=act.beneficiary or "self",
        favour=bool(act.favour),
        size=act.size or 0.0,
        patterns=patterns,
        outcome=said.what if said else "open",
        closed=said.at if said else None,
    )


def _from_said(one: Said, person: Person) -> Event:
    by = BOTH if one.kind == "meeting" else MINE if one.by == ME else THEIRS
    more = dict(one.more)
    if one.kind == "intro" and (one.by not in (ME, person.key) or more.get("for", person.key) != person.key):
        by = BOTH  # made by others, or a favour to the other side
    ask = one.kind == "ask"
    others = len({one.by, *one.to} - {ME})
    return Event(
        one.at,
        one.kind,
        by,
        text=one.text,
        source=one.id,
        about=one.about,
        beneficiary=more.get("for", "self") if ask else "",
        favour=(ask or one.kind == "favour") and more.get("favour") != "no",
        size=_size(one, more) if ask or one.kind == "favour" else 0.0,
        outcome=more.get("outcome", "open") if ask else more.get("outcome", ""),
        people=max(1, others),
        channel="meeting" if one.kind == "meeting" else "note",
        purpose=more.get("purpose", ""),
        actually=more.get("actually", ""),
        of=more.get("of", ""),
    )


def _size(one: Said, more: dict[str, str]) -> float:
    """The size that the user gave, 0 to 10, else the usual one of its kind."""
    try:
        return min(10.0, max(0.0, float(more["size"])))
    except (KeyError, ValueError):
        return base(one.about or "other")


def _with_outcomes(found: list[tuple[datetime, int, list[Event], str]]) -> Iterator[Event]:
    """Events in order; each ask gets the outcome that later mail or a noted answer gives it."""
    events: list[Event] = []
    waiting: list[int] = []
    for _, _, together, outcome in found:
        first = together[0]
        if waiting and first.by != BOTH and not first.pause:
            answered = _answered(events, waiting, first, outcome)
            waiting = [at for at in waiting if at not in answered] if answered else waiting
        for event in together:
            if event.kind == "ask" and event.outcome in OPEN:
                waiting.append(len(events))
            events.append(event)
    yield from events


def _answered(events: list[Event], waiting: list[int], first: Event, outcome: str) -> set[int]:
    """Give their outcome to those of the waiting asks of the other side that this answers; returns those
    that wait no longer."""
    over: set[int] = set()
    # Most mail answers nothing outside its thread; a long history has many asks that wait.
    elsewhere = first.kind != "message" or outcome in _PLAIN
    for at in waiting:
        ask = events[at]
        if ask.by == first.by or not (elsewhere or ask.thread == first.thread):
            continue
        if answer := _answer(ask, first, outcome):
            events[at] = replace(
                ask, outcome=answer, closed=first.at, reply=first.text, reply_source=first.source
            )
            if answer not in OPEN:
                over.add(at)
    return over


def _answer(ask: Event, first: Event, outcome: str) -> str:
    """What this event of the other side means for the ask, or nothing. A reply in the ask's thread
    answers it; elsewhere only plain words do, and only for a while."""
    if first.kind == "favour":
        return "granted" if first.about in ("", ask.about) else "partly"
    if first.kind in SAID_ANSWERS:
        return outcome
    if first.kind != "message":
        return ""
    if first.thread and first.thread == ask.thread:
        return outcome if outcome in _PLAIN else "answered"
    plain = outcome in _PLAIN and first.at - ask.at <= ELSEWHERE and ask.favour
    return outcome if plain else ""
