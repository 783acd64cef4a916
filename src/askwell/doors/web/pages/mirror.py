"""How the user asks, in words and pictures. A mirror, not a grade."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from askwell.app.mirror import look
from askwell.doors.web.visit import Visitor

router = APIRouter()


@router.get("/mirror")
def show(visit: Visitor, since: Annotated[date | Literal[""], Query()] = "") -> Response:
    """From a day on; else the last year."""
    with visit.desk() as desk:
        seen = look(desk, since or None)
    return visit.page("mirror.html", seen=seen)
