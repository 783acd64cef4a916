"""`askwell mirror`: how the user asks, in words and pictures. A mirror, not a grade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from askwell.app.desk import Desk
from askwell.app.names import name
from askwell.app.network import Network, network
from askwell.exports.pictures.answers import Kind, answers, kinds, within
from askwell.exports.pictures.picture import Picture
from askwell.exports.pictures.years import Years, years
from askwell.ledger.mirror import PRESSING, Asked, Mirror, middle, mirror
from askwell.store.contract import Store
from askwell.words import say, say_many

YEAR = timedelta(days=365)
SHOWN = 3
_seen: WeakKeyDictionary[Store, tuple[Network, Mirror]] = WeakKeyDictionary()
"""What was seen last at each ledger: it holds as long as its network does."""
HABITS = (*PRESSING, "third_party_ask", "contact_fishing", "hidden_goal", "minimiser")


@dataclass(frozen=True, slots=True)
class Habit:
    """A way of asking that is better left: what it is called, in how many letters, the newest of them."""

    pattern: str
    count: int
    examples: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the mirror shows of a period, with all that is known for the picture over the years; the kinds of
    favour asked and the ways of asking that are better left, the most frequent first."""

    period: Mirror
    whole: Mirror
    kinds: tuple[Kind, ...] = ()
    habits: tuple[Habit, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is to be seen, in words."""
        if not self.period.asked:
            return (
                say("You have asked for no favour in this time, as far as is known."),
                *_given(self.period),
            )
        told = (_asked(self), _answers(self.period), _thanks(self.period), _reminders(self.period))
        return tuple(one for one in (*told, *_given(self.period)) if one)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Over the years, by kind, and how long answers take; those with nothing in them are left out."""
        whole = self.whole
        asked = tuple((one.day, one.size) for one in whole.asked)
        found = []
        if asked or whole.thanked or whole.helped:
            found.append(years(Years(asked, whole.thanked, whole.helped), whole.today))
        if self.kinds:
            found.append(kinds(self.kinds, name))
        if self.period.waits or self.period.own_waits:
            found.append(answers(self.period.waits, self.period.own_waits))
        return tuple(found)

    def to_json(self) -> dict[str, Any]:
        period = self.period
        return {
            "schema": "askwell.mirror/1",
            "since": period.since.isoformat(),
            "until": period.today.isoformat(),
            "asked": len(period.asked),
            "people": len({one.person for one in period.asked}),
            "kinds": [
                {"about": k.about, "asked": k.count, "answered": k.answered, "waiting": k.waiting}
                for k in self.kinds
            ],
            "answered": sum(one.answered for one in period.asked),
            "waiting": sum(one.waiting for one in period.asked),
            "days_until_answer": _rounded(middle(period.waits)),
            "your_days_until_answer": _rounded(middle(period.own_waits)),
            "had_help": len(period.had),
            "thanked_for": sum(one.thanked for one in period.had),
            "days_until_thanks": _rounded(middle(period.thanks_waits)),
            "reminded": sum(one.nudges > 0 for one in period.asked),
            "reminded_more_than_once": sum(one.nudges > 1 for one in period.asked),
            "pressed": len(period.pressed),
            "habits": [_habit(one) for one in self.habits],
            "helped": len(period.helped),
            "offered": len(period.offered),
            "told_how_it_went": len(period.told),
            "in_words": list(self.sentences),
        }


def look(desk: Desk, since: date | None = None) -> Seen:
    """The mirror from a day on; without one the last year, or all that is known where that holds no ask."""
    found = network(desk)
    known = _seen.get(desk.store)
    if known is None or known[0] is not found:
        known = _seen[desk.store] = (found, _whole(found))
    whole = known[1]
    year = desk.today - YEAR
    start = since or (year if any(one.day >= year for one in whole.asked) else None)
    period = whole.narrowed(start) if start else whole
    return Seen(period, whole, _kinds(period), _habits(period))


def _whole(found: Network) -> Mirror:
    """All that is known of everybody but personal contacts."""
    known = (one for one in found.lines if not one.personal)
    return mirror(((one.person.key, one.person.name, one.asking) for one in known), found.day)


def _kinds(period: Mirror) -> tuple[Kind, ...]:
    found: dict[str, list[Asked]] = {}
    for one in period.asked:
        found.setdefault(one.about, []).append(one)
    counted = (
        Kind(about, len(asks), sum(a.answered for a in asks), sum(a.waiting for a in asks))
        for about, asks in found.items()
    )
    return tuple(sorted(counted, key=lambda one: (-one.count, one.about)))


def _habits(period: Mirror) -> tuple[Habit, ...]:
    found = ((pattern, period.with_pattern(pattern)) for pattern in HABITS)
    habits = (Habit(pattern, len(asks), asks[:SHOWN]) for pattern, asks in found if asks)
    return tuple(sorted(habits, key=lambda one: (-one.count, HABITS.index(one.pattern))))


def _rounded(days: float | None) -> float | None:
    return None if days is None else round(days, 1)


def _habit(one: Habit) -> dict[str, Any]:
    return {
        "pattern": one.pattern,
        "letters": one.count,
        "examples": [{"date": e.day.isoformat(), "quote": e.quote, "source": e.source} for e in one.examples],
    }


def _asked(seen: Seen) -> str:
    asked = seen.period.asked
    count = say_many("one favour", "{count} favours", len(asked))
    people = say_many("one person", "{count} people", len({one.person for one in asked}))
    told = say("You asked for {favours}, of {people}.", favours=count, people=people)
    often = [one for one in seen.kinds if one.count > 1][:2]
    if not often:
        return told
    kinds = say(" and ").join(name(one.about) for one in often)
    return f"{told} {say('Most often it was {kinds}.', kinds=kinds)}"


def _answers(period: Mirror) -> str:
    answered, waiting = (sum(getattr(one, what) for one in period.asked) for what in ("answered", "waiting"))
    parts = []
    if answered == len(period.asked):
        parts.append(say("All were answered."))
    elif answered:
        parts.append(say_many("One was answered.", "{count} were answered.", answered))
    wait = middle(period.waits)
    if wait is not None and len(period.waits) > 1:
        parts.append(say("Half of the answers came {within}.", within=within(wait)))
    elif wait is not None:
        parts.append(say("The answer came {within}.", within=within(wait)))
    if waiting:
        late = say_many("One has no answer yet.", "{count} have no answer yet.", waiting)
        parts.append(late)
    return " ".join(parts)


def _thanks(period: Mirror) -> str:
    if not period.had:
        return ""
    thanked = sum(one.thanked for one in period.had)
    parts = [say_many("You were helped once.", "You were helped {count} times.", len(period.had))]
    if thanked == len(period.had):
        parts.append(say("Your thanks are known for all of it."))
    elif thanked:
        parts.append(
            say_many("Your thanks are known for one.", "Your thanks are known for {count}.", thanked)
        )
    if thanked < len(period.had):
        parts.append(say("What was said aloud is not known here."))
    wait = middle(period.thanks_waits)
    if wait is not None:
        parts.append(say("Thanks usually came {within}.", within=within(wait)))
    return " ".join(parts)


def _reminders(period: Mirror) -> str:
    reminded = Counter(min(2, one.nudges) for one in period.asked if one.nudges)
    parts = []
    if reminded:
        count = sum(reminded.values())
        parts.append(
            say_many("You sent a reminder of one ask.", "You sent reminders of {count} asks.", count)
        )
        more = reminded[2]
        parts.append(
            say_many("One was recalled more than once.", "{count} were recalled more than once.", more)
            if more
            else say("None was recalled more than once.")
        )
    pressed = len(period.pressed)
    if pressed:
        parts.append(
            say_many(
                "One letter left little room for a no.", "{count} letters left little room for a no.", pressed
            )
        )
    else:
        parts.append(say("No letter pressed anybody."))
    return " ".join(parts)


def _given(period: Mirror) -> Iterator[str]:
    helped, offered, told = (len(days) for days in (period.helped, period.offered, period.told))
    parts = []
    if helped:
        parts.append(say_many("You helped once.", "You helped {count} times.", helped))
    if offered:
        parts.append(say_many("You offered help once.", "You offered help {count} times.", offered))
    if told:
        parts.append(say_many("You told once how it went.", "You told {count} times how it went.", told))
    if parts:
        yield " ".join(parts)
