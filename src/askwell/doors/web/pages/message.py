"""One message as it was sent, what was read in it, and every way to correct that."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import Response

from askwell.app.log import correct
from askwell.app.message import message
from askwell.app.passed import CORRECTING
from askwell.doors.web.visit import Visitor
from askwell.errors import AskwellError
from askwell.words import say

router = APIRouter()


@router.get("/message")
def show(visit: Visitor, id: Annotated[str, Query(max_length=1000)]) -> Response:
    """The message with this Message-ID."""
    with visit.desk() as desk:
        found = message(desk, id)
    return visit.page("message.html", found=found, correcting=CORRECTING)


@router.post("/correct")
def mend(
    visit: Visitor,
    mend: Annotated[str, Form(max_length=30_000)],
    back: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Say what is right of something that was read: a button says what, of which message and words."""
    try:
        what, id, words = (str(one) for one in json.loads(mend))
    except (ValueError, TypeError, RecursionError):
        raise AskwellError(
            say("This is no correction."), say("Nothing was changed."), http_status=422
        ) from None
    with visit.desk() as desk:
        correct(desk, id, words, what)
        return visit.done(back, visit.last(desk))
