"""How the user asks, seen over all histories: what, how often thanked, answered after how long, how often
pressed.

A mirror, not a grade: everything is a count over all people together. Nothing here ranks anybody or puts a
number on a person. Personal contacts are left out: they are not coached.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median
from typing import Any

from askwell.ledger import favours
from askwell.ledger.favours import Favour
from askwell.ledger.history import MINE, OPEN, THEIRS, Event, History

PRESSING = ("entitlement_press", "pressure", "urgency", "debt_guilt")
"""Patterns (MODEL.md 3.3) that leave the other no room."""
ANSWERED = ("granted", "partly", "declined", "answered")


QUOTED = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """A favour that the user asked for on a `day`, of which `size` (0 to 10); how often they reminded, and
    the days until the answer. `quote` are the words, in the message `source`."""

    day: date
    about: str
    size: float
    outcome: str
    nudges: int
    wait: float | None
    patterns: tuple[str, ...]
    source: str
    quote: str
    person: str = ""
    name: str = ""

    @property
    def answered(self) -> bool:
        return self.outcome in ANSWERED

    @property
    def waiting(self) -> bool:
        return self.outcome in OPEN


@dataclass(frozen=True, slots=True)
class Had:
    """Help that the user had on a day, whether it was thanked for, and the days until then, where known."""

    day: date
    thanked: bool
    wait: float | None


@dataclass(frozen=True, slots=True)
class Asking:
    """What the user asked of one person and had from them; `own` are favours that the other asked for, with
    the days until the user's answer, the rest days on which the user helped, thanked, told how it went, and
    offered help."""

    asked: tuple[Asked, ...] = ()
    had: tuple[Had, ...] = ()
    own: tuple[tuple[date, float], ...] = ()
    helped: tuple[date, ...] = ()
    thanked: tuple[date, ...] = ()
    told: tuple[date, ...] = ()
    offered: tuple[date, ...] = ()


_NOTHING = Asking()


@dataclass(frozen=True, slots=True)
class Mirror(Asking):
    """The same over all people together, from `since` up to `today`, oldest first."""

    since: date = date.min
    today: date = date.min

    @property
    def waits(self) -> tuple[float, ...]:
        """Days until the answers to what the user asked."""
        return tuple(one.wait for one in self.asked if one.wait is not None)

    @property
    def own_waits(self) -> tuple[float, ...]:
        """Days until the user's answers to what others asked."""
        return tuple(wait for _, wait in self.own)

    @property
    def thanks_waits(self) -> tuple[float, ...]:
        """Days until the user's thanks; half a day for those of the same day."""
        return tuple(max(0.5, one.wait) for one in self.had if one.wait is not None)

    @property
    def pressed(self) -> tuple[Asked, ...]:
        """Asks in letters that left no room, one a letter, newest first."""
        return _letters(one for one in self.asked if set(one.patterns) & set(PRESSING))

    def with_pattern(self, pattern: str) -> tuple[Asked, ...]:
        """Asks in letters with this pattern, one a letter, newest first."""
        return _letters(one for one in self.asked if pattern in one.patterns and _counts(one, pattern))

    def narrowed(self, since: date) -> Mirror:
        """The same from a later day on."""

        def from_then(days: tuple[date, ...]) -> tuple[date, ...]:
            return tuple(day for day in days if day >= since)

        return Mirror(
            tuple(one for one in self.asked if one.day >= since),
            tuple(one for one in self.had if one.day >= since),
            tuple(one for one in self.own if one[0] >= since),
            from_then(self.helped),
            from_then(self.thanked),
            from_then(self.told),
            from_then(self.offered),
            since,
            self.today,
        )


def asking(acts: History, today: date, received: Iterable[Favour], given: Iterable[Favour]) -> Asking:
    """What one history shows. `acts` may be without its plain messages and what is to come; `received` and
    `given` are help both ways, as `favours` works it out."""

    def days(kind: str) -> tuple[date, ...]:
        return tuple(sorted({one.at.date() for one in acts.of(kind, by=MINE)}))

    theirs = (one for one in acts.of("ask", by=THEIRS) if one.favour)
    thanked = days("thanks")
    return Asking(
        tuple(_asked(acts, today)),
        tuple(_had(one, thanked) for one in received),
        tuple((one.at.date(), wait) for one in theirs if (wait := _wait(one)) is not None),
        tuple(one.day for one in given),
        thanked,
        days("report_back"),
        days("offer"),
    )


def mirror(parts: Iterable[tuple[str, str, Asking]], today: date) -> Mirror:
    """All together; each part with the key and the name of its person."""
    every = [one for one in parts if one[2] != _NOTHING]
    shown = [part for _, _, part in every]
    asked = [replace(one, person=key, name=name) for key, name, part in every for one in part.asked]
    asked.sort(key=lambda one: (one.day, one.person))
    return Mirror(
        tuple(asked),
        tuple(sorted((one for part in shown for one in part.had), key=lambda one: one.day)),
        tuple(sorted(one for part in shown for one in part.own)),
        tuple(sorted(one for part in shown for one in part.helped)),
        tuple(sorted(one for part in shown for one in part.thanked)),
        tuple(sorted(one for part in shown for one in part.told)),
        tuple(sorted(one for part in shown for one in part.offered)),
        asked[0].day if asked else today,
        today,
    )


def middle(values: Iterable[float]) -> float | None:
    """The median; None of none."""
    found = list(values)
    return median(found) if found else None


def _asked(acts: History, today: date) -> Iterator[Asked]:
    asks = favours.asks(acts, today)
    nudges = [one for one in acts.of("nudge", by=MINE) if one.at.date() <= today]
    for at, ask in enumerate(asks):
        end = ask.closed or (asks[at + 1].at if at + 1 < len(asks) else None)
        after = sum(one.at > ask.at and (end is None or one.at <= end) for one in nudges)
        about, size, quote = ask.about or "other", favours.size_of(ask), ask.text[:QUOTED]
        yield Asked(
            ask.at.date(), about, size, ask.outcome, after, _wait(ask), ask.patterns, ask.source, quote
        )


def _wait(ask: Event) -> float | None:
    """Days until the answer, where one came, to a hundredth."""
    if ask.closed is None or ask.outcome not in ANSWERED:
        return None
    return round(max(0.0, (ask.closed - ask.at) / timedelta(days=1)), 2)


def _had(favour: Favour, thanked: Iterable[date]) -> Had:
    after = next((day for day in thanked if day >= favour.day), None) if favour.thanked else None
    return Had(favour.day, favour.thanked, float((after - favour.day).days) if after else None)


def _counts(one: Asked, pattern: str) -> bool:
    """To ask whom somebody knows is a matter of stage and purpose (MODEL.md 0.8): here only the widest."""
    return pattern != "contact_fishing" or one.about == "open_introduction"


def _letters(found: Iterable[Asked]) -> tuple[Asked, ...]:
    letters: dict[str, Asked] = {}
    for one in found:
        letters.setdefault(one.source, one)
    return tuple(sorted(letters.values(), key=lambda one: (one.day, one.person), reverse=True))


# -- kept as text ----------------------------------------------------------------------------------
def packed(one: Asking) -> list[Any]:
    """As a list of numbers and words, for JSON; empty if there is nothing."""
    if one == Asking():
        return []
    return [
        [_packed(ask) for ask in one.asked],
        [[had.day.toordinal(), had.thanked, had.wait] for had in one.had],
        [[day.toordinal(), wait] for day, wait in one.own],
        *([day.toordinal() for day in days] for days in (one.helped, one.thanked, one.told, one.offered)),
    ]


def unpacked(kept: Collection[Any]) -> Asking:
    """From what `packed` gave. Raises ValueError or TypeError for anything else."""
    if not kept:
        return _NOTHING
    asked, had, own, *days = kept
    return Asking(
        tuple(_unpacked(*one) for one in asked),
        tuple(Had(date.fromordinal(day), thanked, wait) for day, thanked, wait in had),
        tuple((date.fromordinal(day), wait) for day, wait in own),
        *(tuple(map(date.fromordinal, each)) for each in days),
    )


def _packed(one: Asked) -> list[Any]:
    numbers = [one.size, one.outcome, one.nudges, one.wait]
    return [one.day.toordinal(), one.about, *numbers, one.patterns, one.source, one.quote]


def _unpacked(
    day: int, about: str, size: float, outcome: str, nudges: int, wait: float | None, *rest: Any
) -> Asked:
    patterns, source, quote = rest
    return Asked(date.fromordinal(day), about, size, outcome, nudges, wait, tuple(patterns), source, quote)
