"""One request to a page: its desk, its page, and where it goes when something was done."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse

from askwell.app.desk import Desk
from askwell.doors.web.desks import Desks
from askwell.doors.web.keys import Keys, same
from askwell.doors.web.paper import render
from askwell.errors import AskwellError
from askwell.store.contract import Action
from askwell.words import say

LOOKED_BACK = 200
SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page's function is given."""

    request: Request
    desks: Desks
    keys: Keys

    def desk(self, on: date | None = None) -> AbstractContextManager[Desk]:
        """The open ledger, today or on another day, in the language of this request."""
        return self.desks.desk(on)

    def page(self, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """The page, with what was just done or taken back, if anything was."""
        here = self.request.url.path
        shown = {
            "form_key": self.keys.form,
            "here": here,
            "done": self._action("done"),
            "undone": self._action("undone"),
            "demo": self.desks.demo,
        }
        return HTMLResponse(render(template, **shown | values), status)

    def done(self, to: str, action: int | None = None, *, undone: bool = False) -> RedirectResponse:
        """Go on to a page of ours, which says what was done and offers to take it back."""
        where = to if is_ours(to) else "/"
        if action is not None:
            where += ("&" if "?" in where else "?") + urlencode({"undone" if undone else "done": action})
        return RedirectResponse(where, 303)

    def last(self, desk: Desk) -> int | None:
        """The number of the newest action: what was just done at this desk."""
        return next((one.id for one in desk.store.actions(1)), None)

    def _action(self, word: str) -> Action | None:
        number = self.request.query_params.get(word, "")
        if not (number.isascii() and number.isdigit() and len(number) < 12):
            return None
        with self.desk() as desk:
            return next((one for one in desk.store.actions(LOOKED_BACK) if one.id == int(number)), None)


async def visit(request: Request) -> Visit:
    """The visit of a request."""
    return Visit(request, request.app.state.desks, request.app.state.keys)


Visitor = Annotated[Visit, Depends(visit)]
"""The type of a page function's first argument."""


async def own_form(request: Request) -> None:
    """Refuse a form that was not on one of our pages. Raises AskwellError."""
    if request.method in SAFE or request.url.path in request.app.state.streams:
        return
    given = (await request.form()).get("key", "")
    if not (isinstance(given, str) and same(given, request.app.state.keys.form)):
        raise stale()


def stale() -> AskwellError:
    """What is said of a form without its key."""
    return AskwellError(
        say("This form is from an earlier time, or from elsewhere."),
        say("Open the page anew and try again; nothing was changed."),
        http_status=403,
    )


def is_ours(path: str) -> bool:
    """Whether a path leads to a page of this server and nowhere else."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
