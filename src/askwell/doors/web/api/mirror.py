"""How the user asks: what `askwell mirror --json` prints."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from askwell.app.mirror import look
from askwell.doors.web.api.answers import Day, Form, When, json, says
from askwell.doors.web.visit import Visitor

router = APIRouter(tags=["mirror"])


class Kind(Form):
    """How often something was asked for, over all people together."""

    about: str
    asked: int
    answered: int
    waiting: int


class Letter(Form):
    """Where a way of asking was read."""

    date: When
    quote: str
    source: str


class Habit(Form):
    """A way of asking that was read in letters of the user's."""

    pattern: str
    letters: int
    examples: list[Letter]


class Mirror(Form):
    """`askwell.mirror/1`. Days are medians, null where there is none."""

    schema_: Literal["askwell.mirror/1"] = Field(alias="schema")
    since: When
    until: When
    asked: int
    people: int
    kinds: list[Kind]
    answered: int
    waiting: int
    days_until_answer: float | None
    your_days_until_answer: float | None
    had_help: int
    thanked_for: int
    days_until_thanks: float | None
    reminded: int
    reminded_more_than_once: int
    pressed: int
    habits: list[Habit]
    helped: int
    offered: int
    told_how_it_went: int
    in_words: list[str]


@router.get("/mirror", **says(Mirror))
def show(
    visit: Visitor, since: Annotated[Day | None, Query()] = None, on: Annotated[Day | None, Query()] = None
) -> Response:
    """From a day on; else the last year."""
    with visit.desk(on) as desk:
        return json(look(desk, since).to_json())
