"""Who has not answered for long: what came before, said with care, and one letter that asks for nothing."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from askwell.app.letters import Letters
from askwell.app.quiet import quiet
from askwell.doors.web.visit import Visitor

router = APIRouter()


@router.get("/quiet")
def show(visit: Visitor) -> Response:
    """Those who have been quiet, the nearest first."""
    with visit.desk() as desk:
        found = quiet(desk)
    return visit.page("quiet.html", people=found.people, whole=False, to="")


@router.get("/quiet/{key:path}")
def show_one(visit: Visitor, key: str) -> Response:
    """How things stand with one person."""
    with visit.desk() as desk:
        found = quiet(desk, key)
    return visit.page("quiet.html", people=found.people, whole=True, to=Letters(found.people[0].person).to)
