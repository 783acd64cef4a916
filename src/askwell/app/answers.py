"""Reading answers with the ask that they answer in view, after the mail itself has been read.

"Yes, gladly" means nothing alone. Only mail that may answer a favour asked by the other side is looked
at: in the ask's thread, or soon after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from askwell.app import crew
from askwell.app.desk import Desk
from askwell.app.histories import ELSEWHERE, between_us
from askwell.store.contract import Exchange
from askwell.text.clean import own_words
from askwell.text.read import READER_VERSION
from askwell.text.reading import Reading
from askwell.text.replies import outcome
from askwell.text.sentences import split

PIECE = 200
QUOTED = 200
LONGEST = 4000
REMEMBERED = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Answer:
    """A message that may answer an ask, and the words of that ask."""

    id: str
    reading: Reading
    words: int
    asked: str
    text: str = ""


def link(desk: Desk, addresses: Collection[str] | None = None) -> int:
    """Read anew what mail with these addresses (with everybody for None) says to earlier asks.
    Returns how many answers were looked at."""
    found = _candidates(desk, addresses)
    count = 0
    for piece in crew.in_order(_read, _pieces(desk, found), crew.size(desk.settings.readers)):
        count += len(piece)
        read = [(one, replace(one.reading, outcome=said, answer=words)) for one, said, words in piece]
        readings = [(one.id, reading, one.words) for one, reading in read if reading != one.reading]
        desk.store.put_readings(READER_VERSION, readings)
    return count


def _candidates(desk: Desk, addresses: Collection[str] | None) -> list[Answer]:
    """Each message after a favour asked by the other side, with the ask that it likeliest answers."""
    asks: dict[str, list[tuple[Exchange, str]]] = defaultdict(list)
    found = []
    for one in between_us(desk.store, addresses):
        if one.reading is None or one.pause:
            continue
        for other in one.to if one.by_me else (one.sender,):
            open_ = [ask for ask in asks[other] if one.at - ask[0].at <= REMEMBERED]
            if asked := _likeliest(one, open_):
                found.append(Answer(one.id, one.reading, one.words, asked))
            asks[other] = open_ + [(one, act.text) for act in one.reading.asks if act.favour]
    return found


def _likeliest(one: Exchange, asks: list[tuple[Exchange, str]]) -> str:
    theirs = [ask for ask in asks if ask[0].by_me != one.by_me]
    same = [words for ask, words in theirs if ask.thread and ask.thread == one.thread]
    near = [words for ask, words in theirs if one.at - ask.at <= ELSEWHERE]
    return same[-1] if same else near[-1] if near else ""


def _pieces(desk: Desk, found: list[Answer]) -> Iterator[list[Answer]]:
    waiting = iter(found)
    while piece := list(islice(waiting, PIECE)):
        yield [replace(one, text=_text(desk, one.id)) for one in piece]


def _text(desk: Desk, id: str) -> str:
    message = desk.store.message(id)
    return message.text if message else ""


def _read(piece: list[Answer]) -> list[tuple[Answer, str, str]]:
    return [(one, *_said(one)) for one in piece]


def _said(one: Answer) -> tuple[str, str]:
    """The outcome that an answer gives, and its words: those that show it, else how it begins."""
    own = own_words(one.text)
    said, span, _ = outcome(own, one.reading.language, one.asked)
    return said, " ".join(_shown(own, span[0] if span else None).split())[:QUOTED] if said != "none" else ""


def _shown(own: str, at: int | None) -> str:
    """The sentence that shows the outcome; without one the first after the greeting."""
    sentences = split(own[:LONGEST])
    if at is not None:
        return next((own[start:end] for start, end in sentences if start <= at < end), own[at : at + QUOTED])
    texts = [own[start:end] for start, end in sentences[:3]]
    return next((one for one in texts if len(one.split()) > 2), texts[0] if texts else "")
