"""What the API answers with: the command line's JSON, and the errors that every answer may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
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
    answers: dict[int | str, Any] = {status: {"model": model}}
    return {"response_model": None, "status_code": status, "responses": answers | troubles(*more)}


def troubles(*more: int) -> dict[int | str, Any]:
    """How the usual errors are described, and more of them."""
    told = "What is wrong, and what to do about it."
    usual = sorted({400, 401, 403, 413, 422, *more})
    return {one: {"model": Trouble, "description": told} for one in usual}


def _day(value: object) -> date:
    """ISO form only: a number is no day."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("must be a day as 2026-03-02")
    day = date.fromisoformat(value)
    if not FIRST <= day <= LAST:
        raise ValueError(f"must lie between {FIRST} and {LAST}")
    return day


Day = Annotated[date, BeforeValidator(_day), Field(description="A day of this or the last century.")]
When = date
"""A day in an answer, under a name that a field called `date` does not hide."""
Text = Annotated[str, Field(max_length=200_000)]
Line = Annotated[str, Field(max_length=2000)]
Span = Annotated[tuple[int, int], Field(description="Offsets in code points, the end not included.")]
"""A place in a text."""
