"""Who asks for one's contacts: the reasons for the user alone, three answers, and which one was given."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, UploadFile
from starlette.responses import RedirectResponse, Response

from askwell.app.choice import answer, vouch_for
from askwell.app.desk import Desk
from askwell.app.letters import Letters
from askwell.app.letters_in import letter_of
from askwell.app.triage import HEADINGS, Triage, in_a_line, inbox, triage
from askwell.doors.web.visit import Visit, Visitor
from askwell.errors import AskwellError
from askwell.words import language, say

router = APIRouter()
DAYS = (30, 90, 365)
Line = Annotated[str, Form(max_length=2000)]
Words = Annotated[str, Form()]
Name = Annotated[str, Query(max_length=2000)]


@dataclass(frozen=True, slots=True)
class Given:
    """Which mail is meant: one of the ledger by its `id`, or a pasted one in base64 with its `sender`, where
    it does not say so itself. `contact` is who would be asked, if the user has said so."""

    id: str = ""
    raw: str = ""
    sender: str = ""
    contact: str = ""

    @property
    def path(self) -> str:
        """Where a mail of the ledger is shown."""
        more = {"contact": self.contact} if self.contact else {}
        return f"/requests/one?{urlencode({'id': self.id} | more)}"


@router.get("/requests")
def show(
    visit: Visitor,
    days: Annotated[int, Query(ge=1, le=365)] = 30,
    every: Annotated[str, Query(max_length=5)] = "",
) -> Response:
    """The requests of the last days that wait for an answer, and a place for a pasted mail."""
    return _listed(visit, next(one for one in DAYS if days <= one), bool(every))


@router.get("/requests/one")
def show_one(
    visit: Visitor, id: Name = "", contact: Name = "", chosen: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """One request of the ledger, with its three answers."""
    if not id:
        return RedirectResponse("/requests", 303)
    return _shown(visit, Given(id, contact=contact.strip()), chosen)


@router.post("/requests")
def read(
    visit: Visitor,
    mail: Words = "",
    sender: Line = "",
    contact: Line = "",
    raw: Words = "",
    file: UploadFile | None = None,
) -> Response:
    """A mail that was pasted or dropped. Nothing is kept of it."""
    data = (file.file.read() if file else b"") or mail.encode("utf-8", "surrogateescape") or _bytes(raw)
    given = Given(raw=base64.b64encode(data).decode(), sender=sender.strip(), contact=contact.strip())
    try:
        return _shown(visit, given)
    except AskwellError as error:
        return _listed(visit, trouble=error, mail=mail, sender=sender)


@router.post("/requests/answer")
def decide(
    visit: Visitor, do: Line, *, id: Line = "", raw: Words = "", sender: Line = "", contact: Line = ""
) -> Response:
    """Say whether one vouches (`yes`, `no`), or which answer one gives."""
    given = Given(id, raw, sender, contact)
    with visit.desk() as desk:
        found = _found(desk, given)
        if found is None:
            raise AskwellError(say("This mail asks for none of your contacts."), say("Nothing was changed."))
        if do in ("yes", "no"):
            vouch_for(desk, found, do == "yes")
        else:
            answer(desk, found, do)
        action = visit.last(desk)
    chosen = do if do in HEADINGS else ""
    if id:
        return visit.done(given.path + (f"&chosen={chosen}" if chosen else ""), action)
    return _shown(visit, given, chosen, action)


def _bytes(raw: str) -> bytes:
    try:
        return base64.b64decode(raw, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _found(desk: Desk, given: Given) -> Triage | None:
    if given.id:
        message = desk.store.message(given.id)
        if message is None:
            what = say("There is no message {id}.", id=given.id)
            raise AskwellError(what, say("Perhaps it was taken back."), http_status=404)
    else:
        message = letter_of(desk, _bytes(given.raw), say("the mail"), given.sender)
    return triage(desk, message, given.contact)


def _listed(
    visit: Visit, days: int = DAYS[0], every: bool = False, trouble: AskwellError | None = None, **given: str
) -> Response:
    with visit.desk() as desk:
        requests, read = visit.desks.kept(desk, f"requests {days} {language()}", lambda at: inbox(at, days))
        _seen(visit, desk).update({(one.request.id, "", language()): one for one in requests})
    shown = [one for one in requests if every or not one.answered]
    return visit.page(
        "requests.html",
        status=trouble.http_status if trouble else 200,
        shown=shown,
        answered=len(requests) - len(shown),
        read=read,
        days=(days, DAYS),
        every=every,
        line=in_a_line,
        headings=HEADINGS,
        trouble=trouble,
        given={"mail": "", "sender": ""} | given,
        path=lambda one: Given(one.request.id).path,
    )


def _seen(visit: Visit, desk: Desk) -> dict[tuple[str, str, str], Triage]:
    """The requests that were looked at since the ledger changed."""
    return visit.desks.kept(desk, "requests seen", lambda _: {})


def _shown(visit: Visit, given: Given, chosen: str = "", action: int | None = None) -> Response:
    with visit.desk() as desk:
        seen, known = _seen(visit, desk), (given.id, given.contact, language())
        found = seen.get(known) if given.id else None
        found = found or _found(desk, given)
        if found and given.id:
            seen[known] = found
    if found is None:
        return visit.page("request_none.html", given=given)
    named = found.request.for_whom == "sender" or found.known.friend or found.request.friend
    drafts = sorted(found.drafts, key=lambda one: (one.do != chosen, one.do != found.recommended))
    return visit.page(
        "request.html",
        here=given.path if given.id else "/requests",
        found=found,
        given=given,
        drafts=drafts,
        chosen=chosen,
        action=action,
        title=in_a_line(found),
        headings=HEADINGS,
        named=bool(named),
        to=Letters(found.request.asker).to,
    )
