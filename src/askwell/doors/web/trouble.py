"""What a visitor is told when something is wrong: a page for people, JSON for programs."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from askwell.doors.web.paper import render
from askwell.errors import AskwellError
from askwell.words import later, say

API = "/api/"
_KNOWN = {
    404: (
        later("There is nothing here."),
        later("Perhaps the address was mistyped, or what was here is gone."),
    ),
    405: (later("This cannot be done here."), ""),
    413: (later("That is too much at once."), later("Give a smaller text or file.")),
    422: (later("Something in what was sent does not fit."), later("Look at what you filled in.")),
    500: (
        later("Something went wrong in Askwell itself."),
        later("Nothing was changed, as far as is known. The terminal that it runs in says more."),
    ),
}


class TooMuchError(HTTPException):
    """A body that is longer than it may be."""

    def __init__(self) -> None:
        super().__init__(413)


def answer(path: str, status: int, message: str, hint: str = "", form_key: str = "") -> Response:
    """An error as JSON under `/api/`, else as a page; with the key of forms if the visitor has come in."""
    if path.startswith(API):
        return JSONResponse({"message": message, "hint": hint}, status)
    text = render("trouble.html", message=message, hint=hint, form_key=form_key)
    return HTMLResponse(text, status)


def of_status(path: str, status: int, detail: str = "", form_key: str = "") -> Response:
    """An error that the web knows by its number."""
    message, hint = _KNOWN.get(status, (HTTPStatus(status).phrase, ""))
    hint = " ".join(filter(None, (say(hint) if hint else "", detail)))
    return answer(path, status, say(message), hint, form_key)


def register(app: FastAPI) -> None:
    """Answer AskwellErrors with their status, and everything else without showing what is inside."""

    def key() -> str:
        found: str = app.state.keys.form
        return found

    @app.exception_handler(AskwellError)
    def _ours(request: Request, error: AskwellError) -> Response:
        hint = say(error.hint) if error.hint else ""
        return answer(request.url.path, error.http_status, say(error.message), hint, key())

    @app.exception_handler(RequestValidationError)
    def _unfit(request: Request, error: RequestValidationError) -> Response:
        where = [".".join(str(part) for part in one["loc"][1:]) for one in error.errors()]
        named = ", ".join(dict.fromkeys(filter(None, where)))[:300]
        return of_status(request.url.path, 422, named, key())

    @app.exception_handler(HTTPException)
    def _web(request: Request, error: HTTPException) -> Response:
        found = of_status(request.url.path, error.status_code, "", key())
        found.headers.update(error.headers or {})
        return found

    @app.exception_handler(Exception)
    def _unknown(request: Request, error: Exception) -> Response:  # noqa: ARG001 (the server logs it)
        return of_status(request.url.path, 500, "", key())
