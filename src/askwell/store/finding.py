"""Finding messages by words, without an index: the same words in the same places as FTS5 finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from askwell.ledger.entries import Message
from askwell.store.contract import Hit
from askwell.store.mentions import Mention, Passage

_WORD = re.compile(r"[^\W_]+")
_ROUND = 8  # words shown on either side

Term = tuple[tuple[str, ...], bool]


def terms(words: str) -> list[Term]:
    """What a user looks for: (words in a row, whether the last may go on). `"in quotes"` is a phrase, a
    star at the end stands for any ending; nothing else has a meaning."""
    found = []
    for phrase, word in re.findall(r'"([^"]*)"|([^\s"]+)', words):
        row = tuple(_WORD.findall((phrase or word).lower()))
        if row:
            found.append((row, word.endswith("*")))
    return found


def find(messages: Iterable[Message], words: str, limit: int) -> tuple[Hit, ...]:
    """Messages in which all terms stand, those with the most of them first, then the newest."""
    wanted = terms(words)
    found = []
    for message in messages:
        fields = [(text, _split(text)) for text in (message.subject, message.text)]
        places = [[at for _, split in fields for at in _places(split, term)] for term in wanted]
        if wanted and all(places):
            text, split = next(field for field in fields if any(_places(field[1], t) for t in wanted))
            hit = Hit(message.id, message.at, message.sender, message.subject, _snippet(text, split, wanted))
            found.append((sum(map(len, places)), message.at, hit))
    found.sort(key=lambda row: row[:2], reverse=True)
    return tuple(hit for _, _, hit in found[:limit])


_Split = list[tuple[str, int, int]]


def _split(text: str) -> _Split:
    return [(word.group().lower(), *word.span()) for word in _WORD.finditer(text)]


def _places(split: _Split, term: Term) -> list[int]:
    row, goes_on = term
    last = len(row) - 1
    found = []
    for at in range(len(split) - last):
        here = [split[at + i][0] for i in range(len(row))]
        if here[:last] == list(row[:last]):
            same = here[last].startswith(row[last]) if goes_on else here[last] == row[last]
            found += [at] if same else []
    return found


def _snippet(text: str, split: _Split, wanted: list[Term]) -> str:
    shown = {at + i for row, star in wanted for at in _places(split, (row, star)) for i in range(len(row))}
    first = max(min(shown) - _ROUND, 0)
    last = min(min(shown) + _ROUND, len(split) - 1)
    parts, end = ["…" if first else ""], split[first][1]
    for at in range(first, last + 1):
        _, start, stop = split[at]
        parts += [text[end:start], f"[{text[start:stop]}]" if at in shown else text[start:stop]]
        end = stop
    parts.append(text[end:] if last == len(split) - 1 else "…")
    return " ".join("".join(parts).split())


class Scan(NamedTuple):
    """Who wrote which words, without an index. `letters` gives the personal mail of others, oldest first."""

    letters: Callable[[], Iterable[Message]]

    def words(self, prefix: str, limit: int = 500) -> tuple[str, ...]:
        low = prefix.lower()
        fields = (text for one in self.letters() for text in (one.subject, one.text))
        found = {word.lower() for text in fields for word in _WORD.findall(text)} if low else ()
        return tuple(sorted(word for word in found if word.startswith(low)))[:limit]

    def mentions(self, words: Collection[str], limit: int = 1000) -> tuple[Mention, ...]:
        seen: dict[str, list[Message]] = {}
        for one in self._with(words):
            seen.setdefault(one.sender, []).append(one)
        found = [Mention(who, len(mail), mail[-1].at) for who, mail in sorted(seen.items())]
        found.sort(key=lambda one: (one.messages, one.last), reverse=True)
        return tuple(found[:limit])

    def beside(self, address: str, limit: int = 20) -> tuple[Passage, ...]:
        low = address.lower()
        near = (one for one in self.letters() if low in (*one.to, *one.cc) and one.sender != low)
        found = sorted((Passage(one.id, one.at) for one in near), key=lambda one: one.id)
        return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:limit])

    def of(self, address: str, words: Collection[str], limit: int = 3) -> tuple[Passage, ...]:
        found = [Passage(one.id, one.at) for one in self._with(words) if one.sender == address.lower()]
        return tuple(reversed(found))[:limit]

    def _with(self, words: Collection[str]) -> Iterator[Message]:
        wanted = [term for word in words for term in terms(f'"{word}"')]
        for one in self.letters():
            fields = [_split(text) for text in (one.subject, one.text)]
            if any(_places(split, term) for term in wanted for split in fields):
                yield one
