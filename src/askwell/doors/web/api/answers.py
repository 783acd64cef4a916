"""What the API answers with: the command line's JSON, and the errors that every answer may be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

FIRST, LAST = date(1970, 1, 1), date(2199, 12, 31)


class Form(BaseModel):
    """What all models have in common: nothing more than they say."""

    model_config = ConfigDict(extra="forbid")


class Trouble(Form):
    """What went wrong, and what to do about it."""

    message: str
    hint: str


def json(value: Mapping[str, Any], status: int = 200) -> JSONResponse:
    """A value that is JSON already."""
    return JSONResponse(dict(value), status)


def says(model: type[BaseModel], status: int = 200, *more: int) -> dict[str, Any]:
    """How an operation is described: what it answers with, and which errors besides the usual ones."""
    usual = {400, 401, 403, 413, 422, *more}
    told = "What is wrong, and what to do about it."
    errors: dict[int | str, Any] = {one: {"model": Trouble, "description": told} for one in sorted(usual)}
    return {"response_model": None, "status_code": status, "responses": {status: {"model": model}} | errors}


def _reasonable(day: date) -> date:
    if not FIRST <= day <= LAST:
        raise ValueError(f"must lie between {FIRST} and {LAST}")
    return day


Day = Annotated[date, AfterValidator(_reasonable), Field(description="A day of this or the last century.")]
When = date
"""A day in an answer, under a name that a field called `date` does not hide."""
Text = Annotated[str, Field(max_length=200_000)]
Line = Annotated[str, Field(max_length=2000)]
Span = Annotated[tuple[int, int], Field(description="Offsets in code points, the end not included.")]
"""A place in a text."""
