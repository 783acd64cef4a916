"""The style sheet of pictures, as the pictures' own room has it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from askwell.exports.pictures.picture import style

router = APIRouter()


@router.get("/pictures.css")
def sheet() -> Response:
    """How pictures look, in light and dark."""
    return Response(style(), media_type="text/css", headers={"cache-control": "private, max-age=3600"})
