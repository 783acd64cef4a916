"""Introductions: the list, and the life of each with its next step; every step can be taken back."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from askwell.app.desk import Desk
from askwell.app.intro import ACTIONS, STAGE_NAMES, STEP_NAMES, intro, listed, name_of, person_of
from askwell.app.intro_ahead import ahead, around, between
from askwell.app.letters import Letters
from askwell.app.people import find
from askwell.doors.web.visit import Visitor
from askwell.errors import AskwellError
from askwell.ledger.intros import Intro
from askwell.ledger.person import ME
from askwell.words import say

router = APIRouter()
SHOWN = 60
Who = Annotated[str, Query(max_length=500)]
Name = Annotated[str, Form(min_length=1, max_length=500)]
Line = Annotated[str, Form(max_length=2000)]
Words = Annotated[str, Form(max_length=20_000)]


class Step(BaseModel):
    """What a form says of one step. `by` introduces `one` and `other`, and `side` is whom it is about."""

    one: Annotated[str, Field(min_length=1, max_length=500)]
    other: Annotated[str, Field(min_length=1, max_length=500)]
    do: Annotated[str, Field(max_length=20)]
    by: Annotated[str, Field(max_length=500)] = ME
    side: Annotated[str, Field(max_length=500)] = ""
    purpose: Annotated[str, Field(max_length=2000)] = ""
    blurb: Annotated[str, Field(max_length=20_000)] = ""
    actually: Annotated[str, Field(max_length=2000)] = ""
    outcome: Annotated[str, Field(max_length=2000)] = ""


@router.get("/introductions")
def show(
    visit: Visitor,
    who: Who = "",
    open: Annotated[str, Query(max_length=5)] = "",  # noqa: A002
    one: Who = "",
    other: Who = "",
    purpose: Annotated[str, Query(max_length=2000)] = "",
) -> Response:
    """All introductions, those of one person, or those on their way; and where a new one is begun."""
    with visit.desk() as desk:
        person = find(desk, who) if who.strip() else None
        every = listed(desk, person.key) if person else visit.desks.kept(desk, "introductions", listed)
        found = [each for each in every if each.open or not open]
        shown = [(each, _names(desk, each), path_of(each)) for each in found[:SHOWN]]
        return visit.page(
            "introductions.html",
            person=person,
            shown=shown,
            more=len(found) - len(shown),
            only_open=bool(open),
            stages=STAGE_NAMES,
            begun=(one, other, purpose),
            path=path_of,
        )


@router.get("/introductions/between")
def show_one(
    visit: Visitor,
    one: Who,
    other: Who,
    by: Who = ME,
    purpose: Annotated[str, Query(max_length=2000)] = "",
    blurb: Annotated[str, Query(max_length=5000)] = "",
) -> Response:
    """The life of one introduction, and what may come next. A purpose or a text to pass on are tried, not
    kept: they are kept with the step."""
    with visit.desk() as desk:
        every = around(desk, one, other, by)
        found = between(every, one, other, by)
        steps = ahead(desk, found, every, purpose, blurb)
        ends = [(end, name_of(desk, end), found.consent(end)) for end in (found.one, found.other)]
        address = {end: _to(desk, end) for end in (found.one, found.other) if end != ME}
        return visit.page(
            "introduction.html",
            found=found,
            ends=ends,
            names=dict(_everybody(desk, found)),
            address=address,
            steps=steps,
            stages=STAGE_NAMES,
            step_names=STEP_NAMES,
            given=(purpose, blurb),
            here=path_of(found),
        )


@router.post("/introductions")
def begin(
    visit: Visitor,
    one: Name,
    other: Name,
    *,
    wish: Annotated[str, Form(max_length=10)] = "",
    asked_by: Line = "",
    purpose: Line = "",
    blurb: Words = "",
) -> Response:
    """Propose an introduction by the user. `wish` says which of the two wishes it."""
    more = {"purpose": purpose, "blurb": blurb, "asked_by": asked_by}
    more |= {"for": {"one": one, "other": other}.get(wish, "")}
    with visit.desk() as desk:
        told = intro(desk, "propose", (one, other), more=more)
        return visit.done(path_of(told.intro), visit.last(desk))


@router.post("/introductions/between")
def step(visit: Visitor, said: Annotated[Step, Form()]) -> Response:
    """Note a step."""
    if said.do not in ACTIONS:
        raise AskwellError(say("There is no such step."), say("Nothing was changed."), http_status=422)
    more = {name: getattr(said, name) for name in ("purpose", "blurb", "actually", "outcome")}
    with visit.desk() as desk:
        told = intro(desk, said.do, (said.one, said.other), by=said.by, side=said.side, more=more)
        return visit.done(path_of(told.intro), visit.last(desk))


def path_of(found: Intro) -> str:
    """The address of an introduction's page."""
    ends = {"one": found.one, "other": found.other} | ({"by": found.by} if found.by != ME else {})
    return f"/introductions/between?{urlencode(ends)}"


def _to(desk: Desk, end: str) -> str:
    return end if "@" in end else Letters(person_of(desk, end)).to


def _names(desk: Desk, found: Intro) -> tuple[str, str, str]:
    one, other = (name_of(desk, end) for end in (found.one, found.other))
    return one, other, "" if found.by == ME else name_of(desk, found.by)


def _everybody(desk: Desk, found: Intro) -> list[tuple[str, str]]:
    ends = {found.by, found.beneficiary, found.asked_by, *found.pair, *(one.side for one in found.steps)}
    return [(end, name_of(desk, end)) for end in ends if end]
