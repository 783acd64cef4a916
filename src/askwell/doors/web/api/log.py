"""Noting what mail does not show, saying what is right, and taking things back: log, correct, undo."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from askwell.app.log import correct, log
from askwell.app.undo import undo
from askwell.doors.web.api.answers import Form, Line, Text, When, json, says
from askwell.doors.web.visit import Visitor
from askwell.store.contract import Action

router = APIRouter(tags=["log"])


class Entry(Form):
    """Lines of a story (docs/story.md): `thanks me -> kari`. Without a date they are of today."""

    text: Annotated[Text, Field(min_length=1)]


class Kept(Form):
    """`askwell.log/1`."""

    schema_: Literal["askwell.log/1"] = Field(alias="schema")
    kept: list[str]


class Correction(Form):
    """`message` is the id behind a quote, `words` (some of) the words that were read there."""

    message: Annotated[Line, Field(min_length=1)]
    words: Annotated[Text, Field(min_length=1)]
    what: Annotated[Line, Field(min_length=1)]


class Corrected(Form):
    """`askwell.correct/1`."""

    schema_: Literal["askwell.correct/1"] = Field(alias="schema")
    id: str
    message: str
    what: str


class Done(Form):
    number: int
    date: When
    verb: str
    what: str
    undone: bool


class Actions(Form):
    """`askwell.undo/1`: what was done, newest first."""

    schema_: Literal["askwell.undo/1"] = Field(alias="schema")
    actions: list[Done]


class Which(Form):
    """Without a number the last thing done is meant."""

    number: Annotated[int, Field(ge=1, le=2**53)] | None = None


class Undone(Form):
    """`askwell.undo/1`."""

    schema_: Literal["askwell.undo/1"] = Field(alias="schema")
    number: int
    verb: str
    what: str


@router.post("/log", **says(Kept, 201, 404, 409))
def note(visit: Visitor, entry: Entry) -> Response:
    """Note a meeting, a favour, an ask by telephone. Can be undone."""
    with visit.desk() as desk:
        kept = log(desk, entry.text)
    return json({"schema": "askwell.log/1", "kept": [one.id for one in kept]}, 201)


@router.post("/correct", **says(Corrected, 201))
def mend(visit: Visitor, said: Correction) -> Response:
    """Say what is right where Askwell read it wrong. Can be undone."""
    with visit.desk() as desk:
        kept = correct(desk, said.message, said.words, said.what)
    found = {"schema": "askwell.correct/1", "id": kept.id, "message": kept.message, "what": kept.what}
    return json(found, 201)


@router.get("/undo", **says(Actions))
def show(visit: Visitor, limit: Annotated[int, Query(ge=1, le=1000)] = 50) -> Response:
    """What was done, newest first."""
    with visit.desk() as desk:
        return json(
            {"schema": "askwell.undo/1", "actions": [_done(one) for one in desk.store.actions(limit)]}
        )


@router.post("/undo", **says(Undone, 200, 404, 409))
def take_back(visit: Visitor, which: Which) -> Response:
    """Take back an action and all that it brought."""
    with visit.desk() as desk:
        action = undo(desk, which.number)
    return json({"schema": "askwell.undo/1", "number": action.id, "verb": action.verb, "what": action.what})


def _done(one: Action) -> dict[str, Any]:
    day = one.at.date().isoformat()
    return {"number": one.id, "date": day, "verb": one.verb, "what": one.what, "undone": one.undone}
