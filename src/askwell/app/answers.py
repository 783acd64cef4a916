"""Reading answers with the ask that they answer in view, after the mail itself has been read.

"Yes, gladly" means nothing alone. Only mail that may answer a favour asked by the other side is looked
at: in the ask's thread, or soon after it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from askwell.app import crew
from askwell.app.at_hand import AtHand
from askwell.app.desk import Desk
from askwell.app.histories import ELSEWHERE, between_us
from askwell.store.contract import Exchange
from askwell.text.clean import own_words
from askwell.text.read import READER_VERSION
from askwell.text.reading import Language, Reading
from askwell.text.replies import outcome
from askwell.text.sentences import split

PIECE = 200
QUOTED = 200
LONGEST = 4000
REMEMBERED = timedelta(days=365)
MOST_OPEN = 50


Words = tuple[str, Language, str]
"""A text, its language, and the words of the ask: all that a reader of the crew needs to be sent."""


class Asked(NamedTuple):
    """A favour that was asked, as much of it as its answer calls for."""

    at: datetime
    by_me: bool
    thread: str
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A message that may answer an ask, with the words of that ask."""

    id: str
    asked: str
    words: int
    reading: Reading | None = None
    text: str = ""


def link(desk: Desk, addresses: Collection[str] | None = None, mail: AtHand | None = None) -> int:
    """Read anew what mail with these addresses (with everybody for None) says to earlier asks.
    Returns how many answers were looked at. `mail` is what is at hand, and gets what is read anew."""
    exchanges = mail.exchanges(addresses) if mail else between_us(desk.store, addresses)
    found = list(_candidates(exchanges))
    changed: dict[str, Reading] = {}
    count = 0
    waiting: deque[list[Answer]] = deque()

    def pieces() -> Iterator[list[Words]]:
        for piece in _pieces(desk, found):
            waiting.append([replace(one, text="") for one in piece])
            yield [(one.text, one.reading.language if one.reading else "en", one.asked) for one in piece]

    for outcomes in crew.in_order(_read, pieces(), crew.size(desk.settings.readers)):
        piece = waiting.popleft()
        count += len(piece)
        read = [
            (one, replace(one.reading, outcome=said, answer=words))
            for one, (said, words) in zip(piece, outcomes, strict=True)
            if one.reading
        ]
        readings = [(one.id, reading, one.words) for one, reading in read if reading != one.reading]
        desk.store.put_readings(READER_VERSION, readings)
        changed |= {id: reading for id, reading, _ in readings} if mail else {}
    if mail:
        mail.put(changed)
    return count


def _candidates(exchanges: Iterable[Exchange]) -> Iterator[Answer]:
    """Each message after a favour asked by the other side, with the ask that it likeliest answers.
    Only ids and words are held: there may be very many."""
    asks: dict[str, list[Asked]] = defaultdict(list)
    for one in exchanges:
        if one.reading is None or one.pause:
            continue
        new = [Asked(one.at, one.by_me, one.thread, act.text) for act in one.reading.asks if act.favour]
        for other in one.to if one.by_me else (one.sender,):
            open_ = [ask for ask in asks[other] if one.at - ask.at <= REMEMBERED]
            if asked := _likeliest(one, open_):
                yield Answer(one.id, asked, one.words)
            asks[other] = (open_ + new)[-MOST_OPEN:]


def _likeliest(one: Exchange, asks: list[Asked]) -> str:
    theirs = [ask for ask in asks if ask.by_me != one.by_me]
    same = [ask.words for ask in theirs if ask.thread and ask.thread == one.thread]
    near = [ask.words for ask in theirs if one.at - ask.at <= ELSEWHERE]
    return same[-1] if same else near[-1] if near else ""


def _pieces(desk: Desk, found: list[Answer]) -> Iterator[list[Answer]]:
    waiting = iter(found)
    while piece := list(islice(waiting, PIECE)):
        known = desk.store.texts([one.id for one in piece])
        there = [one for one in piece if one.id in known]
        yield [replace(one, text=known[one.id][0], reading=known[one.id][1]) for one in there]


def _read(piece: list[Words]) -> list[tuple[str, str]]:
    return [_said(*one) for one in piece]


def _said(text: str, language: Language, asked: str) -> tuple[str, str]:
    """The outcome that an answer gives, and its words: those that show it, else how it begins."""
    own = own_words(text)
    said, span, _ = outcome(own, language, asked)
    return said, " ".join(_shown(own, span[0] if span else None).split())[:QUOTED] if said != "none" else ""


def _shown(own: str, at: int | None) -> str:
    """The sentence that shows the outcome; without one the first after the greeting."""
    sentences = split(own[:LONGEST])
    if at is not None:
        return next((own[start:end] for start, end in sentences if start <= at < end), own[at : at + QUOTED])
    texts = [own[start:end] for start, end in sentences[:3]]
    return next((one for one in texts if len(one.split()) > 2), texts[0] if texts else "")
