"""Who has not answered for long: what `askwell quiet --json` prints."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from askwell.app.quiet import quiet
from askwell.doors.web.api.answers import Day, Form, Line, When, json, says
from askwell.doors.web.api.letters import Letter
from askwell.doors.web.visit import Visitor

router = APIRouter(tags=["quiet"])


class Before(Form):
    what: str
    date: When
    about: str | None
    quote: str
    source: str
    patterns: list[str]


class Silence(Form):
    """How things stand after the last ask. `mended` is when the user has said sorry since: then there is no
    letter."""

    person: str
    name: str
    state: str
    days: int
    said: str
    before: list[Before]
    letter: Letter | None
    mended: When | None


class Silences(Form):
    """`askwell.quiet/1`."""

    schema_: Literal["askwell.quiet/1"] = Field(alias="schema")
    people: list[Silence]


@router.get("/quiet", **says(Silences, 200, 404, 409))
def show(
    visit: Visitor,
    who: Annotated[Line, Query(description="How things stand with one person.")] = "",
    lang: Annotated[Literal["", "en", "nb", "nn"], Query(alias="in")] = "",
    on: Annotated[Day | None, Query()] = None,
) -> Response:
    """Those who have been quiet after an ask, the nearest first."""
    with visit.desk(on) as desk:
        return json(quiet(desk, who, lang=lang).to_json())
