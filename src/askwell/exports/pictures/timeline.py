"""The timeline of a person: what each wrote, asked, did and thanked for, mirrored around what both did.

Messages are counted in columns; of everything else there is at most one mark in a column of a row, with
the number in it where several fall together. An ask is a diamond with a line to its answer, and hollow while
it is open; help is a disc, hollow until it is thanked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from askwell.exports.pictures.drawing import box, diamond, dot, group, line, shape, words
from askwell.exports.pictures.picture import MARGIN, WIDTH, Picture, Table
from askwell.exports.pictures.timescale import Timescale, timescale
from askwell.ledger import favours
from askwell.ledger.favours import Favour
from askwell.ledger.history import BOTH, MINE, OPEN, THEIRS, Event, History
from askwell.words import say, say_many

COLUMNS = 40
BARS = 80
MOST_ROWS = 40
_LEFT = 152.0
_ROW = 24.0
_TALL = 34.0
_SIZE = 6.0
_FEW = 3
"""Messages in a column that make a bar of full height, where no column has more."""

Naming = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Mark:
    """One thing in a row: `until` is where its line goes, None without one."""

    day: date
    what: str
    open: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    by: str
    kind: str
    marks: tuple[_Mark, ...] = ()
    days: tuple[date, ...] = ()


def timeline(history: History, today: date, name: Naming = str, called: str = "") -> Picture:
    """The timeline up to today. `name` puts the names of things into the reader's language, `called` is
    what the person is called in the labels (else their name)."""
    who = called or history.person.name
    events = [one for one in history.events if one.at.date() <= today]
    past = History(history.person, tuple(events))
    acts = History(history.person, tuple(one for one in events if one.kind != "message"))
    got, gave = favours.received(acts, today), favours.given(acts, today)
    rows = [one for one in _rows(past, got, gave, today, name, who) if one.marks or one.days]
    scale = timescale(events[0].at.date() if events else today, today, _LEFT, WIDTH - MARGIN)
    parts: list[str] = []
    top = 8.0
    tallest = max((n for row in rows for n in _columns(scale, row.days).values()), default=0)
    tallest = max(tallest, _FEW)
    for row in rows:
        parts.append(_drawn(row, scale, top, tallest))
        top += _TALL if row.kind == "wrote" else _ROW
    axis = scale.axis(top + 4, 8.0)
    return Picture(
        "timeline",
        say("What passed between you and {name}", name=who),
        _described(acts, events, got, gave, today, who),
        top + 30,
        axis + "".join(parts),
        _table(rows),
    )


def _rows(
    history: History, got: Sequence[Favour], gave: Sequence[Favour], today: date, name: Naming, who: str
) -> Iterable[_Row]:
    yield _Row(say("You wrote"), MINE, "wrote", days=_days(history.of("message", by=MINE)))
    yield _Row(say("You asked"), MINE, "ask", _asks(history, MINE, today, name))
    yield _Row(say("You thanked or told"), MINE, "thanks", _said(history, MINE, name))
    yield _Row(say("You helped"), MINE, "help", tuple(_Mark(one.day, name(one.what)) for one in gave))
    met = history.of("meeting") + history.of("intro", by=BOTH)
    yield _Row(
        say("You met"), BOTH, "met", tuple(_Mark(one.at.date(), one.text or name(one.kind)) for one in met)
    )
    helped = tuple(_Mark(one.day, name(one.what), open=not one.thanked) for one in got)
    yield _Row(say("{name} helped", name=who), THEIRS, "help", helped)
    yield _Row(say("{name} thanked", name=who), THEIRS, "thanks", _said(history, THEIRS, name))
    yield _Row(say("{name} asked", name=who), THEIRS, "ask", _asks(history, THEIRS, today, name))
    yield _Row(say("{name} wrote", name=who), THEIRS, "wrote", days=_days(history.of("message", by=THEIRS)))


def _days(events: Iterable[Event]) -> tuple[date, ...]:
    return tuple(one.at.date() for one in events if not one.pause)


def _asks(history: History, by: str, today: date, name: Naming) -> tuple[_Mark, ...]:
    return tuple(
        _Mark(
            one.at.date(),
            f"{name(one.about or 'other')}: {name(one.outcome)}",
            open=one.outcome in OPEN,
            until=one.closed.date() if one.closed else today if _waiting(one, today) else None,
        )
        for one in history.of("ask", by=by)
        if one.favour
    )


def _waiting(ask: Event, today: date) -> bool:
    return ask.outcome in OPEN and (today - ask.at.date()).days <= favours.LAPSED_AFTER


def _said(history: History, by: str, name: Naming) -> tuple[_Mark, ...]:
    return tuple(_Mark(one.at.date(), name(one.kind)) for one in history.of("thanks", "report_back", by=by))


def _columns(scale: Timescale, days: Iterable[date]) -> Counter[int]:
    return Counter(scale.column(day, BARS) for day in days)


def _drawn(row: _Row, scale: Timescale, top: float, tallest: int) -> str:
    tall = _TALL if row.kind == "wrote" else _ROW
    middle = top + tall / 2
    label = words(row.label, _LEFT - 12, middle + 4, "label", "end", 21)
    side = {MINE: "mine", THEIRS: "theirs"}.get(row.by, "both")
    if row.kind == "wrote":
        return label + _bars(row, scale, top, side, tallest)
    rule = line(scale.left, middle, scale.right, middle, "rule")
    waits = _waits(row.marks, scale, middle, side)
    together: dict[int, list[_Mark]] = {}
    for mark in row.marks:
        together.setdefault(scale.column(mark.day, COLUMNS), []).append(mark)
    return (
        label + rule + waits + "".join(_mark(row, marks, scale, middle, side) for marks in together.values())
    )


def _waits(marks: Iterable[_Mark], scale: Timescale, y: float, side: str) -> str:
    """Lines from asks to their answers, or to today; one in a column, the longest."""
    longest: dict[int, tuple[float, float, bool]] = {}
    for one in marks:
        if one.until:
            found = (scale.at(one.until), scale.at(one.day), one.open)
            column = scale.column(one.day, COLUMNS)
            longest[column] = max(longest.get(column, found), found)
    return "".join(
        line(start, y, end, y, f"wait {side}{' still' if still else ''}")
        for end, start, still in longest.values()
    )


def _bars(row: _Row, scale: Timescale, top: float, side: str, tallest: int) -> str:
    wide = (scale.right - scale.left) / BARS
    most = _TALL - 10
    parts = []
    for column, count in sorted(_columns(scale, row.days).items()):
        high = max(2.0, most * count / tallest)
        y = top + 4 + (most - high if row.by == MINE else 0)
        x = scale.left + column * wide
        hint = say_many("{count} message", "{count} messages", count)
        parts.append(group([box(x + 0.5, y, wide - 1, high, side)], hint))
    return "".join(parts)


def _mark(row: _Row, marks: list[_Mark], scale: Timescale, y: float, side: str) -> str:
    x = sum(scale.at(one.day) for one in marks) / len(marks)
    hollow = " hollow" if any(one.open for one in marks) else ""
    drawn = {"ask": diamond, "help": dot, "thanks": _triangle, "met": _square}[row.kind]
    size = _SIZE + (1.5 if row.kind in ("ask", "thanks") else 0)
    parts = [drawn(x, y, size, side + hollow)]
    if len(marks) > 1:
        many = str(len(marks)) if len(marks) < 10 else "+"
        low = 5.2 if row.kind == "thanks" else 3.2
        parts.append(words(many, x, y + low, f"count{hollow}", "middle"))
    return group(parts, "; ".join(f"{one.day.isoformat()}: {one.what}" for one in marks[:6]))


def _square(x: float, y: float, size: float, kind: str) -> str:
    return box(x - size + 1, y - size + 1, 2 * size - 2, 2 * size - 2, kind)


def _triangle(x: float, y: float, size: float, kind: str) -> str:
    """Thanks: a triangle that points upwards."""
    return shape(((x, y - size), (x + size, y + size - 1), (x - size, y + size - 1)), kind)


def _described(
    acts: History,
    events: Sequence[Event],
    got: Sequence[Favour],
    gave: Sequence[Favour],
    today: date,
    who: str,
) -> str:
    if not events:
        return say("Nothing has passed between you yet, as far as is known.")
    first, last = events[0].at.date(), events[-1].at.date()
    asked, waiting = favours.asks(acts, today), favours.open_asks(acts, today)
    parts = [
        say("From {first} to {last}.", first=first.isoformat(), last=last.isoformat()),
        say_many("You asked for one favour.", "You asked for {count} favours.", len(asked)) if asked else "",
        say_many("One is open.", "{count} are open.", len(waiting)) if waiting else "",
        say_many("{name} helped you once.", "{name} helped you {count} times.", len(got), name=who)
        if got
        else "",
        say_many("You helped once.", "You helped {count} times.", len(gave)) if gave else "",
    ]
    return " ".join(one for one in parts if one)


def _table(rows: Sequence[_Row]) -> Table:
    """Each thing on its day and messages by month; by month, then by year, where there is too much of it."""
    head = (say("When"), say("Who did what"), say("More"))
    found = [(one.day.isoformat(), row.label, one.what) for row in rows for one in row.marks]
    found += _counted(((day, row.label) for row in rows for day in row.days), 7, "message")
    for digits in (7, 4):
        if len(found) > MOST_ROWS:
            found = _counted(((one.day, row.label) for row in rows for one in row.marks), digits, "time")
            found += _counted(((day, row.label) for row in rows for day in row.days), digits, "message")
    return Table(head, tuple(sorted(found)))


def _counted(days: Iterable[tuple[date, str]], digits: int, what: str) -> list[tuple[str, str, str]]:
    """How often by label, in a month (7 digits of a date) or a year (4)."""
    counts = Counter((day.isoformat()[:digits], label) for day, label in days)
    return [(when, label, _times(what, count)) for (when, label), count in counts.items()]


def _times(what: str, count: int) -> str:
    if what == "message":
        return say_many("{count} message", "{count} messages", count)
    return say_many("{count} time", "{count} times", count)
