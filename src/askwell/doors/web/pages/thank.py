"""The letter that thanks somebody, one click away."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from askwell.app.thank import thank
from askwell.doors.web.visit import Visitor
from askwell.words import say

router = APIRouter()


@router.get("/thank/{key:path}")
def show(visit: Visitor, key: str) -> Response:
    """A letter for each help that is not thanked for, the newest and largest first."""
    with visit.desk() as desk:
        found = thank(desk, key, every=True)
    title = say("Thanks to {name}", name=found.person.name)
    return visit.page(
        "letters.html",
        found=found,
        to=found.to,
        today=visit.desks.day,
        title=title,
        noted="thanked",
        label=say("I have thanked"),
        ask_words=False,
    )
