"""From an aim to whom to ask for what, and a first draft to one of them, checked before it is shown."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from askwell.app.ask import ask
from askwell.app.letters import Letters
from askwell.app.people import find
from askwell.app.write import write
from askwell.doors.web.visit import Visitor

router = APIRouter()


@router.get("/ask")
def show(
    visit: Visitor,
    aim: Annotated[str, Query(max_length=500)] = "",
    who: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The ways towards an aim; with somebody named, a letter to them."""
    ladder = written = person = None
    with visit.desk() as desk:
        if who.strip():
            person = find(desk, who)
        if aim.strip() and person:
            written = write(desk, person.key, aim)
        elif aim.strip():
            ladder = ask(desk, aim)
    ways = [one.to_json(ladder.lang, ladder.aim) for one in ladder.ways] if ladder else []
    to = Letters(person).to if person else ""
    return visit.page("ask.html", aim=aim, person=person, ladder=ladder, ways=ways, written=written, to=to)
