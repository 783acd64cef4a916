"""`askwell thank`: a letter for each help that is not thanked for, or whose outcome is not told yet."""

from __future__ import annotations

from askwell.app.desk import Desk
from askwell.app.letters import Letters, help_of, stands, tongue
from askwell.app.people import find
from askwell.judge.standing import Standing
from askwell.judge.thanks import order, thanks
from askwell.ledger.favours import REMEMBERED, Favour


def thank(desk: Desk, who: str, *, every: bool = False, lang: str = "") -> Letters:
    """Thanks to one person, for the newest and largest help first; `every` writes all of them.

    A letter's `due` is the day from which it may well be sent: the day after the help, or today. Raises
    AskwellError if nobody or several people fit, or for a language that Askwell does not write.
    """
    person = find(desk, who)
    found = stands(desk, person)
    due = waiting(found)
    spoken = tongue(desk, person, lang)
    chosen = due if every else due[:1]
    resting = found.quiet.state != "in_touch" or found.peace is not None
    notes = tuple(
        thanks(found.bearing, help_of(desk, one, person), spoken, desk.profile.name, resting=resting or n > 0)
        for n, one in enumerate(chosen)
    )
    return Letters(person, notes, len(due) - len(chosen))


def waiting(found: Standing) -> tuple[Favour, ...]:
    """What there is to thank for, first what is newest and largest: help without thanks within a year, and
    help of which the outcome has become known since."""
    today = found.bearing.today
    open_ = [
        one
        for one in found.bearing.received
        if (today - one.day).days <= REMEMBERED and (not one.thanked or (one.led and not one.told))
    ]
    return tuple(sorted(open_, key=lambda one: (order(one, today), one.source)))
