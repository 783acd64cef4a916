"""All that the judge needs to know of one person on one day, worked out once from their history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from askwell.judge import cues
from askwell.ledger import favours
from askwell.ledger.favours import Cooling, Favour
from askwell.ledger.history import THEIRS, Event, History
from askwell.ledger.person import Person
from askwell.ledger.rapport import Rapport, rapport
from askwell.ledger.rhythm import PRIORS, Priors

OFFER_HOLDS = 90
"""Days for which an offer of theirs may be taken up."""
GENERAL_OFFER_BEARS = 5.0
"""What "let me know if I can help" covers, on the scale of R."""

_KIN = {
    "job": "career",
    "interview": "career",
    "referral": "career",
    "forward_cv": "career",
    "specific_introduction": "introduction",
    "open_introduction": "introduction",
    "contact_detail": "introduction",
    "reference": "reference",
    "endorsement": "reference",
    "cv_review": "text",
    "document_review": "text",
    "chat": "talk",
    "meeting": "talk",
    "advice": "advice",
    "tip": "advice",
}


@dataclass(frozen=True, slots=True)
class Bearing:
    """A person and where things stand between them and the user.

    `named` is False where nobody is known; `acts` is the history without its plain messages.
    """

    history: History
    today: date
    rapport: Rapport
    received: tuple[Favour, ...]
    given: tuple[Favour, ...]
    overdue: tuple[Favour, ...]
    untold: tuple[Favour, ...]
    asks: tuple[Event, ...]
    open_asks: tuple[Event, ...]
    cooling: Cooling | None
    named: bool = True
    priors: Priors = PRIORS
    acts: History = field(default_factory=lambda: History(Person("", "")))

    @property
    def person(self) -> Person:
        return self.history.person

    @property
    def stage(self) -> str:
        return self.rapport.stage

    @property
    def near(self) -> bool:
        """Established or close: small things need no ceremony."""
        return self.stage in ("established", "close")

    @property
    def personal(self) -> bool:
        return self.person.circle == "personal"

    @property
    def on_record(self) -> bool:
        """Whether anything at all is known of earlier contact."""
        return bool(self.history.events) or bool(self.person.floor)


def bear(history: History, today: date, priors: Priors = PRIORS) -> Bearing:
    """Work out where things stand with a person; events after today count for nothing."""
    if history.events and max(one.at for one in history.events).date() > today:
        history = History(history.person, tuple(one for one in history.events if one.at.date() <= today))
    # Favours are acts and entries; most of a long history is plain messages.
    acts = History(history.person, tuple(one for one in history.events if one.kind != "message"))
    received = favours.received(acts, today)
    return Bearing(
        history,
        today,
        rapport(history, today),
        received,
        favours.given(acts, today),
        favours.thanks_overdue(acts, today, received),
        favours.untold(acts, today, received),
        favours.asks(acts, today),
        favours.open_asks(acts, today),
        favours.cooling(acts, today),
        priors=priors,
        acts=acts,
    )


def nobody(today: date) -> Bearing:
    """For a draft to somebody of whom nothing is known, not even who it is."""
    found = bear(History(Person("", "")), today)
    return Bearing(found.history, today, found.rapport, (), (), (), (), (), (), None, named=False)


def kin(about: str) -> str:
    """The family of a kind of ask: asking for an interview after a job is asking for the same again."""
    return _KIN.get(about, about)


def offered(bearing: Bearing, about: str, size: float, for_friend: bool) -> Event | None:
    """The latest word of theirs, not older than 90 days, that invites this very ask: an offer of this kind of
    help, a general one if the ask is not large, or a yes to the same. Asking then is answering."""
    family = kin(about)
    for one in reversed(bearing.history.of("offer", "grant", by=THEIRS)):
        if (bearing.today - one.at.date()).days > OFFER_HOLDS:
            return None
        if for_friend and not (one.beneficiary == "third_party" or cues.has("friend", one.text)):
            continue
        if one.about and kin(one.about) == family:
            return one
        if family in ("introduction", "text", "career", "reference", "talk") and cues.has(
            f"offers.{family}", one.text
        ):
            return one
        if one.kind == "offer" and size <= GENERAL_OFFER_BEARS and cues.has("offers.general", one.text):
            return one
    return None


def heard_since(bearing: Bearing, event: Event) -> bool:
    """Whether they have written or met since: then no silence is being pressed on."""
    return any(
        one.at > event.at and one.by != "me" and not one.pause and one.kind in ("message", "meeting")
        for one in reversed(bearing.history.events)
    )
