"""How the user asks, seen over all histories: what, how often thanked, answered after how long, how often
pressed.

A mirror, not a grade: everything is a count over all people together. Nothing here ranks anybody or puts a
number on a person. Personal contacts are left out: they are not coached.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from askwell.ledger import favours
from askwell.ledger.favours import Favour
from askwell.ledger.history import MINE, OPEN, THEIRS, Event, History

PRESSING = ("entitlement_press", "pressure", "urgency", "debt_guilt")
"""Patterns (MODEL.md 3.3) that leave the other no room."""
ANSWERED = ("granted", "partly", "declined", "answered")


@dataclass(frozen=True, slots=True)
class Asked:
    """A favour that the user asked for, of whom, how often they reminded, and the days until the answer."""

    person: str
    name: str
    event: Event
    nudges: int = 0
    wait: float | None = None

    @property
    def answered(self) -> bool:
        return self.event.outcome in ANSWERED

    @property
    def waiting(self) -> bool:
        return self.event.outcome in OPEN


@dataclass(frozen=True, slots=True)
class Helped:
    """Help that the user had, with the days until their thanks; None where no thanks are known."""

    person: str
    favour: Favour
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Mirror:
    """What the user did from `since` up to `today`, oldest first. `own_waits` are the days that others waited
    for an answer of the user's to a favour they asked for; `helped` the days of help given, `thanked` of
    thanks; `told` and `offers` count how often the user told how it went, and offered help."""

    since: date
    today: date
    asked: tuple[Asked, ...] = ()
    had: tuple[Helped, ...] = ()
    own_waits: tuple[float, ...] = ()
    helped: tuple[date, ...] = ()
    thanked: tuple[date, ...] = ()
    told: int = 0
    offers: int = 0

    @property
    def waits(self) -> tuple[float, ...]:
        """Days until the answers to what the user asked."""
        return tuple(one.wait for one in self.asked if one.wait is not None)

    @property
    def thanks_waits(self) -> tuple[float, ...]:
        """Days until the user's thanks; half a day for those of the same day."""
        return tuple(max(0.5, one.wait) for one in self.had if one.wait is not None)

    @property
    def pressed(self) -> tuple[Asked, ...]:
        """Asks in letters that left no room, one a letter, newest first."""
        return _letters(one for one in self.asked if set(one.event.patterns) & set(PRESSING))

    def with_pattern(self, pattern: str) -> tuple[Asked, ...]:
        """Asks in letters with this pattern, one a letter, newest first."""
        return _letters(one for one in self.asked if pattern in one.event.patterns and _counts(one, pattern))


def mirror(histories: Iterable[History], today: date, since: date | None = None) -> Mirror:
    """What all histories show of the user's asking, from a day on; without one, from the first day known."""
    start = since or date.min
    asked: list[Asked] = []
    had: list[Helped] = []
    own: list[float] = []
    helped: list[date] = []
    thanked: list[date] = []
    told = offers = 0
    for one in histories:
        if one.person.circle == "personal":
            continue
        acts = History(
            one.person, tuple(e for e in one.events if e.kind != "message" and e.at.date() <= today)
        )
        asked += [each for each in _asked(acts, today) if each.event.at.date() >= start]
        had += [each for each in _had(acts, today) if each.favour.day >= start]
        mine = [e for e in acts.events if e.by == MINE and e.at.date() >= start]
        thanked += sorted({e.at.date() for e in mine if e.kind == "thanks"})
        told += sum(e.kind == "report_back" for e in mine)
        offers += sum(e.kind == "offer" for e in mine)
        helped += [each.day for each in favours.given(acts, today) if each.day >= start]
        own += [w for e in acts.of("ask", by=THEIRS) if e.favour and e.at.date() >= start and (w := _wait(e))]
    return Mirror(
        since or min((one.event.at.date() for one in asked), default=today),
        today,
        tuple(sorted(asked, key=lambda one: (one.event.at, one.person))),
        tuple(sorted(had, key=lambda one: (one.favour.day, one.person))),
        tuple(own),
        tuple(sorted(helped)),
        tuple(sorted(thanked)),
        told,
        offers,
    )


def middle(values: Iterable[float]) -> float | None:
    """The median; None of none."""
    found = list(values)
    return median(found) if found else None


def _asked(acts: History, today: date) -> Iterable[Asked]:
    asks = favours.asks(acts, today)
    nudges = [e for e in acts.of("nudge", by=MINE) if e.at.date() <= today]
    for at, ask in enumerate(asks):
        end = ask.closed or (asks[at + 1].at if at + 1 < len(asks) else None)
        after = sum(e.at > ask.at and (end is None or e.at <= end) for e in nudges)
        yield Asked(acts.person.key, acts.person.name, ask, after, _wait(ask))


def _wait(ask: Event) -> float | None:
    """Days until the answer, where one came."""
    if ask.closed is None or ask.outcome not in ANSWERED:
        return None
    return max(0.0, (ask.closed - ask.at) / timedelta(days=1))


def _had(acts: History, today: date) -> Iterable[Helped]:
    days = sorted({e.at.date() for e in acts.of("thanks", by=MINE)})
    for favour in favours.received(acts, today):
        after = next((day for day in days if day >= favour.day), None) if favour.thanked else None
        yield Helped(acts.person.key, favour, float((after - favour.day).days) if after else None)


def _counts(one: Asked, pattern: str) -> bool:
    """To ask whom somebody knows is a matter of stage and purpose (MODEL.md 0.8): here only the widest."""
    return pattern != "contact_fishing" or one.event.about == "open_introduction"


def _letters(found: Iterable[Asked]) -> tuple[Asked, ...]:
    letters: dict[str, Asked] = {}
    for one in found:
        letters.setdefault(one.event.source, one)
    return tuple(sorted(letters.values(), key=lambda one: (one.event.at, one.person), reverse=True))
