"""What the gate held: each letter with its verdict as Check shows it, and what passed unjudged."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.responses import Response

from askwell.app.changes import Change, changes
from askwell.app.check import unknown_language
from askwell.app.held import KEPT_FOR, Held, find, listed, troubles
from askwell.doors.web.pages.check import Letter
from askwell.doors.web.visit import Visitor
from askwell.errors import AskwellError
from askwell.words import say

router = APIRouter()
TROUBLES = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter that was held, in the form in which `check_found.html` takes what was found."""

    held: Held
    verdict: Any
    changed: tuple[Change, ...]
    strange: str
    choices: tuple[str, ...] = ()
    trouble: str = ""

    @property
    def to(self) -> tuple[str, ...]:
        return self.held.to

    @property
    def looked(self) -> Any:
        marks = [SimpleNamespace(span=one.span or (0, 0)) for one in self.verdict.findings]
        page = SimpleNamespace(draft=SimpleNamespace(text=self.held.draft))
        return SimpleNamespace(verdict=self.verdict, marks=marks, page=page)


@router.get("/held")
def show(visit: Visitor) -> Response:
    """All that was held and is kept, the newest first."""
    home = visit.desks.home
    return visit.page("held.html", held=listed(home), troubles=troubles(home)[:TROUBLES], days=KEPT_FOR.days)


@router.get("/held/{key}")
def show_one(visit: Visitor, key: Annotated[str, Path(pattern="^[0-9a-f]{32}$")]) -> Response:
    """One letter, with the verdict that it got."""
    held = find(visit.desks.home, key)
    if held is None:
        raise AskwellError(
            say("There is no such letter."),
            say("Letters that were held are kept for {count} days.", count=KEPT_FOR.days),
            http_status=404,
        )
    return visit.page(
        "held_one.html",
        held=held,
        found=shown(held),
        letter=Letter("; ".join(held.to), held.subject, held.draft),
    )


def shown(held: Held) -> Shown:
    """What the page of a letter shows of it."""
    verdict = _opened(held.verdict)
    better = verdict.rewrite
    compared = changes(held.draft.strip(), better.strip()) if better else ()
    return Shown(held, verdict, compared, unknown_language(held.draft))


def _opened(verdict: dict[str, Any]) -> SimpleNamespace:
    """`askwell.verdict/1` as the template reads it. Raises AskwellError if it is damaged."""
    try:
        findings = [
            SimpleNamespace(**one | {"evidence": [SimpleNamespace(**each) for each in one["evidence"]]})
            for one in verdict["findings"]
        ]
        first = [{"draft": ""} | one | {"about": one["for"]} for one in verdict["first"]]
        return SimpleNamespace(**verdict | {"findings": findings, "first": first})
    except (KeyError, TypeError) as error:
        what = say("What was kept of this letter is damaged: {why}.", why=error)
        raise AskwellError(what, say("Check the letter itself anew.")) from None
