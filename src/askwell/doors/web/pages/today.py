"""Whom to thank, tell, give back to, write to, and leave in peace; each with the letter one click away."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from askwell.app.held import listed
from askwell.app.today import LISTS, today
from askwell.doors.web.visit import Visitor

router = APIRouter()


FEW = 6
"""Items of a list that are shown at first: a day has room for so much."""
MOST = 60


@router.get("/today")
def show(visit: Visitor, all: Annotated[str, Query(max_length=20)] = "") -> Response:  # noqa: A002
    """Today's lists, a few of each; `all` names one to be shown whole."""
    with visit.desk() as desk:
        found = today(desk)
        empty = not any(getattr(found, one) for one in LISTS) and not desk.store.people()
    most = {one: MOST if one == all else FEW for one in LISTS}
    held = sum(not one.passed for one in listed(visit.desks.home))
    return visit.page("today.html", found=found, empty=empty, most=most, held=held)
