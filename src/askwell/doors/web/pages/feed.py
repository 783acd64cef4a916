"""What is due, for a calendar program: the one address that needs no cookie, since it holds a secret itself.

`Guard` lets exactly these paths through, for reading; a wrong secret is answered like a wrong address.
"""

from __future__ import annotations

import hashlib

from fastapi import APIRouter
from starlette.responses import Response

from askwell.app.feed import KINDS, feed
from askwell.app.keyfile import key
from askwell.doors.web.keys import same
from askwell.doors.web.visit import Visitor
from askwell.errors import AskwellError

router = APIRouter()
ALL = "all"


@router.api_route("/feed/{secret}/{kind}.ics", methods=["GET", "HEAD"])
def show(visit: Visitor, secret: str, kind: str) -> Response:
    """The calendar of one kind or of all. Its ETag is of what it says, not of when it was made."""
    kinds = KINDS if kind == ALL else (kind,) if kind in KINDS else ()
    try:
        fits = same(secret, key(visit.desks.home, "feed"))
    except AskwellError:  # the reason names a file of the home: not for a stranger
        fits = False
    if not (fits and kinds):
        return Response("", 404, media_type="text/plain")
    with visit.desk() as desk:
        text = feed(desk, kinds)
    tag = f'"{_digest(text)}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if tag in _tags(visit.request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    headers["content-disposition"] = f'inline; filename="askwell-{kind}.ics"'
    return Response(text, media_type="text/calendar; charset=utf-8", headers=headers)


def _digest(text: str) -> str:
    lines = (one for one in text.splitlines() if not one.startswith("DTSTAMP:"))
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _tags(header: str) -> list[str]:
    """The tags of an If-None-Match, compared weakly (RFC 9110, 13.1.2)."""
    return [one.strip().removeprefix("W/") for one in header[:2000].split(",")]
