"""The rules: what `askwell rules --json` prints; each can be switched off and on."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import Field
from starlette.responses import Response

from askwell.app.rules import as_json, rules, switch
from askwell.doors.web.api.answers import Form, json, says
from askwell.doors.web.visit import Visitor

router = APIRouter(tags=["rules"])
Id = Annotated[str, Path(max_length=200)]


class Rule(Form):
    """A rule with its words in the reader's language; `off` says that it is switched off."""

    id: str
    level: Literal["note", "soften", "wait", "stop"]
    title: str
    message: str
    why: str
    suggest: str
    reason: str
    source: str
    off: bool


class Rules(Form):
    """`askwell.rules/1`."""

    schema_: Literal["askwell.rules/1"] = Field(alias="schema")
    rules: list[Rule]


class Switch(Form):
    off: bool


@router.get("/rules", **says(Rules))
def show(visit: Visitor) -> Response:
    """All rules, with their words in the reader's language."""
    with visit.desk() as desk:
        known = rules(desk)
        found = [known.get(one) for one in known.ids()]
        off = desk.settings.rules_off
        shown = [as_json(one, known.text(one, desk.lang), off) for one in found]
    return json({"schema": "askwell.rules/1", "rules": shown})


@router.put("/rules/{id:path}", **says(Rule, 200, 404))
def change(visit: Visitor, id: Id, said: Switch) -> Response:
    """Switch a rule off, or on again."""
    with visit.desk() as desk:
        off = switch(desk, id, said.off)
        known = rules(desk)
        one = known.get(id)
        return json(as_json(one, known.text(one, desk.lang), off))
