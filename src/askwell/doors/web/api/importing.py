"""Import by upload: a job that can be followed by server-sent events."""

from __future__ import annotations

import asyncio
import json as js
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from askwell.doors.web.api.answers import Form, Line, json, says, troubles
from askwell.doors.web.jobs import Jobs
from askwell.doors.web.receiving import jobs, start
from askwell.doors.web.uploads import LARGEST
from askwell.doors.web.visit import Visitor

router = APIRouter(tags=["import"])
LOOK = 0.15
"""Seconds between two looks at how far it has come."""
STREAMS = {"/import": LARGEST}


class Skipped(Form):
    why: str
    count: int
    examples: list[str]


class Broken(Form):
    name: str
    why: str


class Report(Form):
    """`askwell.import/1`."""

    schema_: Literal["askwell.import/1"] = Field(alias="schema")
    read: int
    used: int
    personal: int
    bulk: int
    known: int
    said: int
    contacts: int
    meetings: int
    skipped: list[Skipped]
    people: list[str]
    broken_plugins: list[Broken]
    action: int
    dry_run: bool


class Whose(Form):
    """An address that may be the user's, and its share of the mail; empty if none stands out."""

    address: str = ""
    share: float = 0.0


class Progress(Form):
    """`askwell.job/1`: an import. `done` and `total` are bytes."""

    schema_: Literal["askwell.job/1"] = Field(alias="schema")
    id: str
    state: Literal["running", "whose", "done", "failed"]
    files: int
    done: int
    total: int
    report: Report | None
    whose: Whose | None
    message: str
    hint: str


class Mine(Form):
    """Addresses of the user's own."""

    me: Annotated[tuple[Annotated[Line, Field(min_length=3)], ...], Field(min_length=1, max_length=50)]


EVENTS: dict[int | str, Any] = {200: {"content": {"text/event-stream": {}}}, **troubles(404)}
FILES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "me": {"type": "string", "description": "Addresses of the user's own."},
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                    },
                    "required": ["files"],
                }
            }
        },
    }
}


@router.post("/import", **says(Progress, 202, 409), openapi_extra=FILES)
async def take(visit: Visitor) -> Response:
    """Import files: mail, address books, calendars, a story, or a zip of them."""
    return json((await start(visit, {})).to_json(), 202)


@router.get("/jobs/{id}", **says(Progress, 200, 404))
def show(visit: Visitor, id: str) -> Response:
    """How far an import has come."""
    return json(jobs(visit).get(id).to_json())


@router.post("/jobs/{id}/whose", **says(Progress, 202, 404, 409))
def whose(visit: Visitor, id: str, mine: Mine) -> Response:
    """Say which addresses are the user's own, and go on."""
    return json(jobs(visit).claim(id, visit.desks.day, list(mine.me)).to_json(), 202)


@router.get("/jobs/{id}/events", response_model=None, responses=EVENTS)
async def follow(visit: Visitor, id: str) -> Response:
    """The job as it goes on, as server-sent events, until it is over."""
    jobs(visit).get(id)
    return StreamingResponse(_events(jobs(visit), id), media_type="text/event-stream")


async def _events(known: Jobs, id: str) -> AsyncIterator[str]:
    """No thread waits for it: an open page costs the others nothing."""
    told = None
    while told is None or not told.over:
        job = known.get(id)
        if job != told:
            yield f"data: {js.dumps(job.to_json())}\n\n"
        told = job
        await asyncio.sleep(LOOK)
