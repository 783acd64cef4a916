"""Telling what came of somebody's help: what `askwell told --json` prints."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from askwell.app.told import told
from askwell.doors.web.api.answers import Day, Form, Line, json, says
from askwell.doors.web.api.letters import Letters
from askwell.doors.web.visit import Visitor

router = APIRouter(tags=["told"])


class Outcome(Form):
    """What came of the help of those named, as one would say it to them: "I got the job"."""

    who: Annotated[tuple[Annotated[Line, Field(min_length=1)], ...], Field(min_length=1, max_length=20)]
    words: Annotated[Line, Field(min_length=1)]
    about: Line = Field("", description="Which help it came of, such as referral or contact_detail.")
    already: bool = Field(default=False, description="They know: it is noted, and no letter is written.")
    lang: Literal["", "en", "nb", "nn"] = Field("", alias="in")
    on: Day | None = None


class Told(Form):
    """`askwell.told/1`: a letter to each."""

    schema_: Literal["askwell.told/1"] = Field(alias="schema")
    told: list[Letters]


@router.post("/told", **says(Told, 200, 404, 409))
def note(visit: Visitor, said: Outcome) -> Response:
    """Note what came of it, and write the letter that tells them. Can be undone."""
    with visit.desk(said.on) as desk:
        found = told(desk, said.who, said.words, about=said.about, already=said.already, lang=said.lang)
    answer: dict[str, Any] = {"schema": "askwell.told/1", "told": [one.to_json() for one in found]}
    return json(answer)
