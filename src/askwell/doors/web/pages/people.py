"""Who is in the ledger: search, tags, stage, sorted as one likes."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import Response

from askwell.app.roster import SORTS, roster
from askwell.doors.web.visit import Visitor

router = APIRouter()


@router.get("/people")
def show(
    visit: Visitor,
    q: Annotated[str, Query(max_length=200)] = "",
    tag: Annotated[str, Query(max_length=100)] = "",
    stage: Annotated[str, Query(max_length=20)] = "",
    sort: Literal["name", "firm", "stage", "last"] = "name",
    page: Annotated[int, Query(ge=1, le=10**6)] = 1,
) -> Response:
    """Those who fit, fifty on a page."""
    with visit.desk() as desk:
        found = roster(desk, q, tag=tag, stage=stage, sort=sort, page=page)
    chosen = {"q": q, "tag": tag, "stage": stage, "sort": sort}

    def at(**more: str | int) -> str:
        kept = {name: value for name, value in (chosen | more).items() if value not in ("", 1)}
        kept = {name: value for name, value in kept.items() if (name, value) != ("sort", "name")}
        return "/people" + (f"?{urlencode(kept)}" if kept else "")

    return visit.page("people.html", found=found, chosen=chosen, at=at, sorts=SORTS)
