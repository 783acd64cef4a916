"""What one could do for somebody, with a letter that asks for nothing."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from askwell.app.letters import Letters
from askwell.app.offer import offer
from askwell.doors.web.visit import Visitor
from askwell.words import say

router = APIRouter()


@router.get("/offer/{key:path}")
def show(visit: Visitor, key: str) -> Response:
    """A letter for each thing that they have said they look for, and for good news of theirs."""
    with visit.desk() as desk:
        offers = offer(desk, key)
    found = Letters(offers.person, tuple(one.note for one in offers.offers))
    return visit.page(
        "letters.html",
        found=found,
        to=found.to,
        today=visit.desks.day,
        title=say("Something for {name}", name=found.person.name),
        noted="helped_them" if found.notes else "",
        label=say("I have helped"),
        ask_words=False,
        offering=True,
    )
