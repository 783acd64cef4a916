"""Whom to thank, tell, give back to, write to and leave in peace: what `askwell today --json` prints."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from askwell.app.today import today
from askwell.doors.web.api.answers import Day, Form, When, json, says
from askwell.doors.web.visit import Visitor

router = APIRouter(tags=["today"])


class Item(Form):
    person: str
    name: str
    what: str = Field(alias="for")
    date: When
    source: str
    quote: str
    until: When | None = None


class Today(Form):
    """`askwell.today/1`."""

    schema_: Literal["askwell.today/1"] = Field(alias="schema")
    date: When
    thank: list[Item]
    tell: list[Item]
    give_back: list[Item]
    reconnect: list[Item]
    leave_in_peace: list[Item]


@router.get("/today", **says(Today))
def show(visit: Visitor, on: Annotated[Day | None, Query()] = None) -> Response:
    """The lists of today, or of another day."""
    with visit.desk(on) as desk:
        return json(today(desk).to_json())
