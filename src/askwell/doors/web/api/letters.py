"""Letters without an ask: what `askwell thank`, `askwell offer` and `askwell hello` print with --json."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from askwell.app.hello import hello
from askwell.app.offer import offer
from askwell.app.thank import thank
from askwell.doors.web.api.answers import Day, Form, Line, When, json, says
from askwell.doors.web.visit import Visitor

router = APIRouter(tags=["letters"])
Who = Annotated[Line, Query(min_length=1, description="A short name, a name or an address.")]
On = Annotated[Day | None, Query()]
In = Annotated[Literal["", "en", "nb", "nn"], Query(alias="in", description="The letter's language.")]


class Clause(Form):
    text: str
    sources: list[str]


class Letter(Form):
    """Each clause names the entries that its facts rest on."""

    do: str
    language: str
    subject: str
    text: str
    clauses: list[Clause]
    about: str
    date: When | None
    source: str
    quote: str
    due: When | None


class Letters(Form):
    """`askwell.letter/1`"""

    schema_: Literal["askwell.letter/1"] = Field(alias="schema")
    person: str
    name: str
    to: str | None
    letters: list[Letter]
    more: int


class Known(Form):
    person: str
    name: str


class Chance(Form):
    kind: str
    date: When
    quote: str
    source: str
    offer: str | None
    could_be_asked_first: list[Known]
    letter: Letter


class Offers(Form):
    """`askwell.offer/1`"""

    schema_: Literal["askwell.offer/1"] = Field(alias="schema")
    person: str
    name: str
    offers: list[Chance]


@router.get("/thank", **says(Letters, 200, 404, 409))
def thanks(visit: Visitor, who: Who, lang: In = "", on: On = None, every: bool = False) -> Response:
    """A letter for the newest and largest help that is not thanked for; `every` gives one for each."""
    with visit.desk(on) as desk:
        return json(thank(desk, who, every=every, lang=lang).to_json())


@router.get("/offer", **says(Offers, 200, 404, 409))
def offers(visit: Visitor, who: Who, lang: In = "", on: On = None) -> Response:
    """What one could do for somebody, with a letter that asks for nothing."""
    with visit.desk(on) as desk:
        return json(offer(desk, who, lang=lang).to_json())


@router.get("/hello", **says(Letters, 200, 404, 409))
def greet(visit: Visitor, who: Who, lang: In = "", on: On = None) -> Response:
    """A few lines to somebody one has not heard from for long."""
    with visit.desk(on) as desk:
        return json(hello(desk, who, lang=lang).to_json())
