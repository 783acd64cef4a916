"""One person: how you met, what passed between you both ways, what is left open, and what can be said of it.
All of it can be taken back, but for forgetting."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Query
from starlette.responses import RedirectResponse, Response

from askwell.app.forget import forget, look
from askwell.app.noting import KINDS, note
from askwell.app.passed import CORRECTING, SHOWS, corrections_for, is_open, open_needs, passed, told
from askwell.app.people import find, setting
from askwell.app.person import person
from askwell.app.pictures import of_person
from askwell.doors.web.visit import Visitor
from askwell.judge import wording
from askwell.ledger.person import CIRCLES, STAGES
from askwell.sources.identity import shown
from askwell.text.reading import ABOUTS

router = APIRouter()
KEY = "/people/{key:path}"


@router.post(KEY + "/settings")
def settings(
    visit: Visitor,
    key: str,
    *,
    floor: Annotated[str, Form(max_length=20)] = "",
    circle: Annotated[str, Form(max_length=20)] = "professional",
    say: Annotated[float, Form(ge=0, le=2)] = 1.0,
    tags: Annotated[str, Form(max_length=2000)] = "",
    met: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Say what mail cannot know of a person."""
    with visit.desk() as desk:
        before = find(desk, key)
        after = setting(desk, before.key, floor=floor, circle=circle, say=say, tags=tags.split(","), met=met)
        return visit.done(path_of(before.key), visit.last(desk) if after != before else None)


@router.post(KEY + "/note")
def keep(
    visit: Visitor,
    key: str,
    *,
    kind: Annotated[str, Form(max_length=20)],
    words: Annotated[str, Form(max_length=20_000)] = "",
    about: Annotated[str, Form(max_length=40)] = "",
    on: Annotated[date | Literal[""], Form()] = "",
    back: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Note what mail does not show."""
    with visit.desk() as desk:
        note(desk, key, kind, words, about=about, on=on or None)
        return visit.done(back or path_of(key), visit.last(desk))


@router.get(KEY + "/forget")
def ask_to_forget(visit: Visitor, key: str) -> Response:
    """What would go, before it goes."""
    with visit.desk() as desk:
        who, messages = look(desk, key)
    return visit.page("forget.html", person=who, messages=messages, path=path_of(who.key), forgotten=None)


@router.post(KEY + "/forget")
def do_forget(visit: Visitor, key: str, sure: Annotated[Literal["yes"], Form()]) -> Response:  # noqa: ARG001
    """Remove all of a person's data, for good."""
    with visit.desk() as desk:
        found = forget(desk, key)
    return visit.page("forget.html", person=found.person, messages=0, path="", forgotten=found)


@router.get(KEY)
def show(
    visit: Visitor,
    key: str,
    show: Annotated[str, Query(max_length=20)] = "",
    page: Annotated[int, Query(ge=1, le=10**6)] = 1,
) -> Response:
    """What passed between the user and a person, newest first, 15 messages and entries on a page."""
    with visit.desk() as desk:
        if (key_ := find(desk, key).key) != key:
            return RedirectResponse(path_of(key_), 303)
        found = person(desk, key)
    chosen = show if show in SHOWS else ""
    items, pages = passed(found.history, visit.desks.day, chosen, page=page)
    page = min(page, pages)
    return visit.page(
        "person.html",
        page=found,
        tie=found.standing.bearing.rapport,
        path=path_of(key),
        items=items,
        at=(page, pages),
        chosen=chosen,
        shows=SHOWS,
        pictures=of_person(found) if page == 1 and not show else (),
        correcting=CORRECTING,
        corrections_for=corrections_for,
        is_open=is_open,
        needs=open_needs(found.history, found.standing.needs),
        told=told,
        stages=STAGES,
        circles=CIRCLES,
        kinds=KINDS,
        abouts=ABOUTS,
        addresses=shown(found.person.addresses),
        short=wording.short,
        today=visit.desks.day.isoformat(),
    )


def path_of(key: str) -> str:
    """The address of a person's page."""
    return f"/people/{quote(key, safe='')}"
