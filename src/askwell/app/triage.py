"""`askwell triage`: who asks for one's contacts, for whom and why; what speaks against it; three answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from askwell.app.desk import Desk
from askwell.app.everybody import everybody
from askwell.app.histories import between_us, history
from askwell.app.intros import introductions
from askwell.app.people import find
from askwell.app.priors import priors
from askwell.app.requested import Requested, requested, requests_among
from askwell.app.vouch import vouched
from askwell.errors import AskwellError
from askwell.judge.bearing import Bearing, bear
from askwell.judge.case import Evidence
from askwell.judge.clauses import Note
from askwell.judge.meant import meant
from askwell.judge.requesting import word
from askwell.judge.telling import quote
from askwell.judge.triage import YEAR, Known, Reason, Request, recommend, replies, weigh
from askwell.judge.wording import short
from askwell.ledger.entries import Message, Said
from askwell.ledger.history import MINE
from askwell.ledger.intros import Intro
from askwell.ledger.person import ME, Person
from askwell.store.contract import Exchange
from askwell.words import later, quoted, say

INBOX_DAYS = 30
HEADINGS = {
    "decline": later("A short, kind no"),
    "question": later("One very specific question"),
    "introduce": later("An introduction, if both say yes"),
}
"""The three answers, the most careful first, as one says them."""
ASKED_OF_ME = ("specific_introduction", "open_introduction", "referral", "forward_cv", "contact_detail")


@dataclass(frozen=True, slots=True)
class Triage:
    """A request for the user's contacts: what it says, who is meant, reasons to be careful, three letters,
    the most careful first. `vouched` is yes, no or empty: then the user should be asked."""

    request: Request
    known: Known
    reasons: tuple[Reason, ...]
    recommended: str
    drafts: tuple[Note, ...]
    why: str
    answered: bool = False
    in_ledger: bool = True

    def draft(self, kind: str) -> Note:
        """The letter of this kind: decline, question or introduce."""
        return next(one for one in self.drafts if one.do == kind)

    def to_json(self) -> dict[str, Any]:
        request, known = self.request, self.known
        contact = known.contact.person if known.contact else None
        friend = known.friend.person.key if known.friend else None
        return {
            "message": {
                "id": request.id,
                "date": request.day.isoformat(),
                "subject": request.subject,
                "language": request.lang,
                "in_ledger": self.in_ledger,
                "answered": self.answered,
            },
            "from": {"person": request.asker.key, "name": request.asker.name},
            "quote": request.quote,
            "confidence": round(request.confidence, 2),
            "for": {
                "whom": request.for_whom,
                "name": request.friend or None,
                "words": request.friend_words or None,
                "person": friend,
            },
            "contact": {
                "words": request.target or None,
                "person": contact.key if contact else None,
                "name": contact.name if contact else None,
                "stage": known.contact.stage if known.contact else None,
                "could_be": [one.key for one in known.others],
            },
            "purpose": {"kind": request.purpose, "quote": request.purpose_quote or None},
            "question": request.question or None,
            "text_to_pass_on": request.blurb or None,
            "vouched": known.vouched or None,
            "reasons": [
                {"id": one.id, "message": one.message, "evidence": [e.to_json() for e in one.evidence]}
                for one in self.reasons
            ],
            "recommended": self.recommended,
            "why": self.why,
            "drafts": [one.to_json() for one in self.drafts],
        }


def to_json(found: Iterable[Triage], read: int) -> dict[str, Any]:
    """`askwell.triage/1`: the requests among so many mails that were read."""
    return {"schema": "askwell.triage/1", "read": read, "requests": [one.to_json() for one in found]}


def in_a_line(found: Triage) -> str:
    """Who asks what for whom, in one line."""
    request, contact = found.request, found.known.contact
    goal = contact.person.name if contact else request.target or say("somebody you know")
    if request.for_whom == "sender":
        return say("{name} wants to reach {goal}", name=request.asker.name, goal=goal)
    words = request.friend_words
    friend = request.friend or (quoted(words) if words else say("somebody else"))
    return say("{name} wants {friend} to reach {goal}", name=request.asker.name, friend=friend, goal=goal)


def triage(desk: Desk, message: Message, contact: str = "") -> Triage | None:
    """What one mail asks of the user's contacts, or None: it asks nothing of the kind, is the user's own, or
    is from a list or a machine.

    `contact` names who would be asked, where the mail does not say it well. Raises AskwellError for a name
    that is nobody's or several people's.
    """
    found = None if message.bulk or message.sender in desk.mine else requested(desk, message)
    if found is None:
        return None
    asker = found.request.asker
    known, request = _known(desk, message, found, contact)
    reasons = weigh(request, known, desk.today, desk.lang)
    best = recommend(reasons)
    in_ledger = desk.store.message(message.id) is not None
    return Triage(
        request,
        known,
        reasons,
        best,
        replies(request, desk.profile.name),
        word(desk.lang, f"recommend.{best}"),
        in_ledger and _answered(desk, message, asker),
        in_ledger,
    )


def inbox(desk: Desk, days: int = INBOX_DAYS) -> tuple[tuple[Triage, ...], int]:
    """The requests in the mail of the last days, the newest first, and how many mails were looked at."""
    if days < 1:
        raise AskwellError(say("A count of days begins at 1."), say("Try askwell triage --inbox --days 30."))
    first = desk.today - timedelta(days=days)
    mail = [
        one
        for one in between_us(desk.store, None, datetime.combine(first, time(0), tzinfo=UTC))
        if not one.by_me and not one.pause and first <= one.at.date() <= desk.today
    ]
    found = []
    for exchange, _ in requests_among(desk, mail):
        message = desk.store.message(exchange.id)
        one = triage(desk, message) if message else None
        if one:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.request.day, one.request.id), reverse=True)), len(mail)


def _known(desk: Desk, message: Message, found: Requested, contact: str) -> tuple[Known, Request]:
    """What the ledger knows of those in a request; and the request, with the name that the mail uses."""
    request, own = found.request, found.own
    people = everybody(desk.store)
    friend = _friend(request, people)
    apart = {request.asker.key, *([friend.key] if friend else [])}
    if contact:
        fitting: tuple[Person, ...] = (find(desk, contact),)
    else:
        fitting = meant(own, request.target, found.span, people, apart)
    usual = priors(desk)
    weighed = sorted(
        (bear(history(desk.store, one), desk.today, usual) for one in fitting[:8]),
        key=lambda one: (-one.rapport.score, one.person.key),
    )
    chosen = weighed[0] if weighed else None
    asker = bear(history(desk.store, request.asker), desk.today, usual)
    before, chased = _before(desk, message, request)
    vouched, entry = _vouched(desk, request, friend)
    known = Known(
        asker,
        chosen,
        tuple(one.person for one in weighed[1:]),
        bear(history(desk.store, friend), desk.today, usual) if friend else None,
        vouched,
        entry,
        before,
        chased,
        _intros(desk, request, friend, message.at),
        _for_others(desk, chosen),
    )
    first = short(chosen.person.name) if chosen else ""
    return known, replace(request, named=first if re.search(rf"(?<!\w){re.escape(first)}", own) else "")


def _friend(request: Request, people: Iterable[Person]) -> Person | None:
    """The one it asks for, if the ledger has exactly one person of this name."""
    if not request.friend:
        return None
    wanted = request.friend.casefold()
    whole = [one for one in people if one.name.casefold() == wanted]
    return whole[0] if len(whole) == 1 else None


def _before(desk: Desk, message: Message, request: Request) -> tuple[tuple[Evidence, ...], Evidence | None]:
    """The asker's earlier requests within a year, oldest first; and one of this thread within a day."""
    found: dict[str, Evidence] = {}
    chased = None
    what = word(desk.lang, "evidence.earlier", name=short(request.asker.name))
    thread = desk.store.thread_of(message.id)
    others = (one for one in _asking(desk, request.asker, message.at) if one.id != message.id)
    for exchange, earlier in requests_among(desk, others):
        proof = Evidence(exchange.at.date(), what, exchange.id, quote(earlier.request.quote))
        if message.at - exchange.at <= timedelta(days=1):
            chased = proof
        if not thread or exchange.thread != thread:
            found[exchange.id] = proof
    said = [one for one in desk.store.said(request.asker.key) if _asked_of_me(one, request.asker)]
    for one in said:
        if one.at < message.at and one.at.date() != message.at.date():
            found[one.id] = Evidence(one.at.date(), what, one.id, quote(one.text))
    kept = (one for one in found.values() if (message.at.date() - one.date).days <= YEAR)
    return tuple(sorted(kept, key=lambda one: (one.date, one.source))), chased


def _asking(desk: Desk, asker: Person, until: datetime) -> Iterator[Exchange]:
    if not asker.addresses:
        return
    first = until - timedelta(days=YEAR)
    for one in between_us(desk.store, asker.addresses, first):
        recent = first <= one.at <= until
        if not one.by_me and recent and one.reading:
            yield one


def _asked_of_me(one: Said, asker: Person) -> bool:
    ends = {asker.key, *asker.addresses}
    for_friend = dict(one.more).get("for") == "third_party"
    return one.kind == "ask" and one.by in ends and ME in one.to and (for_friend or one.about in ASKED_OF_ME)


def _vouched(desk: Desk, request: Request, friend: Person | None) -> tuple[str, Evidence | None]:
    """What the user has last said of the work of the one it is for."""
    who = request.asker if request.for_whom == "sender" else friend
    if who is None:
        return "", None
    last = vouched(desk, who)
    if last is None:
        return "", None
    proof = Evidence(last.at.date(), word(desk.lang, "evidence.vouch"), last.id, quote(last.text))
    return ("no" if last.about == "no" else "yes"), proof


def _intros(desk: Desk, request: Request, friend: Person | None, before: datetime) -> tuple[Intro, ...]:
    """Introductions that the user made of the asker, on the asker's behalf, or of the friend."""
    ends = {request.asker.key, *request.asker.addresses} | ({friend.key} if friend else set())
    known = {one.id: one for who in (request.asker, friend) if who for one in introductions(desk, who)}
    return tuple(
        one
        for one in sorted(known.values(), key=lambda one: (one.steps[0].at, one.id))
        if one.by == ME and ends & {one.beneficiary, one.asked_by} and one.steps[0].at < before
    )


def _for_others(desk: Desk, contact: Bearing | None) -> tuple[Evidence, ...]:
    """The user's asks to the contact on behalf of others, oldest first."""
    if contact is None:
        return ()
    what = word(desk.lang, "evidence.asked", contact=short(contact.person.name))
    return tuple(
        Evidence(one.at.date(), what, one.source, quote(one.text))
        for one in contact.history.of("ask", by=MINE)
        if one.beneficiary == "third_party"
    )


def _answered(desk: Desk, message: Message, asker: Person) -> bool:
    """Whether the user has written to the asker in this thread since, or noted an answer."""
    thread = desk.store.thread_of(message.id)
    mail = between_us(desk.store, asker.addresses, message.at) if asker.addresses else ()
    if any(one.by_me and one.at > message.at and one.thread == thread for one in mail):
        return True
    said = desk.store.said(asker.key)
    ends = {asker.key, *asker.addresses}
    mine = (one for one in said if one.by == ME and one.at.date() >= message.at.date())
    return any(
        (one.kind in ("decline", "hold") and ends & set(one.to))
        or (one.kind == "intro" and ends & {dict(one.more).get(role) for role in ("asked_by", "for")})
        for one in mine
    )
