"""What the gate held: what `askwell gate --held --json` prints."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import Field
from starlette.responses import Response

from askwell.app.held import find, listed, troubles
from askwell.doors.web.api.answers import Form, json, says
from askwell.doors.web.api.check import Verdict
from askwell.doors.web.visit import Visitor
from askwell.errors import AskwellError
from askwell.words import say

router = APIRouter(tags=["held"])
Key = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


class Held(Form):
    """`askwell.held/1`. `passed` says when it was sent again and went out, empty if it was not."""

    schema_: Literal["askwell.held/1"] = Field(alias="schema")
    key: str
    at: datetime
    sender: str
    to: list[str]
    subject: str
    draft: str
    verdict: Verdict
    passed: str


class Trouble(Form):
    at: datetime
    what: str


class Gate(Form):
    """`askwell.gate/1`: what was held, and what passed unjudged, the newest first."""

    schema_: Literal["askwell.gate/1"] = Field(alias="schema")
    held: list[Held]
    trouble: list[Trouble]


@router.get("/held", **says(Gate))
def show(visit: Visitor) -> Response:
    """All that is kept."""
    home = visit.desks.home
    trouble = [{"at": one.at.isoformat(), "what": one.what} for one in troubles(home)]
    said: dict[str, Any] = {"held": [one.to_json() for one in listed(home)], "trouble": trouble}
    return json({"schema": "askwell.gate/1"} | said)


@router.get("/held/{key}", **says(Held, 200, 404))
def show_one(visit: Visitor, key: Key) -> Response:
    """One letter with its verdict."""
    found = find(visit.desks.home, key)
    if found is None:
        raise AskwellError(
            say("There is no such letter."), say("GET /api/v1/held names all."), http_status=404
        )
    return json(found.to_json())
