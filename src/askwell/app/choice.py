"""What the user decides of a request for their contacts: which answer it gets. Undoable."""

from __future__ import annotations

from datetime import UTC, datetime, time

from askwell.app.desk import Desk
from askwell.app.newcomers import free_key
from askwell.app.triage import Triage
from askwell.app.vouch import vouch
from askwell.errors import AskwellError
from askwell.judge.clauses import Note
from askwell.judge.triage import REPLIES
from askwell.ledger.entries import Said
from askwell.ledger.person import ME, Person
from askwell.words import later, say

_NOTED = {"decline": later("decline"), "question": later("question"), "introduce": later("introduce")}
"""What an answer is called among the things that can be taken back."""


def answer(desk: Desk, found: Triage, kind: str) -> Note:
    """Choose an answer: note it and return its letter. Nothing is sent.

    A no is noted as a no, one question as an answer for the time being, and an introduction as proposed.
    Raises AskwellError for an unknown kind, or where nobody is known who could be asked.
    """
    if kind not in REPLIES:
        raise AskwellError(
            say('There is no answer "{kind}".', kind=kind),
            say("Choose one of {choices}.", choices=", ".join(REPLIES)),
        )
    request = found.request
    asker = request.asker.key
    entries = [] if found.in_ledger else [_asked(found)]
    if kind == "introduce":
        entries.append(_proposed(desk, found))
    else:
        said = "decline" if kind == "decline" else "hold"
        entries.append(Said(desk.now, said, ME, (asker,), "specific_introduction", request.subject))
    action = desk.store.begin(desk.now, "triage", f"{say(_NOTED[kind])}: {request.asker.name}")
    friend = _friend(desk, found)
    if kind == "introduce" and friend and desk.store.person(friend.key) is None and "@" not in friend.key:
        desk.store.put_person(action, friend)
    for one in entries:
        desk.store.say(action, one)
    return found.draft(kind)


def vouch_for(desk: Desk, found: Triage, yes: bool) -> Said:
    """Say whether one vouches for whom a request is for. Raises AskwellError if it does not name them."""
    friend = _friend(desk, found)
    if friend is None:
        raise AskwellError(
            say("The mail does not say by name whom it is for."),
            say("Note it of a person: askwell log 'vouch me -> WHO no'"),
        )
    return vouch(desk, friend.addresses[0] if "@" in friend.key else friend.name, yes)


def _asked(found: Triage) -> Said:
    """The request itself, where its mail is not in the ledger."""
    request = found.request
    at = datetime.combine(request.day, time(12), tzinfo=UTC)
    more = (("for", "third_party"),) if request.for_whom == "third_party" else ()
    return Said(at, "ask", request.asker.key, (ME,), "specific_introduction", request.quote, more)


def _proposed(desk: Desk, found: Triage) -> Said:
    contact = found.known.contact
    friend = _friend(desk, found)
    if contact is None or friend is None:
        raise AskwellError(
            say("It is not known who would be introduced to whom."),
            say("Name them: askwell intro propose FRIEND CONTACT --purpose …"),
        )
    request = found.request
    more = {
        "state": "proposed",
        "for": friend.key,
        "asked_by": request.asker.key,
        "purpose": request.purpose_quote,
        "blurb": request.blurb,
    }
    pairs = tuple(sorted((name, value) for name, value in more.items() if value))
    return Said(desk.now, "intro", ME, (friend.key, contact.person.key), "", "", pairs)


def _friend(desk: Desk, found: Triage) -> Person | None:
    """Whom it is for, as a person: the asker, somebody known, or somebody new by the name in the mail."""
    if found.request.for_whom == "sender":
        return found.request.asker
    if found.known.friend:
        return found.known.friend.person
    name = found.request.friend
    return Person(free_key(name, {one.key for one in desk.store.people()}), name) if name else None
