"""Who may be one person: what `askwell people --review --json` prints, and the user's decisions."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from askwell.app.likeness import accept, pair, refuse, suggestions
from askwell.doors.web.api.answers import Form, Line, json, says
from askwell.doors.web.visit import Visitor

router = APIRouter(tags=["review"])


class Reason(Form):
    what: str
    value: str


class Pair(Form):
    """Two people who may be one; `bits` is the weight of the evidence."""

    one: str
    other: str
    reasons: list[Reason]
    bits: float


class Review(Form):
    """`askwell.review/1`. `count` is how many wait; at most `limit` of them are shown, the surest first."""

    schema_: Literal["askwell.review/1"] = Field(alias="schema")
    pairs: list[Pair]
    count: int


class Decision(Form):
    """Whether two people are one."""

    one: Annotated[Line, Field(min_length=1)]
    other: Annotated[Line, Field(min_length=1)]
    same: bool


class Decided(Form):
    """`askwell.review/1`: the action's number, for undo."""

    schema_: Literal["askwell.review/1"] = Field(alias="schema")
    action: int
    one: str
    other: str
    same: bool


@router.get("/review", **says(Review))
def show(visit: Visitor, limit: Annotated[int, Query(ge=1, le=10_000)] = 100) -> Response:
    """The pairs that are not decided yet, the surest first."""
    with visit.desk() as desk:
        found = visit.desks.kept(desk, "review", suggestions)
    pairs = [one.to_json() for one in found[:limit]]
    return json({"schema": "askwell.review/1", "pairs": pairs, "count": len(found)})


@router.post("/review", **says(Decided, 200, 404))
def decide(visit: Visitor, said: Decision) -> Response:
    """Decide on a pair. Can be undone."""
    with visit.desk() as desk:
        both = pair(desk, said.one, said.other)
        if said.same:
            accept(desk, both)
        else:
            refuse(desk, both)
        found: dict[str, Any] = {"schema": "askwell.review/1", "action": visit.last(desk)}
    return json(found | {"one": said.one, "other": said.other, "same": said.same})
