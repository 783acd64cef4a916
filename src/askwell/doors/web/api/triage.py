"""Who asks for one's contacts: what `askwell triage --json` prints, and which answer one gives."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from askwell.app.choice import answer, vouch_for
from askwell.app.desk import Desk
from askwell.app.letters_in import letter_of
from askwell.app.triage import Triage, inbox, to_json, triage
from askwell.doors.web.api.answers import Day, Form, Line, Text, When, json, says
from askwell.doors.web.api.check import Evidence
from askwell.doors.web.api.letters import Letter
from askwell.doors.web.visit import Visitor
from askwell.errors import AskwellError
from askwell.words import say

router = APIRouter(tags=["triage"])
Reply = Literal["decline", "question", "introduce"]


class Mail(Form):
    """A received mail: a whole mail, the text alone with its sender (`from`), or the `id` of one in the
    ledger. `who` would be asked, where the mail does not say it well. `vouch` and `choose` are noted, and
    can be undone; without them nothing is kept."""

    text: Text = ""
    id: Line = ""
    sender: Line = Field("", alias="from")
    who: Line = ""
    vouch: bool | None = None
    choose: Reply | None = None
    on: Day | None = None


class Source(Form):
    id: str
    date: When
    subject: str
    language: str
    in_ledger: bool
    answered: bool


class Asker(Form):
    person: str
    name: str


class Friend(Form):
    whom: str
    name: str | None
    words: str | None
    person: str | None


class Contact(Form):
    words: str | None
    person: str | None
    name: str | None
    stage: str | None
    could_be: list[str]


class Purpose(Form):
    kind: str
    quote: str | None


class Reason(Form):
    id: str
    message: str
    evidence: list[Evidence]


class Request(Form):
    """The reasons are for the user alone; none of the drafts speaks of them."""

    message: Source
    asker: Asker = Field(alias="from")
    quote: str
    confidence: float
    friend: Friend = Field(alias="for")
    contact: Contact
    purpose: Purpose
    question: str | None
    text_to_pass_on: str | None
    vouched: str | None
    reasons: list[Reason]
    recommended: Reply
    why: str
    drafts: list[Letter]


class Requests(Form):
    """`askwell.triage/1`: the requests among so many mails that were read."""

    schema_: Literal["askwell.triage/1"] = Field(alias="schema")
    read: int
    requests: list[Request]


@router.get("/triage", **says(Requests))
def show(
    visit: Visitor,
    days: Annotated[int, Query(ge=1, le=3650)] = 30,
    every: Annotated[bool, Query(description="Those that are answered too.")] = False,
    on: Annotated[Day | None, Query()] = None,
) -> Response:
    """The requests in the mail of the last days, the newest first."""
    with visit.desk(on) as desk:
        found, read = inbox(desk, days)
    return json(to_json([one for one in found if every or not one.answered], read))


@router.post("/triage", **says(Requests, 200, 404, 409))
def look(visit: Visitor, mail: Mail) -> Response:
    """What one mail asks of one's contacts, with three answers; and what one says of it."""
    with visit.desk(mail.on) as desk:
        found = _found(desk, mail)
        if found and mail.vouch is not None:
            vouch_for(desk, found, mail.vouch)
            found = _found(desk, mail)
        if found and mail.choose:
            answer(desk, found, mail.choose)
        said: dict[str, Any] = to_json([found] if found else [], 1)
    return json(said)


def _found(desk: Desk, mail: Mail) -> Triage | None:
    message = desk.store.message(mail.id) if mail.id else None
    if mail.id and message is None:
        raise AskwellError(
            say("There is no message {id}.", id=mail.id),
            say("The id stands behind each quote: <…>."),
            http_status=404,
        )
    data = mail.text.encode("utf-8", "replace")
    return triage(desk, message or letter_of(desk, data, say("the mail"), mail.sender), mail.who)
