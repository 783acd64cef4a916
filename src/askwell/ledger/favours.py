"""What the two have done for each other, what is thanked and told, and when to leave in peace: MODEL.md 3.5.

Memory is asymmetric on purpose: what they did fades slowly, what the user did fades fast, and giving is
never a claim (MODEL.md 2d). `strain` is for the judge's own use and is shown to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from askwell.ledger.history import MINE, OPEN, THEIRS, Event, History

THANK_FROM = 1
"""Days after a favour from which thanks are due; after `THANK_BY` they are late, after `THANK_UNTIL` nobody
is reminded of them any more (the record still knows)."""
THANK_BY = 3
THANK_UNTIL = 14
REMEMBERED = 365
TELL_AFTER = 14
LAPSED_AFTER = 180
"""Days after which an ask without an answer is no longer open."""

_BY_SIZE = ((3.0, 7), (5.0, 21), (7.5, 60), (11.0, 120))
_DEFAULT_SIZE = 2.0
_SIZES = {"intro": 5.0, "introduction_made": 5.0}
_DONE = ("granted", "partly", "answered")
_NAMED = ("favour", "intro", "introduction_made")
_SAME_FAVOUR = 3
_OF_NOTE = 1.5
_BIG = 5.0


@dataclass(frozen=True, slots=True)
class Favour:
    """One thing that one did for the other. `event` is what it rests on: an ask that was met, an introduction
    or an entry. `size` is on the scale of R. `thanked` and `told` say whether the receiver did so since;
    `known` that its outcome is known, and `led` the entry that says it, if there is one: then telling
    counts from there."""

    day: date
    what: str
    size: float
    event: Event
    thanked: bool = False
    told: bool = False
    known: bool = False
    led: Event | None = None

    @property
    def words(self) -> str:
        """The helper's own words where they are known, else those of the ask that was met."""
        return self.event.reply or self.event.text

    @property
    def source(self) -> str:
        """The message or entry that `words` are from."""
        return self.event.reply_source or self.event.source


@dataclass(frozen=True, slots=True)
class Cooling:
    """A pause that an earlier ask calls for: nothing of weight before `until`."""

    until: date
    ask: Event
    days: int


def received(history: History, today: date) -> tuple[Favour, ...]:
    """What they did for the user, up to a day, oldest first; one a day, the largest."""
    return _favours(history, today, THEIRS, MINE)


def given(history: History, today: date) -> tuple[Favour, ...]:
    """What the user did for them."""
    return _favours(history, today, MINE, THEIRS)


def thanks_due(history: History, today: date, known: tuple[Favour, ...] | None = None) -> tuple[Favour, ...]:
    """Favours to thank for now, newest first: from one day after until a fortnight after (3.5).

    `known`, here and below, is what was received, where that has been worked out already.
    """
    due = (one for one in _known(history, today, known) if not one.thanked)
    return tuple(one for one in reversed(tuple(due)) if THANK_FROM <= (today - one.day).days <= THANK_UNTIL)


def thanks_overdue(
    history: History, today: date, known: tuple[Favour, ...] | None = None
) -> tuple[Favour, ...]:
    """Favours of some size that went unthanked for more than three days, newest first (H3).

    A small one is let go after a month and a middling one after half a year: thanks may have been said aloud.
    """
    found = _known(history, today, known)
    return tuple(
        one
        for one in reversed(found)
        if not one.thanked and one.size >= _OF_NOTE and THANK_BY < (today - one.day).days <= _kept(one.size)
    )


def untold(history: History, today: date, known: tuple[Favour, ...] | None = None) -> tuple[Favour, ...]:
    """Help of which they have not heard how it went, newest first.

    Where the outcome is known (`known`) at once, whatever its size if the user has said what came of it;
    otherwise larger help, after a fortnight.
    """
    return tuple(
        one
        for one in reversed(_known(history, today, known))
        if not one.told
        and (one.size >= _BIG or one.led)
        and (today - one.day).days <= REMEMBERED
        and (one.known or (today - one.day).days >= TELL_AFTER)
    )


def open_asks(history: History, today: date) -> tuple[Event, ...]:
    """The user's favours asked that still await an answer, oldest first. A holding answer keeps one open."""
    return tuple(
        one
        for one in asks(history, today)
        if one.outcome in OPEN and (today - one.at.date()).days <= LAPSED_AFTER
    )


def asks(history: History, today: date) -> tuple[Event, ...]:
    """The favours that the user has asked of them, oldest first; ordinary work is not among them."""
    return tuple(one for one in history.of("ask", by=MINE) if one.favour and one.at.date() <= today)


def nudges_since(history: History, ask: Event, today: date) -> tuple[Event, ...]:
    """How often the user has asked after an ask."""
    return tuple(one for one in history.of("nudge", by=MINE) if one.at > ask.at and one.at.date() <= today)


def strain(history: History, today: date, stage: str) -> float:
    """How much has been drawn on the relationship: at least 0, never a credit, half for close ties (3.5)."""
    return drawn(history, today).strain(stage)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What strain is made of: what they did, faded with the years, what still waits for an answer, and what
    the user did, faded faster."""

    got: float = 0.0
    waiting: float = 0.0
    gave: float = 0.0

    def strain(self, stage: str) -> float:
        """All together; see `strain`."""
        return max(0.0, self.got + self.waiting - self.gave) * (0.5 if stage == "close" else 1.0)

    def later(self, days: int) -> Drawn:
        """The same so many days later, if nothing new comes and nothing lapses."""
        return Drawn(self.got * 2 ** (-days / 365), self.waiting, self.gave * 2 ** (-days / 90))


def drawn(history: History, today: date) -> Drawn:
    """The parts of the strain on a day."""
    theirs = _favours(history, today, THEIRS, MINE, apart=True)
    ours = _favours(history, today, MINE, THEIRS, apart=True)
    got = sum(one.size * 2 ** (-(today - one.day).days / 365) for one in theirs)
    gave = sum(one.size * 2 ** (-(today - one.day).days / 90) for one in ours)
    return Drawn(got, sum(one.size for one in open_asks(history, today)), gave)


def cooling(history: History, today: date) -> Cooling | None:
    """The pause that earlier asks call for, if it lasts beyond today: the one that ends last.

    7 days after an ask of R < 3, 21 of R < 5, 60 of R < 7.5, else 120; half of it once the user has thanked
    and told how it went.
    """
    found: Cooling | None = None
    for ask in asks(history, today):
        if ask.outcome == "withdrawn":
            continue
        days = next(days for below, days in _BY_SIZE if size_of(ask) < below)
        if ask.at.date() + timedelta(days=days) <= today:
            continue  # over even if nothing makes it shorter
        if _settled(history, ask, today):
            days = (days + 1) // 2
        until = ask.at.date() + timedelta(days=days)
        if until > today and (found is None or until > found.until):
            found = Cooling(until, ask, days)
    return found


def size_of(event: Event) -> float:
    """How large a favour or an ask was, on the scale of R; a plain default where nothing is said."""
    return event.size or _SIZES.get(event.kind, _DEFAULT_SIZE)


def _settled(history: History, ask: Event, today: date) -> bool:
    thanked = _since(history.of("thanks", by=MINE), ask, today)
    return thanked and (size_of(ask) < _BIG or _since(history.of("report_back", by=MINE), ask, today))


def _favours(
    history: History, today: date, giver: str, receiver: str, apart: bool = False
) -> tuple[Favour, ...]:
    largest: dict[date, Favour] = {}
    thanks = history.of("thanks", by=receiver)
    reports = history.of("report_back", by=receiver)
    outcomes = history.of("outcome", by=receiver)
    for day, event in _helped(history.events, giver, receiver, apart):
        if day > today:
            continue
        size = size_of(event) * (0.5 if event.outcome == "partly" else 1.0)
        if day in largest and largest[day].size >= size:
            continue
        led = _led(outcomes, today, day)
        largest[day] = Favour(
            day,
            _what(event),
            size,
            event,
            thanked=not apart and _since(thanks, event, today, day),
            told=not apart and _since(reports, led or event, today, led.at.date() if led else day),
            known=bool(led or (event.kind == "intro" and (event.actually or event.outcome))),
            led=led,
        )
    return tuple(largest[day] for day in sorted(largest))


def _led(outcomes: tuple[Event, ...], today: date, day: date) -> Event | None:
    """What the user has said last of what came of a help: of this day's, or of all."""
    meant = ("", day.isoformat())
    return next(
        (one for one in reversed(outcomes) if one.of in meant and day <= one.at.date() <= today), None
    )


def _helped(
    events: tuple[Event, ...], giver: str, receiver: str, apart: bool
) -> Iterable[tuple[date, Event]]:
    named = [] if apart else [one.at.date() for one in events if one.kind in _NAMED and one.by == giver]
    for event in events:
        if event.kind in _NAMED and event.by == giver:
            yield event.at.date(), event
        elif event.kind == "ask" and event.by == receiver and event.favour and _is_met(event):
            day = (event.closed or event.at).date()
            # What they did is told by an entry of its own; then the answer to the ask is the same favour.
            if not any(abs((one - day).days) <= _SAME_FAVOUR for one in named):
                yield day, event
        elif event.kind == "offer" and event.by == giver and event.outcome in ("taken", "granted"):
            yield event.at.date(), event


def _is_met(ask: Event) -> bool:
    """Whether an ask was met. A mere answer meets a question; a large ask it may as well have refused."""
    return ask.outcome in _DONE and (ask.outcome != "answered" or size_of(ask) < _BIG)


def _known(history: History, today: date, known: tuple[Favour, ...] | None) -> tuple[Favour, ...]:
    return received(history, today) if known is None else known


def _kept(size: float) -> int:
    return 30 if size < 3 else 180 if size < _BIG else REMEMBERED


def _what(event: Event) -> str:
    if event.kind in ("intro", "introduction_made"):
        return "specific_introduction"
    if event.outcome == "partly":
        return "other"
    return event.about or "other"


def _since(events: Sequence[Event], cause: Event, today: date, day: date | None = None) -> bool:
    """Whether any came after the cause: later that day, or on the day where only dates are known."""
    start = day or cause.at.date()
    moment = cause.closed or cause.at
    for event in reversed(events):
        at = event.at.date()
        if at < start:
            return False
        if at <= today and (event.at > moment or (at == start and _dated(event, cause))):
            return True
    return False


def _dated(event: Event, cause: Event) -> bool:
    return event.source.startswith("said:") or cause.source.startswith("said:")
