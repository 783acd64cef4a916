"""The map of the network: people by stage, and who introduced whom."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from askwell.app.pictures import of_network
from askwell.doors.web.visit import Visitor

router = APIRouter()


@router.get("/network")
def show(visit: Visitor) -> Response:
    """Everybody on one picture, and all introductions in a table."""
    with visit.desk() as desk:
        drawn = of_network(desk)
    return visit.page("network.html", drawn=drawn)
