"""Introductions: what `askwell intro --json` prints, and the steps that one notes."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from askwell.app.intro import Told, apology, intro, listed, to_json
from askwell.doors.web.api.answers import Day, Form, Line, Text, When, json, says
from askwell.doors.web.api.check import Evidence
from askwell.doors.web.api.letters import Letter
from askwell.doors.web.visit import Visitor
from askwell.ledger.person import ME

router = APIRouter(tags=["intro"])
Name = Annotated[Line, Field(min_length=1)]


class Step(Form):
    """A step of an introduction. `by` introduces `one` and `other`; `side` is whom the step is about, `wish`
    whose wish it is, `asked_by` who came with it."""

    do: Literal["propose", "ask", "agreed", "declined", "made", "met", "told", "drop"]
    one: Name
    other: Name
    by: Name = ME
    side: Line = ""
    wish: Line = Field("", alias="for")
    asked_by: Line = ""
    purpose: Line = ""
    actually: Line = ""
    outcome: Line = ""
    text: Text = Field("", description="The text that may be passed on.")
    on: Day | None = None


class Side(Form):
    person: str
    name: str


class Past(Form):
    date: When
    state: str
    side: str | None
    quote: str | None
    source: str
    read: bool


class Caution(Form):
    id: str
    message: str
    evidence: list[Evidence]


class Introduction(Form):
    """Two people and who brings them together; `turned` says that something else was asked in the end, and
    `burned` of whom. `cautions` and `letter` belong to the step that was just noted."""

    id: str
    by: str
    between: list[Side]
    stage: str
    wish: str | None = Field(alias="for")
    asked_by: str | None
    purpose: str | None
    actually: str | None
    turned: bool
    burned: list[str]
    outcome: str | None
    text_to_pass_on: str | None
    consent: dict[str, str | None]
    steps: list[Past]
    cautions: list[Caution]
    to: str | None
    letter: Letter | None


class Introductions(Form):
    """`askwell.intro/1`"""

    schema_: Literal["askwell.intro/1"] = Field(alias="schema")
    intros: list[Introduction]


@router.get("/intro", **says(Introductions, 200, 404, 409))
def show(
    visit: Visitor,
    who: Annotated[Line, Query(description="Those of one person.")] = "",
    open: Annotated[bool, Query(description="Only those on their way.")] = False,  # noqa: A002
) -> Response:
    """The introductions, the newest first."""
    with visit.desk() as desk:
        return json(to_json(desk, [Told(one) for one in listed(desk, who, not open)]))


@router.post("/intro", **says(Introductions, 200, 404, 409))
def note(visit: Visitor, said: Step) -> Response:
    """Note a step; the letter that belongs to it comes with the answer. Can be undone."""
    more = {"for": said.wish, "asked_by": said.asked_by, "purpose": said.purpose, "blurb": said.text}
    more |= {"actually": said.actually, "outcome": said.outcome}
    with visit.desk(said.on) as desk:
        told = intro(desk, said.do, (said.one, said.other), by=said.by, side=said.side, more=more)
        return json(to_json(desk, [told]))


@router.get("/intro/apology", **says(Introductions, 200, 404, 409))
def sorry(
    visit: Visitor,
    one: Annotated[Line, Query(min_length=1)],
    other: Annotated[Line, Query(min_length=1)],
    on: Annotated[Day | None, Query()] = None,
) -> Response:
    """The letter to the one who was asked something else than they were told."""
    with visit.desk(on) as desk:
        return json(to_json(desk, [apology(desk, (one, other))]))
