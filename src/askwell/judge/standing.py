"""Where things stand with a person today, without any draft: what is due, and what may be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from askwell.judge.bearing import Bearing, bear
from askwell.judge.imposition import ceiling
from askwell.ledger import favours
from askwell.ledger.favours import Drawn, Favour
from askwell.ledger.history import THEIRS, Event, History
from askwell.ledger.quiet import Quiet, quiet
from askwell.ledger.rapport import rank
from askwell.ledger.rhythm import PRIORS, Priors, Rhythm, rhythm
from askwell.text.sizes import BASE

LADDER = (
    "job",
    "reference",
    "referral",
    "specific_introduction",
    "document_review",
    "chat",
    "advice",
    "tip",
    "info",
)
"""What one may ask for, the largest first (MODEL.md 2b)."""
NEEDS_FOR = timedelta(days=90)
DRAWN_ON = 4.0
"""Strain from which giving back is suggested: about two pieces of advice, or an introduction in part."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is due between the user and one person.

    `thank` and `tell` are favours to thank for and to report on, newest first; `needs` what they have said
    that they look for; `give_back` that much was had and little given; `reconnect` that a tie is resting
    that was more once; `peace` until when to ask nothing, with the ask that calls for it. `bears` is the
    largest of LADDER that the relationship bears, `too_much` the next one above it; either may be empty.
    """

    bearing: Bearing
    quiet: Quiet
    pace: Rhythm
    thank: tuple[Favour, ...] = ()
    tell: tuple[Favour, ...] = ()
    needs: tuple[Event, ...] = ()
    give_back: bool = False
    reconnect: bool = False
    peace: date | None = None
    peace_for: Event | None = None
    bears: str = ""
    too_much: str = ""
    drawn: Drawn = field(default_factory=Drawn)


def standing(history: History, today: date, priors: Priors = PRIORS) -> Standing:
    """Where things stand on a day. With personal contacts nothing is due: they are not coached."""
    bearing = bear(history, today, priors)
    still = quiet(history, today, priors)
    peace, ask = _peace(bearing, still)
    bears, more = _rungs(bearing)
    found = Standing(
        bearing, still, rhythm(history, today), peace=peace, peace_for=ask, bears=bears, too_much=more
    )
    if bearing.personal:
        return found
    drawn = favours.drawn(bearing.acts, today)
    return Standing(
        bearing,
        still,
        found.pace,
        favours.thanks_due(bearing.acts, today, bearing.received),
        bearing.untold,
        _needs(bearing.acts, today),
        drawn.strain(bearing.stage) >= DRAWN_ON,
        bearing.stage == "dormant" and rank(bearing.rapport.was) >= rank("warming"),
        peace,
        ask,
        bears,
        more,
        drawn,
    )


def _needs(history: History, today: date) -> tuple[Event, ...]:
    """What they have said that they look for, newest first."""
    voiced = history.of("need", by=THEIRS)
    return tuple(one for one in reversed(voiced) if today - NEEDS_FOR <= one.at.date() <= today)


def _peace(bearing: Bearing, still: Quiet) -> tuple[date | None, Event | None]:
    """Until when to ask nothing new: after an ask of some weight, or while one waits for its answer."""
    if bearing.cooling:
        return bearing.cooling.until, bearing.cooling.ask
    if still.ask and still.state == "waiting":
        return still.nudge_from, still.ask
    return None, None


def _rungs(bearing: Bearing) -> tuple[str, str]:
    """The largest rung that the relationship bears, and the next one up."""
    most = ceiling(bearing.stage, bearing.rapport.was)
    at = next((n for n, about in enumerate(LADDER) if BASE[about] <= most), len(LADDER))
    return (LADDER[at] if at < len(LADDER) else ""), (LADDER[at - 1] if at else "")
