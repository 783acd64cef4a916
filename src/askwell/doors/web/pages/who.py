"""Who has to do with something, or works somewhere, and what one may ask them as things stand."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from askwell.app.who import SHOWN, who
from askwell.doors.web.visit import Visitor

router = APIRouter()
MOST = 100


@router.get("/who")
def show(
    visit: Visitor,
    q: Annotated[str, Query(max_length=500)] = "",
    at: Annotated[str, Query(max_length=200)] = "",
    every: Annotated[str, Query(max_length=5)] = "",
) -> Response:
    """Those who were found in names, firms, titles, tags, notes and mail, the best first."""
    found = None
    if q.strip() or at.strip():
        with visit.desk() as desk:
            found = who(desk, q, at=at, shown=MOST if every else SHOWN)
    return visit.page("who.html", q=q, at=at, found=found, most=MOST)
