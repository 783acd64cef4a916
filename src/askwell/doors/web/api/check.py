"""Is this letter wise to send? The answer is what `askwell check --json` prints."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from askwell.app.check import check
from askwell.app.draft import parse_draft
from askwell.doors.web.api.answers import Day, Form, Line, Span, Text, When, json, says
from askwell.doors.web.api.read import Act
from askwell.doors.web.visit import Visitor
from askwell.words import say

router = APIRouter(tags=["check"])


class Draft(Form):
    """A letter: plain text, or a whole mail with its own To and Subject."""

    text: Text
    to: Annotated[tuple[Line, ...], Field(max_length=50)] = ()
    subject: Line = ""
    on: Day | None = None


class Addressee(Form):
    person: str
    name: str
    stage: str
    last_contact: When | None


class Evidence(Form):
    date: When
    what: str
    source: str
    quote: str = ""


class Finding(Form):
    id: str
    pattern: str
    level: Literal["note", "soften", "wait", "stop"]
    span: Span | None
    message: str
    why: str
    suggest: str
    evidence: list[Evidence]


class Step(Form):
    do: str
    about: str = Field(alias="for")
    draft: str = ""


class Verdict(Form):
    """`askwell.verdict/1`."""

    schema_: Literal["askwell.verdict/1"] = Field(alias="schema")
    verdict: Literal["send", "soften", "wait", "dont"]
    summary: str
    language: Literal["en", "nb", "nn"]
    to: list[Addressee]
    acts: list[Act]
    findings: list[Finding]
    first: list[Step]
    rewrite: str | None
    not_before: When | None


@router.post("/check", **says(Verdict, 200, 404, 409))
def look(visit: Visitor, draft: Draft) -> Response:
    """Check a letter to these people, on this day (today unless said otherwise)."""
    letter = parse_draft(draft.text.encode("utf-8", "replace"), say("the draft"))
    letter = replace(letter, subject=draft.subject or letter.subject)
    with visit.desk(draft.on) as desk:
        found: dict[str, Any] = check(desk, letter, [one for one in draft.to if one.strip()]).to_json()
    return json(found)
