"""Write or paste a letter, and see what there is to say of it before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import Response

from askwell.app.addressees import addressees
from askwell.app.changes import Change, changes
from askwell.app.check import unknown_language
from askwell.app.desk import Desk
from askwell.app.editing import Looked, look
from askwell.app.people import candidates
from askwell.doors.web.examples import example
from askwell.doors.web.visit import Visitor
from askwell.ledger.person import Person

router = APIRouter()
OFFERED = 6
Line = Annotated[str, Form(max_length=2000)]
Words = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in the form."""

    to: str = ""
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to show of a letter: nothing, trouble with its recipients, or a verdict."""

    looked: Looked
    to: tuple[str, ...]
    changed: tuple[Change, ...] = ()
    choices: tuple[Person, ...] = ()
    strange: str = ""

    @property
    def trouble(self) -> str:
        """What is wrong with the recipients, if anything is."""
        return next((one.text for one in self.looked.marks if one.level == "trouble"), "")


@router.get("/check")
def show(
    visit: Visitor,
    to: Annotated[str, Query(max_length=2000)] = "",
    example_of: Annotated[str, Query(alias="example", max_length=2)] = "",
) -> Response:
    """An empty letter, one to somebody, or an example."""
    draft = example(example_of) if example_of else None
    if draft is None:
        return visit.page("check.html", letter=Letter(to), found=None)
    letter = Letter(to or "; ".join(draft.to), draft.subject, draft.text.strip() + "\n")
    return visit.page("check.html", letter=letter, found=_found(visit, letter))


@router.post("/check")
def check(visit: Visitor, to: Line = "", subject: Line = "", text: Words = "", pick: Line = "") -> Response:
    """What there is to say of the letter. `pick` is who was chosen of several whom `to` may mean."""
    letter = Letter(pick or to, subject, text.replace("\r\n", "\n"))
    return visit.page("check.html", letter=letter, found=_found(visit, letter))


@router.post("/check/live")
def live(visit: Visitor, to: Line = "", subject: Line = "", text: Words = "") -> Response:
    """The same while it is being written: only the parts of the page that change."""
    letter = Letter(to, subject, text.replace("\r\n", "\n"))
    return visit.page("check_found.html", letter=letter, found=_found(visit, letter))


def _found(visit: Visitor, letter: Letter) -> Found:
    to = addressees(letter.to)
    with visit.desk() as desk:
        looked = look(desk, letter.text, to=to, subject=letter.subject)
        if looked.verdict is None:
            return Found(looked, to, choices=_choices(desk, to))
    draft, better = looked.page.draft.text, looked.verdict.rewrite
    compared = changes(draft.strip(), better.strip()) if better else ()
    return Found(looked, to, compared, strange=unknown_language(draft))


def _choices(desk: Desk, to: tuple[str, ...]) -> tuple[Person, ...]:
    """Whom the names may mean that nobody or several people have."""
    found = (candidates(desk, name) for name in to if "@" not in name)
    return tuple(one for several in found if len(several) > 1 for one in several)[:OFFERED]
