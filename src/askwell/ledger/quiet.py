"""Quiet after an ask, or just slow: a cure-rate model over the usual pace (MODEL.md 3.6).

Most silence is slowness, so nothing here claims that somebody has gone. Holidays and an automatic
"out of office" answer stop the clock.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

from askwell.ledger import favours
from askwell.ledger.history import BOTH, MINE, THEIRS, Event, History
from askwell.ledger.holidays import holidays_between, is_holiday
from askwell.ledger.rapport import rapport
from askwell.ledger.rhythm import PRIORS, REPLY_WITHIN, Priors, Rhythm, rhythm, still_silent

STATES = ("in_touch", "waiting", "nudge_ok", "slow", "quiet")
NUDGE_AFTER = 7
QUIET_AFTER = 21
QUIET_AFTER_UNSURE = 28
FEW_GAPS = 4
FEW_DAYS = 4
RARE = 0.10
PAUSE_DAYS = 14
"""How long an automatic answer is taken to hold, if no message comes before."""
_Z90 = 1.645
_ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Quiet:
    """How things stand after the last ask that is open: one of `STATES`.

    `days` are silent days, `counted` those without holidays and pauses, `still` how often an answer like this
    still came (0 to 1; for the words, never shown as a chance of success). `nudge_from` is the day from which
    one reminder is fair, None after one. `says_cause`: the silence may be called one "after the ask";
    `known`: enough contact days to say more than "no reply yet".
    """

    state: str
    ask: Event | None = None
    days: int = 0
    counted: int = 0
    still: float = 1.0
    answers: float = 1.0
    nudge_from: date | None = None
    nudges: int = 0
    known: bool = False
    says_cause: bool = False


def quiet(history: History, today: date, priors: Priors = PRIORS) -> Quiet:
    """How things stand with a person on a day."""
    waiting = favours.open_asks(history, today)
    ask = waiting[-1] if waiting else None
    if ask is None or _heard_since(history, ask, today):
        return Quiet("in_touch", ask)
    pace = rhythm(history, today)
    stage = rapport(history, ask.at.date() - timedelta(days=1)).stage
    return _standing(history, ask, today, pace, stage, priors)


def _standing(history: History, ask: Event, today: date, pace: Rhythm, stage: str, priors: Priors) -> Quiet:
    counted = silent_days(history, ask.at.date(), today)
    answers = answering(history, ask, today, stage, priors)
    silence = still_silent(counted, pace.waits, priors)
    still = answers * silence / (1 - answers + answers * silence) if answers < 1 else 1.0
    patience = max(float(NUDGE_AFTER), min(pace.long_wait or 0.0, float(REPLY_WITHIN)))
    nudges = len(favours.nudges_since(history, ask, today))
    return Quiet(
        _state(counted, still, patience, pace, nudges),
        ask,
        (today - ask.at.date()).days,
        counted,
        still,
        answers,
        None if nudges else _counted_day(history, ask.at.date(), math.ceil(patience)),
        nudges,
        pace.contact_days >= FEW_DAYS,
        pace.contact_days >= FEW_DAYS and _after_the_ask(history, ask, today),
    )


def answering(history: History, ask: Event, today: date, stage: str, priors: Priors = PRIORS) -> float:
    """How often asks to this person are answered at all: the prior of the stage as four asks, and their own.

    An ask that is open is no "no" until it is thirty days old.
    """
    settled = [
        one
        for one in favours.asks(history, today)
        if one is not ask
        and (one.outcome not in ("open", "holding") or (today - one.at.date()).days >= REPLY_WITHIN)
    ]
    replies = sum(one.outcome not in ("open", "withdrawn") for one in settled)
    return (4 * priors.reply[stage] + replies) / (4 + len(settled))


def silent_days(history: History, start: date, today: date) -> int:
    """Days of silence that count: without holidays, and without those of an out-of-office answer."""
    away = _away(history, start, today)
    lost = holidays_between(start, today) + sum(not is_holiday(day) for day in away)
    return max(0, (today - start).days - lost)


def _away(history: History, start: date, today: date) -> set[date]:
    days: set[date] = set()
    for one in history.of("message", by=THEIRS):
        if one.pause and start <= one.at.date() <= today:
            first = one.at.date()
            days |= {first + timedelta(days=n) for n in range(1, PAUSE_DAYS + 1)}
    return {day for day in days if start < day <= today}


def _state(counted: int, still: float, patience: float, pace: Rhythm, nudges: int) -> str:
    if counted < patience:
        return "waiting"
    long = QUIET_AFTER_UNSURE if len(pace.gaps) < FEW_GAPS else 3 * (pace.long_gap or 0.0)
    if counted >= max(QUIET_AFTER, long) and still <= RARE:
        return "quiet"
    return "slow" if nudges or counted >= QUIET_AFTER else "nudge_ok"


def _counted_day(history: History, start: date, days: int) -> date:
    """The first day on which so many days of silence will have counted."""
    day = start + timedelta(days=days)
    while silent_days(history, start, day) < days:
        day += timedelta(days=1)
    return day


def _heard_since(history: History, ask: Event, today: date) -> bool:
    return any(
        one.kind in ("message", "meeting")
        and one.by in (THEIRS, BOTH)
        and not one.pause
        and one.at > ask.at
        and one.at.date() <= today
        for one in history.events
    )


def _after_the_ask(history: History, ask: Event, today: date) -> bool:
    """Whether the silence may be said to follow from the ask (3.6): a heavy ask, my last word, and answers to
    asks rarer than to other mail, by 90 % intervals of both."""
    heavy = favours.size_of(ask) >= 5 or bool(ask.patterns)
    last = any(one.at > ask.at and one.by == MINE and one.kind == "message" for one in history.events)
    if not heavy or last:
        return False
    asked = {one.at.date() for one in favours.asks(history, today)}
    opened = rhythm(history, today).opened
    to_asks = [answered for day, answered in opened if day in asked]
    to_others = [answered for day, answered in opened if day not in asked]
    if min(len(to_asks), len(to_others)) < _ENOUGH:
        return False
    (a, spread_a), (b, spread_b) = _share(to_asks), _share(to_others)
    return a + _Z90 * math.hypot(spread_a, spread_b) < b


def _share(answers: list[bool]) -> tuple[float, float]:
    """Mean and spread of Beta(1 + yes, 1 + no)."""
    yes, no = 1 + sum(answers), 1 + len(answers) - sum(answers)
    total = yes + no
    return yes / total, math.sqrt(yes * no / (total * total * (total + 1)))
