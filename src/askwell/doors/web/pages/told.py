"""What came of somebody's help: noted, and the letter that tells them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from askwell.app.letters import Letters
from askwell.app.people import find
from askwell.app.told import told
from askwell.doors.web.visit import Visit, Visitor
from askwell.words import say

router = APIRouter()


@router.get("/told/{key:path}")
def show(visit: Visitor, key: str) -> Response:
    """Where to say what came of it."""
    with visit.desk() as desk:
        found = Letters(find(desk, key))
    return _page(visit, found)


@router.post("/told/{key:path}")
def note(visit: Visitor, key: str, words: Annotated[str, Form(max_length=2000)] = "") -> Response:
    """Note it, and write the letter."""
    with visit.desk() as desk:
        found = told(desk, [key], words)[0]
        action = visit.last(desk)
    return _page(visit, found, action)


def _page(visit: Visit, found: Letters, action: int | None = None) -> Response:
    title = say("Tell {name} how it went", name=found.person.name)
    return visit.page(
        "letters.html",
        found=found,
        to=found.to,
        today=visit.desks.day,
        title=title,
        noted="told",
        label=say("They know"),
        ask_words=not found.notes,
        action=action,
    )
