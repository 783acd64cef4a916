"""Who has to do with something: what `askwell who --json` prints."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from askwell.app.who import SHOWN, who
from askwell.doors.web.api.answers import Day, Form, When, json, says
from askwell.doors.web.visit import Visitor

router = APIRouter(tags=["who"])


class Reason(Form):
    """`what` is one of title, org, tag, name, met, note, mail."""

    what: str
    words: str
    date: When | None
    quote: str
    source: str
    messages: int


class Path(Form):
    by: str
    name: str
    date: When
    purpose: str
    source: str


class Hit(Form):
    """Somebody who was found, and what the relationship bears as things stand."""

    person: str
    name: str
    org: str
    title: str
    stage: str
    was: str | None
    reconnect: bool
    last_contact: When | None
    ask_for: str | None
    too_much: str | None
    not_before: When | None
    why: list[Reason]
    paths: list[Path]


class Who(Form):
    """`askwell.who/1`: the best first, and how many more there are."""

    schema_: Literal["askwell.who/1"] = Field(alias="schema")
    words: str
    at: str
    people: list[Hit]
    more: int


@router.get("/who", **says(Who))
def show(
    visit: Visitor,
    words: Annotated[str, Query(max_length=500)] = "",
    at: Annotated[str, Query(max_length=200, description="Only those who work there.")] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = SHOWN,
    on: Annotated[Day | None, Query()] = None,
) -> Response:
    """Who has to do with the words, in any of their forms, or works at a firm."""
    with visit.desk(on) as desk:
        return json(who(desk, words, at=at, shown=limit).to_json())
