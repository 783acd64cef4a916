"""Who is in the ledger, and what is said of them: as `askwell people`, `person` and `forget` print it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.responses import Response

from askwell.app.forget import forget
from askwell.app.people import as_json, find, link, people, setting
from askwell.app.person import person
from askwell.doors.web.api.answers import Day, Form, Line, json, says
from askwell.doors.web.api.history import Page
from askwell.doors.web.visit import Visitor

router = APIRouter(tags=["people"])
Who = Annotated[str, Path(max_length=500, description="A short name, an address, or (part of) a name.")]
Stage = Literal["", "unknown", "new", "warming", "established", "close", "dormant"]


class Person(Form):
    """Somebody in the ledger. `floor` is the least stage that holds, `say` how much say they have, 0 to 2."""

    person: str
    name: str
    addresses: list[str]
    org: str
    title: str
    tags: list[str]
    circle: Literal["professional", "personal"]
    floor: str | None
    say: float


class People(Form):
    """`askwell.people/1`. `count` is how many fit; at most `limit` of them are shown."""

    schema_: Literal["askwell.people/1"] = Field(alias="schema")
    people: list[Person]
    count: int


class Setting(Form):
    """What is not given stays as it is. `floor` is the least stage that holds whatever the mail says."""

    floor: Stage | None = None
    circle: Literal["professional", "personal"] | None = None
    say: Annotated[float, Field(ge=0, le=2)] | None = None


class Other(Form):
    """An address, or another person of the ledger, who is this person too."""

    other: Annotated[Line, Field(min_length=1)]


class Forgotten(Form):
    """`askwell.forget/1`. `removed` counts by table; `left` is what a look afterwards found: nothing."""

    schema_: Literal["askwell.forget/1"] = Field(alias="schema")
    person: str
    name: str
    removed: dict[str, int]
    left: int


@router.get("/people", **says(People))
def show(
    visit: Visitor,
    words: Annotated[str, Query(max_length=500)] = "",
    tag: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=10_000)] = 100,
) -> Response:
    """Everybody, or those whose name, address, firm or title holds the words."""
    with visit.desk() as desk:
        found = people(desk, words, tag)
    shown = [as_json(one) for one in found[:limit]]
    return json({"schema": "askwell.people/1", "people": shown, "count": len(found)})


@router.get("/people/{who}", **says(Page, 200, 404, 409))
def show_one(visit: Visitor, who: Who, on: Annotated[Day | None, Query()] = None) -> Response:
    """What passed between the user and somebody, and where things stand."""
    with visit.desk(on) as desk:
        return json(person(desk, who).to_json())


@router.patch("/people/{who}", **says(Person, 200, 404, 409))
def change(visit: Visitor, who: Who, said: Setting) -> Response:
    """Say how well one knows somebody at least, in which circle, and how much say they have."""
    with visit.desk() as desk:
        return json(as_json(setting(desk, who, floor=said.floor, circle=said.circle, say=said.say)))


@router.post("/people/{who}/link", **says(Person, 200, 404, 409))
def join(visit: Visitor, who: Who, other: Other) -> Response:
    """Say that an address, or another person, is this person too. Can be undone."""
    with visit.desk() as desk:
        return json(as_json(link(desk, who, other.other)))


@router.delete("/people/{who}", **says(Forgotten, 200, 404, 409))
def remove(visit: Visitor, who: Who) -> Response:
    """Remove all data of the person with exactly this short name, for good. Cannot be undone."""
    with visit.desk() as desk:
        return json(forget(desk, find(desk, who).key).to_json())
