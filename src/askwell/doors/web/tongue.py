"""The language of each answer: the switch on the page, else `--lang` or the setting, else the browser's."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send

from askwell.words import LANGUAGES, set_language

SWITCH = "askwell_lang"
_SPOKEN = {"nb": "nb", "no": "nb", "nn": "nn", "en": "en"}


class Tongue:
    """Sets the language that `say` uses while a request is answered. It is of that request alone. `chosen`
    says what `--lang` or the setting wants, empty for nothing."""

    def __init__(self, app: ASGIApp, chosen: Callable[[], str]) -> None:
        self.app = app
        self.chosen = chosen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            switched = cookie_parser(headers.get("cookie", "")).get(SWITCH, "")
            known = switched if switched in LANGUAGES else self.chosen()
            set_language(known or accepted(headers.get("accept-language", "")))
        await self.app(scope, receive, send)


def accepted(header: str) -> str:
    """The best language of an Accept-Language header (RFC 9110, 12.5.4) that Askwell speaks, else English."""
    ranked = sorted(_ranges(header[:1000]), key=lambda one: -one[1])
    return next((_SPOKEN[code] for code, weight in ranked if code in _SPOKEN and weight > 0), "en")


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        tag, _, more = part.strip().partition(";")
        weight = more.strip().removeprefix("q=") if more else "1"
        try:
            yield tag.strip().lower().partition("-")[0], float(weight)
        except ValueError:
            continue
