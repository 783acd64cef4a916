"""Bring in mail, an address book, a calendar or a story; see it go on, and what came of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from askwell.app.addressees import addressees
from askwell.doors.web.receiving import jobs, start
from askwell.doors.web.uploads import LARGEST
from askwell.doors.web.visit import Visitor
from askwell.sources.identity import shown

router = APIRouter()
STREAMS = {"/import": LARGEST}
SHOWN = 20


@router.get("/import")
def show(visit: Visitor) -> Response:
    """Where files are given, and the imports so far."""
    with visit.desk() as desk:
        imports = [one for one in desk.store.actions(200) if one.verb == "import"][:SHOWN]
        return visit.page("importing.html", imports=imports, mine=shown(desk.mine))


@router.post("/import")
async def take(visit: Visitor) -> Response:
    """Take files in and begin."""
    job = await start(visit, {"key": visit.keys.form})
    return RedirectResponse(f"/import/{job.id}", 303)


@router.get("/import/{id}")
def follow(visit: Visitor, id: str) -> Response:
    """How far an import has come, or what came of it."""
    return visit.page("import_job.html", job=jobs(visit).get(id))


@router.post("/import/{id}")
def whose(visit: Visitor, id: str, me: Annotated[str, Form(max_length=2000)]) -> Response:
    """Say which address is the user's own, and go on."""
    job = jobs(visit).claim(id, visit.desks.day, list(addressees(me)))
    return RedirectResponse(f"/import/{job.id}", 303)
