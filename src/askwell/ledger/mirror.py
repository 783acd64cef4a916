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
_OWN = ("thanks", "report_back", "offer")
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
    """What the user did from `since` up to `today`, oldest first. `own` are favours that others asked for,
    with the days that they waited for the user's answer; the rest are days on which the user helped, thanked,
    told how it went, and offered help."""

    since: date
    today: date
    asked: tuple[Asked, ...] = ()
    had: tuple[Helped, ...] = ()
    own: tuple[tuple[date, float], ...] = ()
    helped: tuple[date, ...] = ()
    thanked: tuple[date, ...] = ()
    told: tuple[date, ...] = ()
    offered: tuple[date, ...] = ()

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
        return _letters(one for one in self.asked if set(one.event.patterns) & set(PRESSING))

    def with_pattern(self, pattern: str) -> tuple[Asked, ...]:
        """Asks in letters with this pattern, one a letter, newest first."""
        return _letters(one for one in self.asked if pattern in one.event.patterns and _counts(one, pattern))

    def narrowed(self, since: date) -> Mirror:
        """The same from a later day on."""
        return Mirror(
            since,
            self.today,
            tuple(one for one in self.asked if one.event.at.date() >= since),
            tuple(one for one in self.had if one.favour.day >= since),
            tuple(one for one in self.own if one[0] >= since),
            *(
                tuple(day for day in days if day >= since)
                for days in (self.helped, self.thanked, self.told, self.offered)
            ),
        )


def mirror(histories: Iterable[History], today: date) -> Mirror:
    """What all histories show of the user's asking, from the first ask known, in one pass."""
    asked: list[Asked] = []
    had: list[Helped] = []
    own: list[tuple[date, float]] = []
    helped: list[date] = []
    days: dict[str, list[date]] = {kind: [] for kind in _OWN}
    for one in histories:
        if one.person.circle == "personal":
            continue
        acts = History(
            one.person, tuple(e for e in one.events if e.kind != "message" and e.at.date() <= today)
        )
        asked += _asked(acts, today)
        had += _had(acts, today)
        helped += [each.day for each in favours.given(acts, today)]
        asks = [e for e in acts.of("ask", by=THEIRS) if e.favour]
        own += [(e.at.date(), wait) for e in asks if (wait := _wait(e)) is not None]
        for kind in _OWN:
            days[kind] += {e.at.date() for e in acts.of(kind, by=MINE)}
    return Mirror(
        min((one.event.at.date() for one in asked), default=today),
        today,
        tuple(sorted(asked, key=lambda one: (one.event.at, one.person))),
        tuple(sorted(had, key=lambda one: (one.favour.day, one.person))),
        tuple(sorted(own)),
        tuple(sorted(helped)),
        *(tuple(sorted(found)) for found in days.values()),
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
