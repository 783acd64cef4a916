"""Whom to thank, tell, give back to, write to, and leave in peace; each with the letter one click away."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from askwell.app.today import today
from askwell.doors.web.visit import Visitor

router = APIRouter()


@router.get("/today")
def show(visit: Visitor) -> Response:
    """Today's lists."""
    with visit.desk() as desk:
        found = today(desk)
        empty = not desk.store.people()
    return visit.page("today.html", found=found, empty=empty)
