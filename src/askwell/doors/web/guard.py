"""What stands before every answer: is it our address, our page, our user; and what a browser may do with it.

Host names are checked against DNS rebinding, Origin and Sec-Fetch-Site against posts from other pages
(another port of this machine is another page), the cookie against other users of the machine.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from askwell.doors.web.keys import Keys, cookie_name, same
from askwell.doors.web.paper import render
from askwell.doors.web.trouble import API, TooMuchError, answer, of_status
from askwell.words import say

BODY = 4_000_000
"""Bytes that a request may carry; an import may carry more (`Guard.streams`)."""
SAFE = ("GET", "HEAD", "OPTIONS")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "x-robots-tag": "noindex",
}
FEED = re.compile(r"/feed/[A-Za-z0-9_-]{20,100}/[a-z_]{1,20}\.ics")
"""What a calendar program may read without a cookie: the page itself looks at the secret in the path."""
_LOCAL = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Guard:
    """An ASGI application around ours. `host` is what the server listens on; `streams` maps the paths whose
    bodies are streamed to how many bytes they may have."""

    app: ASGIApp
    keys: Keys
    host: str
    streams: dict[str, int]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        if scope["type"] != "http":  # there are no web sockets
            return
        started = time.perf_counter()

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if "cache-control" not in headers:
                    headers["cache-control"] = "no-store"
                spent = (time.perf_counter() - started) * 1000
                headers["server-timing"] = f"app;dur={spent:.1f}"
            await send(message)

        refused = self._refused(scope, Headers(scope=scope))
        if refused is not None:
            await refused(scope, receive, tell)
            return
        most = self.streams.get(scope["path"], BODY)
        await self.app(scope, _capped(receive, most), tell)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        path = scope["path"]
        if not self._known_host(headers.get("host", "")):
            return answer(
                path, 421, say("This is not an address of Askwell."), say("Use the one it printed.")
            )
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.streams.get(path, BODY):
            return of_status(path, 413)
        if path.startswith("/static/") or (scope["method"] in ("GET", "HEAD") and FEED.fullmatch(path)):
            return None
        return self._enter(scope, headers) if path == "/enter" else self._stranger(scope, headers)

    def _stranger(self, scope: Scope, headers: Headers) -> Response | None:
        """What is answered to one who has not come in, or was sent here by another page."""
        if same(headers.get("authorization", "").removeprefix("Bearer "), self.keys.api):
            return None
        if not self._has_cookie(scope, headers):
            return _locked(scope["path"])
        if scope["method"] not in SAFE and not _own_page(headers):
            message = say("That came from another page.")
            return answer(scope["path"], 403, message, say("Nothing was changed."))
        return None

    def _has_cookie(self, scope: Scope, headers: Headers) -> bool:
        cookies = cookie_parser(headers.get("cookie", ""))
        return same(cookies.get(cookie_name(_port(scope)), ""), self.keys.session)

    def _known_host(self, host: str) -> bool:
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        name = name.lower()
        if name in _LOCAL or name == self.host.lower():
            return True
        if self.host in ("127.0.0.1", "::1", "localhost"):
            return False
        try:  # the server was told to listen beyond this machine: a number is no name that could be rebound
            return bool(ip_address(name.strip("[]")))
        except ValueError:
            return False

    def _enter(self, scope: Scope, headers: Headers) -> Response:
        given = QueryParams(scope["query_string"]).get("token", "")
        known = self._has_cookie(scope, headers) or (scope["method"] == "GET" and self.keys.enter(given))
        if not known:
            return _locked(scope["path"])
        # A page and not a redirect: one that came here from elsewhere would leave out the strict cookie.
        found = HTMLResponse(render("enter.html"))
        name = cookie_name(_port(scope))
        found.set_cookie(name, self.keys.session, path="/", httponly=True, samesite="strict")
        return found


def _port(scope: Scope) -> int:
    server = scope.get("server") or ("", 0)
    return int(server[1] or 0)


def _locked(path: str) -> Response:
    message = say("Askwell is open only to the one who started it.")
    hint = say("Open the address that `askwell serve` printed, or start it again: each address opens once.")
    if path.startswith(API):
        return answer(path, 401, message, hint)
    return HTMLResponse(render("locked.html", message=message, hint=hint), 401)


def _own_page(headers: Headers) -> bool:
    """Whether a browser says that a page of ours sent this. Forms send the origin `null` (our pages give no
    referrer), so there Sec-Fetch-Site says it; where a browser sends neither, the form's own key does."""
    origin = headers.get("origin", "null")
    site = headers.get("sec-fetch-site", "")
    if origin != "null":
        return origin == f"http://{headers.get('host', '')}"
    if site:
        return site == "same-origin"
    return "json" not in headers.get("content-type", "")


def _capped(receive: Receive, most: int) -> Receive:
    had = 0

    async def counted() -> Message:
        nonlocal had
        message = await receive()
        had += len(message.get("body", b""))
        if had > most:
            raise TooMuchError
        return message

    return counted
