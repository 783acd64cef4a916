"""For how long a standing surely stays as it is, if nothing new comes: so that a new day costs only those
for whom it may bring something.

Each rule of `standing` that looks at the day is answered for here, by the first day on which it may say
something else. A day too early costs a little time; a day too late would be a mistake, and is tested for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from askwell.judge.standing import DRAWN_ON, NEEDS_FOR, Standing
from askwell.ledger import favours
from askwell.ledger.favours import Drawn
from askwell.ledger.history import History
from askwell.ledger.rapport import DORMANT_AFTER, Contact, contact, rapport_of

FAR = 3 * 365
"""Days for which a standing is taken to hold at most."""
_STEPS = (FAR, 120, 30, 7)


def steady_until(history: History, found: Standing, today: date) -> date:
    """The last day from `today` on up to which all of the standing but its numbers stays as it is: stage and
    what it was, what is due, peace and quiet. `history` is whole, with what lies ahead."""
    if found.quiet.state != "in_touch":
        return today  # each silent day counts
    end = today + timedelta(days=FAR)
    until = min((day - timedelta(days=1) for day in _turns(history, found, today)), default=end)
    if until <= today:
        return today
    until = min(until, end)
    until = _same_stage(contact(found.bearing.history.events), today, until)
    return until if found.bearing.personal else _same_strain(found, today, until)


def _turns(history: History, found: Standing, today: date) -> Iterator[date]:
    """Days ahead on which something begins, ends or comes in."""
    for day in _days(history, found):
        if day > today:
            yield day


def _days(history: History, found: Standing) -> Iterator[date]:
    for event in history.events:
        yield event.at.date()
        if event.closed:
            yield event.closed.date()
    bearing = found.bearing
    for favour in bearing.received:
        if not favour.thanked:
            yield favour.day + timedelta(days=favours.THANK_FROM)
            yield favour.day + timedelta(days=favours.THANK_UNTIL + 1)
        if not favour.told:
            yield favour.day + timedelta(days=favours.TELL_AFTER)
            yield favour.day + timedelta(days=favours.REMEMBERED + 1)
    for need in found.needs:
        yield need.at.date() + NEEDS_FOR + timedelta(days=1)
    for ask in bearing.open_asks:
        yield ask.at.date() + timedelta(days=favours.LAPSED_AFTER + 1)
    if bearing.cooling:
        yield bearing.cooling.until


def _same_stage(days: Contact, today: date, until: date) -> date:
    """The last day up to `until` with the same stage. Without contact a tie only cools: its stages come one
    after another, so that a day with the same stage has none but the same before it."""

    def stage(day: date) -> tuple[str, str]:
        tie = rapport_of(days, day)
        return tie.stage, tie.was

    now = rapport_of(days, today)
    rests = now.stage == "dormant" or (now.stage in ("unknown", "new") and (now.silent or 0) > DORMANT_AFTER)
    here = (now.stage, now.was)
    if now.silent is not None and now.silent <= DORMANT_AFTER:
        until = min(until, today + timedelta(days=DORMANT_AFTER - now.silent))
    for step in _STEPS if not rests else _STEPS[:1]:
        last = min(until, today + timedelta(days=step))
        if stage(last) == here:
            return last
        until = last
    good, bad = today, until
    while (bad - good).days > 1:
        middle = good + (bad - good) // 2
        good, bad = (middle, bad) if stage(middle) == here else (good, middle)
    return good


def _same_strain(found: Standing, today: date, until: date) -> date:
    """The last day up to `until` (before which no ask lapses and the stage is the same) on which giving back
    is still suggested, or still not. What either has done fades, the user's deeds faster."""
    now, stage = found.drawn, found.bearing.stage
    for step in (*_STEPS, 1):
        last = min(until, today + timedelta(days=step))
        later = now.later((last - today).days)
        most, least = Drawn(now.got, now.waiting, later.gave), Drawn(later.got, now.waiting, now.gave)
        if least.strain(stage) >= DRAWN_ON if found.give_back else most.strain(stage) < DRAWN_ON:
            return last
    return today
