"""Taking back what was done, from the line that tells of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from askwell.app.undo import undo
from askwell.doors.web.visit import Visitor

router = APIRouter()


@router.post("/undo")
def take_back(
    visit: Visitor, number: Annotated[int, Form(ge=1, le=2**53)], back: Annotated[str, Form()] = "/"
) -> Response:
    """Take an action back and return to the page it was told on."""
    with visit.desk() as desk:
        action = undo(desk, number)
    return visit.done(back, action.id, undone=True)
