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

PIECE = 200
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
        changed = [(one, said) for one, said in piece if said != one.reading.outcome]
        readings = [(one.id, replace(one.reading, outcome=said), one.words) for one, said in changed]
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


def _read(piece: list[Answer]) -> list[tuple[Answer, str]]:
    return [(one, outcome(own_words(one.text), one.reading.language, one.asked)[0]) for one in piece]
