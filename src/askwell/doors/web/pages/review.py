"""Who is who: two people who may be one, side by side; one key a decision, which can be taken back."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query
from starlette.responses import RedirectResponse, Response

from askwell.app.likeness import accept, pair, refuse, suggestions
from askwell.doors.web.visit import Visitor

router = APIRouter()
Key = Annotated[str, Form(min_length=1, max_length=2000)]
At = Annotated[int, Query(ge=0, le=10**6)]


@router.get("/review")
def show(visit: Visitor, at: At = 0) -> Response:
    """The surest pair that is not decided; `at` counts those put off."""
    with visit.desk() as desk:
        found = visit.desks.kept(desk, "review", suggestions)
    return visit.page("review.html", pair=found[at] if at < len(found) else None, at=at, count=len(found))


@router.post("/review")
def decide(
    visit: Visitor,
    one: Key,
    other: Key,
    same: Annotated[Literal["yes", "no", "later"], Form()],
    at: Annotated[int, Form(ge=0, le=10**6)] = 0,
) -> Response:
    """Decide on a pair, or put it off; then the next."""
    if same == "later":
        return RedirectResponse(f"/review?at={at + 1}", 303)
    with visit.desk() as desk:
        both = pair(desk, one, other)
        if same == "yes":
            accept(desk, both)
        else:
            refuse(desk, both)
        return visit.done(f"/review?at={at}" if at else "/review", visit.last(desk))
