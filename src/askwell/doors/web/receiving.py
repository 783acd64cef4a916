"""From a request with files to an import that runs: for the page and for the API."""

from __future__ import annotations

from starlette.requests import Request

from askwell.app.addressees import addressees
from askwell.doors.web.jobs import Job, Jobs
from askwell.doors.web.uploads import receive, room
from askwell.doors.web.visit import Visit


async def start(visit: Visit, wanted: dict[str, str]) -> Job:
    """Take the files in and begin. `wanted` are the fields that must come before the first file."""
    request: Request = visit.request
    home = visit.desks.home
    room(home, int(request.headers.get("content-length", "0")))
    upload = await receive(request.stream(), request.headers.get("content-type", ""), home, wanted)
    me = [one for line in upload.fields.get("me", ()) for one in addressees(line)]
    return jobs(visit).start(upload, visit.desks.day, me)


def jobs(visit: Visit) -> Jobs:
    """The imports of this server."""
    found: Jobs = visit.request.app.state.jobs
    return found
