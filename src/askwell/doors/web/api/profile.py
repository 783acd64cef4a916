"""Who the user is: what `askwell profile --json` prints."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from askwell.app.profile import Change, edit
from askwell.doors.web.api.answers import Form, Line, json, says
from askwell.doors.web.visit import Visitor
from askwell.ledger import person

router = APIRouter(tags=["profile"])
List = Literal["goals", "interests", "offers", "languages", "addresses"]
Few = Annotated[tuple[Annotated[Line, Field(min_length=1)], ...], Field(max_length=100)]


class Profile(Form):
    """`askwell.profile/1`."""

    schema_: Literal["askwell.profile/1"] = Field(alias="schema")
    name: str
    addresses: list[str]
    goals: list[str]
    interests: list[str]
    offers: list[str]
    languages: list[str]


class Said(Form):
    """What to put in, by list, and what to take out, by its words."""

    name: Line = ""
    add: dict[List, Few] = Field(default_factory=dict)
    remove: Few = ()


@router.get("/profile", **says(Profile))
def show(visit: Visitor) -> Response:
    """Aims, interests, what the user can offer."""
    with visit.desk() as desk:
        return json(_as_json(desk.profile))


@router.patch("/profile", **says(Profile))
def change(visit: Visitor, said: Said) -> Response:
    """Put something in or take it out."""
    add = tuple((name, words) for name, several in said.add.items() for words in several)
    with visit.desk() as desk:
        return json(_as_json(edit(desk, Change(said.name, add, said.remove))))


def _as_json(known: person.Profile) -> dict[str, Any]:
    lists = ("addresses", "goals", "interests", "offers", "languages")
    return {"schema": "askwell.profile/1", "name": known.name} | {
        one: list(getattr(known, one)) for one in lists
    }
