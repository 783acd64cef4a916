"""The switch of the interface's language, kept in a cookie of this browser."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from starlette.responses import Response

from askwell.doors.web.tongue import SWITCH
from askwell.doors.web.visit import Visitor

router = APIRouter()
YEAR = 365 * 24 * 3600


@router.post("/tongue")
def switch(
    visit: Visitor, lang: Annotated[Literal["en", "nb", "nn"], Form()], back: Annotated[str, Form()] = "/"
) -> Response:
    """Speak this language from now on."""
    found = visit.done(back)
    found.set_cookie(SWITCH, lang, max_age=YEAR, path="/", httponly=True, samesite="strict")
    return found
