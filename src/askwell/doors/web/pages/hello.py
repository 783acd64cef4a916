"""A few lines to somebody one has not heard from for long, without an errand."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from askwell.app.hello import hello
from askwell.doors.web.visit import Visitor
from askwell.words import say

router = APIRouter()


@router.get("/hello/{key:path}")
def show(visit: Visitor, key: str) -> Response:
    """The letter."""
    with visit.desk() as desk:
        found = hello(desk, key)
    return visit.page(
        "letters.html",
        found=found,
        to=found.to,
        today=visit.desks.day,
        title=say("Hello to {name}", name=found.person.name),
        noted="",
        label="",
        ask_words=False,
    )
