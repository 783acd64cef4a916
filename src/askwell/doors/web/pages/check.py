"""Write or paste a letter, and see what there is to say of it before it is sent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import Response

from askwell.app.check import check
from askwell.app.draft import parse_draft
from askwell.doors.web.visit import Visitor
from askwell.words import say

router = APIRouter()


@router.get("/check")
def show(visit: Visitor, to: Annotated[str, Query(max_length=2000)] = "") -> Response:
    """An empty letter, or one to somebody."""
    return visit.page("check.html", to=to, text="", verdict=None)


@router.post("/check")
def look(
    visit: Visitor, text: Annotated[str, Form()] = "", to: Annotated[str, Form(max_length=2000)] = ""
) -> Response:
    """What there is to say of the letter."""
    draft = parse_draft(text.encode("utf-8", "replace"), say("the draft"))
    with visit.desk() as desk:
        verdict = check(desk, draft, [one for one in to.split(";") if one.strip()])
    return visit.page("check.html", to=to, text=text, verdict=verdict)
