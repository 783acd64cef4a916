"""What a received mail wants of the user's contacts: the words it rests on, who asks, for whom and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from askwell.app.desk import Desk
from askwell.judge.triage import Request
from askwell.ledger.entries import Message
from askwell.ledger.person import Person
from askwell.store.contract import Exchange
from askwell.text import requests
from askwell.text.clean import mask
from askwell.text.incoming import Incoming, wants_my_contacts
from askwell.text.reading import Reading, Span

_PORTION = 500
_MOST = 50_000
_nothing: set[tuple[bytes, int]] = set()
"""Marks of letters that want nothing: most do, and the same are looked at again after each change."""


@dataclass(frozen=True, slots=True)
class Requested:
    """A request with the writer's own words, and the place of the sentence that asks in them."""

    request: Request
    own: str
    span: Span | None


def requested(desk: Desk, message: Message) -> Requested | None:
    """What a mail wants of the user's contacts, or None if it wants nothing of them."""
    kept = desk.store.texts([message.id]).get(message.id)
    text, reading = kept if kept else (message.text, None)
    return _found(desk, message, text, reading)


def requested_in(desk: Desk, exchange: Exchange) -> Requested | None:
    """The same of a mail that is in the ledger and has been read."""
    return next((found for _, found in requests_among(desk, (exchange,))), None)


def requests_among(desk: Desk, exchanges: Iterable[Exchange]) -> Iterator[tuple[Exchange, Requested]]:
    """Those of many mails of the ledger that want something of the user's contacts, in their order."""
    waiting = iter(exchanges)
    while part := list(islice(waiting, _PORTION)):
        texts = desk.store.texts([one.id for one in part])
        for one in part:
            text = texts.get(one.id, ("", None))[0]
            found = None if _plain(text, one.reading) else _found(desk, one, text, one.reading)
            if found:
                yield one, found


def _plain(text: str, reading: Reading | None) -> bool:
    """Whether this was seen to want nothing before. Only a digest is remembered, none of the words."""
    return reading is not None and _mark(text, reading) in _nothing


def _mark(text: str, reading: Reading) -> tuple[bytes, int]:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest(), hash(reading)


def _found(desk: Desk, message: Message | Exchange, text: str, reading: Reading | None) -> Requested | None:
    own = mask(text)
    if reading is None:
        from askwell.text.read import read  # only for mail that is not in the ledger

        reading = read(own, on=message.at.date(), masked=True)
    incoming = wants_my_contacts(own, reading, reading.language)
    if not incoming.wants:
        if len(_nothing) >= _MOST:
            _nothing.clear()
        _nothing.add(_mark(text, reading))
        return None
    request = _request(message, own, reading, incoming, _sender(desk, message))
    return Requested(request, own, incoming.span)


def _sender(desk: Desk, message: Message | Exchange) -> Person:
    owner = desk.store.owner(message.sender)
    names = dict(message.names) if isinstance(message, Message) else {}
    name = names.get(message.sender) or message.sender
    return owner or Person(message.sender, name, (message.sender,))


def _request(
    message: Message | Exchange, own: str, reading: Reading, incoming: Incoming, asker: Person
) -> Request:
    lang = reading.language
    span = incoming.span
    third = incoming.for_whom == "third_party"
    friend = requests.friend(own, lang) if third else requests.Friend()
    target = incoming.target or ""
    target = "" if target and target in friend.name else target
    asked = next((act.text for act in reading.acts if act.act == "ask"), "")
    return Request(
        message.id,
        message.at.date(),
        message.subject,
        lang,
        asker,
        incoming.for_whom,
        _purpose(own, reading, incoming),
        own[span[0] : span[1]] if span else asked or " ".join(own.split())[:160],
        requests.purpose_words(own, span, lang),
        friend.name,
        friend.words,
        target,
        question=requests.question(own, reading, span),
        blurb=requests.blurb(own, lang),
        again=incoming.repeat,
        learn_and_job=requests.learn_and_job(own, lang),
        confidence=incoming.confidence,
    )


def _purpose(own: str, reading: Reading, incoming: Incoming) -> str:
    """What for, as the reader sees it. That a purpose hides another is said only where the words show it: a
    wish to learn and a job in one mail, or a secret; else it is not clear."""
    shown = requests.learn_and_job(own, reading.language) or requests.secret(own, reading.language)
    hidden = any(one.id == "hidden_goal" for one in reading.patterns)
    if shown and (hidden or incoming.purpose == "double"):
        return "double"
    return "vague" if incoming.purpose == "double" else incoming.purpose
