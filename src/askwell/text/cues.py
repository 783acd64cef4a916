"""Many patterns at once over one text, each tried only where one of its matches can begin.

A lexicon has dozens of patterns with hundreds of alternatives each, nearly all of which begin at the edge of
a word. To search a letter with every one of them costs milliseconds. Here the first letters of a pattern's
matches are read off the pattern (`starts`), the letter's words are gone through once, and a pattern is tried
only where the letters agree. What is found is exactly what `re` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

from askwell.text.reading import Span

LETTERS: Final = 4
"""How many first letters are compared."""

_WORD: Final = re.compile(r"\w+")
_MOST_SIGNS: Final = 8  # of a character class; a larger one counts as any sign
_MOST_STARTS: Final = 4_000

_Found = tuple[tuple[str, re.Pattern[str]], ...]


class Cues:
    """Named patterns for lower-case texts, in their order. Linear in the text: some 0.3 µs a word."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        self.sources: Final = dict(patterns)
        self._order: Final = {name: at for at, name in enumerate(patterns)}
        self._parsed: Final = {name: _parsed(pattern) for name, pattern in patterns.items()}
        self._compiled: Final[dict[str, re.Pattern[str]]] = {}
        known = {name: _starts(parsed) for name, parsed in self._parsed.items()}
        self._anywhere: Final = tuple((name, found.needles) for name, found in known.items() if found.needles)
        self._at_once: Final = [name for name, found in known.items() if "" in found.letters]
        self._table: Final[dict[str, set[str]]] = {}
        for name, found in known.items():
            for letters in found.letters - {""}:
                self._table.setdefault(letters, set()).add(name)
        self._signs: Final = frozenset(key[:2] for key in self._table if not _is_word(key[0]))
        self._tried: Final = lru_cache(maxsize=1 << 14)(self._by_letters)

    def pattern(self, name: str) -> re.Pattern[str]:
        """The pattern of that name, compiled when it is first needed."""
        found = self._compiled.get(name)
        if found is None:
            parsed = self._parsed.get(name)
            if parsed is None:  # another thread has just compiled it
                return self._compiled[name]
            compiler = import_module("re._compiler")  # `re.compile` would take it apart a second time
            found = self._compiled[name] = compiler.compile(parsed)
            self._parsed.pop(name, None)
        return found

    def first(self, low: str) -> dict[str, re.Match[str]]:
        """The first match of each pattern that has one, as `search` gives it."""
        done = self._sought(low)
        found = {name: match for name in done if (match := self.pattern(name).search(low))}
        for at, tried in self._tries(low):
            for name, pattern in tried:
                if name not in done and (match := pattern.match(low, at)):
                    found[name] = match
                    done.add(name)
        return {name: found[name] for name in sorted(found, key=self._order.__getitem__)}

    def every(self, low: str) -> dict[str, list[int]]:
        """Where the matches of each pattern that has any begin, as `finditer` gives them."""
        return {name: [start for start, _ in spans] for name, spans in self.spans(low).items()}

    def spans(self, low: str) -> dict[str, list[Span]]:
        """Where the matches of each pattern that has any stand, as `finditer` gives them."""
        ends = dict.fromkeys(self._sought(low), len(low) + 1)
        found = {name: [match.span() for match in self.pattern(name).finditer(low)] for name in ends}
        for at, tried in self._tries(low):
            for name, pattern in tried:
                if at >= ends.get(name, 0) and (match := pattern.match(low, at)):
                    found.setdefault(name, []).append(match.span())
                    ends[name] = match.end()
        return {name: found[name] for name in sorted(found, key=self._order.__getitem__) if found[name]}

    def places(self, low: str) -> list[int]:
        """Where any of the patterns matches, in no particular order."""
        sought = self._sought(low)
        found = [match.start() for name in sought for match in self.pattern(name).finditer(low)]
        for at, tried in self._tries(low):
            for _, pattern in tried:
                if pattern.match(low, at):
                    found.append(at)
                    break
        return found

    def _sought(self, low: str) -> set[str]:
        """Patterns that may match anywhere in this text, and are therefore searched for."""
        return {name for name, needles in self._anywhere if any(needle in low for needle in needles)}

    def _tries(self, low: str) -> Iterator[tuple[int, _Found]]:
        """From left to right, where a match can begin, and of which patterns."""
        tried, signs = self._tried, self._signs
        if self._at_once:
            yield 0, tuple((name, self.pattern(name)) for name in self._at_once)
        for word in _WORD.finditer(low):
            at, end = word.span()
            if here := tried(low[at : at + LETTERS]):
                yield at, here
            if signs and low[end : end + 2] in signs and (here := tried(low[end : end + LETTERS])):
                yield end, here

    def _by_letters(self, letters: str) -> _Found:
        names = set[str]().union(*(self._table.get(letters[: end + 1], ()) for end in range(len(letters))))
        return tuple((name, self.pattern(name)) for name in self.sources if name in names)


def _is_word(sign: str) -> bool:
    return _WORD.match(sign) is not None


def _is_known(letters: str) -> bool:
    """Whether so much of a beginning is known that it can be looked for at words."""
    return len(letters) > 1 or _is_word(letters)


@dataclass(frozen=True, slots=True)
class Starts:
    """How the matches of a pattern can begin: up to four letters at the edge of a word, or "" for the
    beginning of the text; or anywhere, but then with one of the `needles` in them ("" if none is known)."""

    letters: frozenset[str]
    needles: frozenset[str]


def starts(pattern: str) -> Starts:
    """Read off a pattern with `re`'s own parser; what is not known here counts as "anything may follow"."""
    return _starts(_parsed(pattern))


def _parsed(pattern: str) -> Any:
    return import_module("re._parser").parse(pattern)


def _starts(parsed: Any) -> Starts:
    if parsed.state.flags & re.IGNORECASE:
        return Starts(frozenset(), frozenset({""}))
    letters, needles = set[str](), set[str]()
    for items in _alternatives(list(parsed)):
        found = _follow([("", "", True)], items)
        if any(edge != "start" and not (edge and _is_known(begun)) for begun, edge, _ in found):
            needles |= _needles(items)
        else:
            letters |= {"" if edge == "start" else begun for begun, edge, _ in found}
    return Starts(frozenset(letters), frozenset(needles))


_Items = list[tuple[Any, Any]]


def _alternatives(items: _Items) -> Iterator[_Items]:
    """A pattern as the alternatives that it begins with, each with all that follows."""
    for at, (kind, what) in enumerate(items):
        if kind.name == "BRANCH":
            for branch in what[1]:
                yield from _alternatives([*items[:at], *branch, *items[at + 1 :]])
            return
        if kind.name == "SUBPATTERN" and not what[1]:
            yield from _alternatives([*items[:at], *what[3], *items[at + 1 :]])
            return
        if kind.name not in ("AT", "ASSERT", "ASSERT_NOT"):
            break
    yield items


def _needles(items: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Strings one of which is in every match, as long as can be."""
    found, run = [frozenset({""})], ""
    for kind, what in items:
        run = run + chr(what) if kind.name == "LITERAL" else ""
        if run:
            found.append(frozenset({run}))
        elif kind.name == "BRANCH":
            found.append(frozenset().union(*map(_needles, what[1])))
        elif kind.name == "SUBPATTERN" and not what[1]:
            found.append(_needles(what[3]))
        elif kind.name in ("MAX_REPEAT", "MIN_REPEAT") and what[0]:
            found.append(_needles(what[2]))
    return max(found, key=lambda one: (min(map(len, one)), -len(one)))


_Start = tuple[str, str, bool]
"""Letters so far; what is known of the place ("start" of the text, edge of a "word", ""); more may follow."""


def _follow(open_: list[_Start], items: Iterable[tuple[Any, Any]]) -> list[_Start]:
    """The starts after a sequence of the parser's items."""
    closed: set[_Start] = set()
    now = set(open_)
    for kind, what in getattr(items, "data", items):  # the parser's lists are slow to go through as they are
        now = set(_step(now, kind.name, what))
        closed |= {start for start in now if not start[2]}
        now = {start for start in now if start[2]}
        if not now or len(now) > _MOST_STARTS:
            break
    return [*closed, *(now if len(now) <= _MOST_STARTS else ((*start[:2], False) for start in now))]


def _step(now: Iterable[_Start], kind: str, what: Any) -> Iterator[_Start]:
    if kind == "AT":
        yield from (_placed(start, what.name) for start in now)
    elif kind in ("ASSERT", "ASSERT_NOT"):
        yield from now
    elif kind == "LITERAL":
        yield from (_longer(start, chr(what)) for start in now)
    elif kind == "IN" and len(what) <= _MOST_SIGNS and all(one.name == "LITERAL" for one, _ in what):
        yield from (_longer(start, chr(sign)) for start in now for _, sign in what)
    elif kind == "BRANCH":
        for branch in what[1]:
            yield from _follow(list(now), branch)
    elif kind == "SUBPATTERN" and not what[1]:
        yield from _follow(list(now), what[3])
    elif kind in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, item = what
        once = _follow(list(now), item)
        yield from once if most == 1 else ((letters, edge, False) for letters, edge, _ in once)
        if not least:
            yield from now
    else:
        yield from ((letters, edge, False) for letters, edge, _ in now)


def _placed(start: _Start, place: str) -> _Start:
    letters, edge, _ = start
    if letters or edge == "start":
        return start
    if place == "AT_BEGINNING_STRING":
        return "", "start", False
    return "", "word" if place == "AT_BOUNDARY" else edge, True


def _longer(start: _Start, sign: str) -> _Start:
    letters = start[0] + sign
    return letters, start[1], len(letters) < LETTERS
