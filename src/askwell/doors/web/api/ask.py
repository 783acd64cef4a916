"""Whom to ask for what, towards an aim: what `askwell ask --json` prints."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from askwell.app.ask import ask
from askwell.doors.web.api.answers import Day, Form, Line, When, json, says
from askwell.doors.web.visit import Visitor

router = APIRouter(tags=["ask"])


class Aim(Form):
    """An aim in a few words: "a job at Nordlys"."""

    aim: Annotated[Line, Field(min_length=1)]
    on: Day | None = None


class Read(Form):
    kind: str
    place: str
    topic: str


class Way(Form):
    person: str
    name: str
    stage: str
    ask_for: str
    in_words: str
    too_much: str | None
    why: str
    not_before: When | None


class Ladder(Form):
    """`askwell.ask/1`: the ways towards an aim, the best first, and a first letter."""

    schema_: Literal["askwell.ask/1"] = Field(alias="schema")
    aim: Read
    ways: list[Way]
    draft: str | None


@router.post("/ask", **says(Ladder))
def show(visit: Visitor, aim: Aim) -> Response:
    """Whom to ask for what. Nothing is kept."""
    with visit.desk(aim.on) as desk:
        return json(ask(desk, aim.aim).to_json())
