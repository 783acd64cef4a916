"""When something is wanted: dates and due dates in English, bokmål and nynorsk (MODEL.md 3.7).

The words and patterns are data, `lexicons/dates_en.toml` and `lexicons/dates_no.toml`; this module turns
what they match into days, counted from the message's own date. No clock is read: without that date the
words are still found, but only full dates are resolved.

A written date without a year is the next one. Between 3/4 as a day and month or as a month and day, the
day comes first, as in Norway and Britain, unless only the other reading is a date.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from operator import methodcaller
from typing import Any

from askwell.text.days import RESOLVE
from askwell.text.reading import Span

_LONGEST = 20_000  # code points looked at; a due date further into a message is not an ask's
_GAP = 14  # code points between two parts of one expression: "noon | on | Tuesday"
_FIGURE = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_at = methodcaller("start")
_CLOCKS = ("clock", "part")
_NOT_INSIDE = r"(?<![\w./:€£$-])"


@dataclass(frozen=True, slots=True)
class When:
    """A day or time that a text names. `on` is an ISO date or None, `at` is "HH:MM" or None."""

    kind: str
    on: str | None
    span: Span
    text: str
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is asked for. `hard` if the words leave no choice ("by", "no later than", "now").

    `on` is an ISO date, or None where the words name an event ("before the adverts go out") or the
    message has no date to count from.
    """

    on: str | None
    span: Span
    text: str
    hard: bool


@dataclass(frozen=True, slots=True)
class _Grammar:
    words: Mapping[str, Mapping[str, Any]]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    any: re.Pattern[str]
    starts: frozenset[str]
    before: re.Pattern[str]
    own: re.Pattern[str]
    after: re.Pattern[str]
    event: re.Pattern[str]
    soft: re.Pattern[str]
    hard: re.Pattern[str]


def find(text: str, lang: str, on: dt.date | None) -> tuple[When, ...]:
    """Every day or time that `text` names, in order, resolved against the message's date `on`.

    Linear in the text; only its first 20,000 code points are read.
    """
    grammar = _grammar(lang)
    head = text[:_LONGEST]
    if not _may_name(grammar, head):
        return ()
    found: list[When] = []
    for match in grammar.any.finditer(head):
        when = _when(grammar, match, on)
        if when is None:
            continue
        joined = _join(found[-1], when, head) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(when)
    return tuple(found)


def _may_name(grammar: _Grammar, text: str) -> bool:
    """A cheap look first: whether there is a figure, or a word that begins like one of a day or time."""
    if _FIGURE.search(text):
        return True
    low = text.lower()
    return not grammar.starts.isdisjoint([low[at : at + 3] for at in map(_at, _WORD.finditer(low))])


def deadline(text: str, lang: str, on: dt.date | None) -> Deadline | None:
    """By when the ask in `text` is wanted, or None. Pass the ask's own sentence or two, not a whole letter.

    A due date ("by Friday") is preferred to an event ("before you go"), and both to a bare day ("Friday").
    """
    grammar = _grammar(lang)
    head = text[:_LONGEST]
    whens = find(head, lang, on)
    event = grammar.event.search(head)
    due = [(when, _due_from(grammar, head, when)) for when in whens]
    asked = next(((when, start) for when, start in due if start is not None), None)
    if asked and event and event.start() < (asked[1] or 0) < event.end():
        return _deadline(grammar, head, (event.start(), event.end()), asked[0].on, True)
    if asked:
        when, start = asked
        return _deadline(
            grammar, head, (start or 0, when.span[1]), _last_chance(when, head, start or 0), True
        )
    if event:
        inside = next((w for w in whens if event.start() <= w.span[0] < event.end()), None)
        return _deadline(grammar, head, event.span(), inside.on if inside else None, True)
    if not whens:
        return None
    bare = min(whens, key=lambda when: (when.kind != "now", when.span))
    return _deadline(grammar, head, bare.span, bare.on, bool(grammar.hard.search(head)))


def _due_from(grammar: _Grammar, text: str, when: When) -> int | None:
    """Where the due date starts, its "by" included; None if nothing makes it one."""
    start, end = when.span
    lead = grammar.before.search(text[max(0, start - 40) : start])
    if lead:
        return start - min(40, start) + lead.start()
    own = grammar.before.match(text, start, end)
    if own or when.kind == "now" or grammar.own.match(text, start, end) or grammar.after.match(text, end):
        return start
    return None


def _last_chance(when: When, text: str, start: int) -> str | None:
    """ "Before the weekend" is its Friday; other due dates are the day named."""
    day = dt.date.fromisoformat(when.on) if when.on else None
    if (
        day
        and when.kind == "period"
        and day.weekday() == 6
        and text[start:].lower().startswith(("before", "før"))
    ):
        day -= dt.timedelta(2)
    return day.isoformat() if day else None


def _deadline(grammar: _Grammar, text: str, span: Span, on: str | None, hard: bool) -> Deadline:
    start, end = span
    end = start + len(text[start:end].rstrip())
    return Deadline(on, (start, end), text[start:end], hard and not grammar.soft.search(text))


def _when(grammar: _Grammar, match: re.Match[str], on: dt.date | None) -> When | None:
    """The finding for one match of the whole grammar, or None if its figures are no date (45/13)."""
    index = int((match.lastgroup or "k0")[1:])
    kind, pattern = grammar.kinds[index]
    inner = pattern.match(match.string, match.start(), match.end() + 16)
    if inner is None:
        return None
    got = {key: value.lower() for key, value in inner.groupdict().items() if value}
    day: dt.date | None = None
    try:
        day = RESOLVE[kind](got, grammar.words, on)
    except (ValueError, OverflowError):
        if kind in ("iso", "numeric", "day_month", "month_day", "week"):
            return None
    at = _time(kind, got, inner.group(), grammar)
    text = inner.group().rstrip()
    return When(kind, day.isoformat() if day else None, (inner.start(), inner.start() + len(text)), text, at)


def _join(first: When, second: When, text: str) -> When | None:
    """Two neighbouring parts of one expression as one: "Friday the 28th", "noon | tomorrow"."""
    gap = text[first.span[1] : second.span[0]]
    clocks = (first.kind in _CLOCKS) + (second.kind in _CLOCKS)
    pair = {first.kind, second.kind}
    if len(gap) > _GAP or any(c in gap for c in ".;!?\n") or " or " in gap or " eller " in gap:
        return None
    if clocks != 1 and not (
        pair & {"weekday"} and pair & {"month_day", "day_month", "numeric", "period", "week"}
    ):
        return None
    dated = second if first.kind in (*_CLOCKS, "weekday") else first
    span = (first.span[0], second.span[1])
    return replace(dated, span=span, text=text[span[0] : span[1]], at=first.at or second.at)


def _time(kind: str, got: Mapping[str, str], text: str, grammar: _Grammar) -> str | None:
    parts = grammar.words["part"]
    if kind == "part":
        return parts.get(text.lower().strip())
    if "part" in got:
        return parts.get(got["part"])
    if kind != "clock":
        return None
    hour = int(got["h"]) if "h" in got else int(grammar.words["number"].get(got.get("number", ""), 24))
    if got.get("half") == "p" and hour < 12:
        hour += 12
    minute = int(got.get("min", "0"))
    if "halv " in text.lower():
        hour, minute = hour - 1, 30
    elif "half " in text.lower():
        minute = 30
    return f"{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


def _alternatives(words: Mapping[str, Any]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s") for word in longest_first) + ")"


def _grammar(lang: str) -> _Grammar:
    return _load("en" if lang == "en" else "no")


@lru_cache(maxsize=2)
def _load(name: str) -> _Grammar:
    file = resources.files("askwell.text") / "lexicons" / f"dates_{name}.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    tables = {table: _alternatives(words) for table, words in data["words"].items()}
    raw = [(str(p["kind"]), str(p["re"]).format(**tables)) for p in data["patterns"]]
    kinds = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in raw)
    unnamed = [re.sub(r"\(\?P<\w+>", "(?:", pattern) for _, pattern in raw]
    whole = "|".join(f"(?P<k{i}>{pattern})" for i, pattern in enumerate(unnamed))
    due = {key: re.compile(str(value).format(), re.IGNORECASE) for key, value in data["deadline"].items()}
    due["before"] = re.compile(r"\b" + str(data["deadline"]["before"]) + r"\s*(?:$|(?=\d|\w))", re.IGNORECASE)
    starts = frozenset(word[:3] for table in data["words"].values() for word in table if len(word) >= 3)
    return _Grammar(
        words=data["words"],
        kinds=kinds,
        any=re.compile(_NOT_INSIDE + f"(?:{whole})", re.IGNORECASE),
        starts=starts,
        **due,
    )
