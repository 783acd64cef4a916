"""Asking a CardDAV or CalDAV server (RFC 4918, RFC 6352, RFC 4791): one request at a time, carefully.

What a server answers is hostile input: sizes and times are capped, XML with a DTD or entities is refused,
and nothing is asked of another host than the account's own, whatever the answer says. The password goes
to that host only, and never in the clear over a network.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from askwell.errors import AskwellError
from askwell.sources import certificate
from askwell.words import say

if TYPE_CHECKING:
    import httpx2

LARGEST = 64 << 20
"""Bytes of an answer, unpacked."""
PATIENCE = 30.0
"""Seconds without a byte."""
LONGEST = 300.0
"""Seconds that one answer may take in all."""
MOST_TURNS = 5
NAME = "Askwell"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_ELSEWHERE = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Server:
    """Where an account is and how it lets us in. `account` is its name in messages; `token` is a bearer
    token that stands in for the password; `ca` a file with the certificates to trust instead of the
    system's. `patience` and `largest` as above."""

    account: str
    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    ca: str = ""
    patience: float = PATIENCE
    largest: int = LARGEST


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `url` is where it came from after redirects, header names are lower case."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300


class TooLargeError(Exception):
    """An answer went over the cap; what was asked may be asked for in smaller pieces."""


class Dav:
    """A connection to the account's server; use it in a `with`. Raises AskwellError, naming the account."""

    def __init__(self, server: Server) -> None:
        import httpx2

        self.server = server
        self.sent = 0
        """Bytes of the requests so far, without their headers."""
        parts = urlsplit(server.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise self.error(
                say("{url} is no address of a server.", url=server.url), say("It begins with https://.")
            )
        loopback = parts.hostname in _LOOPBACK
        if parts.scheme == "http" and not loopback:
            raise self.error(
                say("{url} would send your password over the network in the clear.", url=server.url),
                say("Use the address that begins with https://."),
            )
        auth = httpx2.BasicAuth(server.user, server.password) if server.user and not server.token else None
        headers = {"User-Agent": NAME, "Accept-Encoding": "gzip"}
        if server.token:
            headers["Authorization"] = f"Bearer {server.token}"
        self._client = httpx2.Client(
            auth=auth,
            headers=headers,
            verify=self._trust(server.ca) if server.ca else True,
            timeout=httpx2.Timeout(server.patience),
            trust_env=not loopback,
            follow_redirects=False,
        )

    def __enter__(self) -> Dav:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def error(self, message: str, hint: str) -> AskwellError:
        """An error that names the account."""
        return AskwellError(f"{self.server.account}: {message}", hint)

    def within(self, href: str, base: str = "") -> str:
        """The whole address of a link in an answer. Raises AskwellError if it leads to another host or
        away from TLS."""
        there = urljoin(base or self.server.url, href)
        wanted, found = urlsplit(self.server.url), urlsplit(there)
        if (found.scheme, found.hostname, found.port) != (wanted.scheme, wanted.hostname, wanted.port):
            where = f"{found.scheme}://{found.netloc}"
            raise self.error(
                say("{host} sends us on to {where}, and we stay.", host=wanted.netloc, where=where),
                say(
                    "If that is your provider's, add the source again with the address {where}.", where=where
                ),
            )
        return there

    def ask(
        self, method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a request and go where it is sent on to within the host. A status that the user can mend
        (401, 403 on reading, 429, 5xx) raises AskwellError; any other is the caller's to judge."""
        for _ in range(MOST_TURNS):
            answer = self._once(method, self.within(url), body, headers or {})
            if answer.status not in _ELSEWHERE or "location" not in answer.headers:
                self._judge(answer)
                return answer
            url = self.within(answer.headers["location"], answer.url)
        raise self.error(
            say("the server sends us round in circles."), say("Check the address of the account.")
        )

    def _once(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        import httpx2

        self.sent += len(body)
        try:
            with self._client.stream(method, url, content=body or None, headers=dict(headers)) as response:
                data = self._all_of(response)
                names = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status_code, url, names, data)
        except (httpx2.HTTPError, httpx2.StreamError, ssl.SSLError, OSError) as error:
            raise self._trouble(error) from None

    def _all_of(self, response: httpx2.Response) -> bytes:
        until = time.monotonic() + LONGEST
        pieces, size = [], 0
        for piece in response.iter_bytes(1 << 16):
            size += len(piece)
            if size > self.server.largest:
                raise TooLargeError
            if time.monotonic() > until:
                raise self._slow()
            pieces.append(piece)
        return b"".join(pieces)

    def _judge(self, answer: Answer) -> None:
        host = urlsplit(answer.url).netloc
        if answer.status == HTTPStatus.UNAUTHORIZED:
            said = answer.headers.get("www-authenticate", "")
            if self.server.token or "invalid_token" in said:
                raise self.error(
                    say("{host} does not take the token; it may have run out.", host=host),
                    say("Get a new one and add the source again: askwell source add"),
                )
            raise self.error(
                say("{host} does not take this user name and password.", host=host),
                say("Many providers want an app password. Add the source again: askwell source add"),
            )
        if answer.status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
            wait = answer.headers.get("retry-after", "")
            raise self.error(
                say("{host} is busy and asks us to wait.", host=host),
                say("Try again in {seconds} seconds.", seconds=wait)
                if wait.isdigit()
                else say("Try again later."),
            )
        if answer.status >= 500 and answer.status not in (501, 507):
            raise self.error(
                say("{host} answers with an error of its own ({status}).", host=host, status=answer.status),
                say("Try again later."),
            )

    def _slow(self) -> AskwellError:
        return self.error(
            say("the server takes too long to answer."),
            say("What was read so far is kept; try again later."),
        )

    def _trouble(self, error: Exception) -> AskwellError:
        import httpx2

        host = urlsplit(self.server.url).netloc
        if isinstance(error, httpx2.TimeoutException):
            return self._slow()
        causes = tuple(_causes(error))
        for one in causes:
            if isinstance(one, ssl.SSLCertVerificationError):
                named = say("Give the address that your provider names, with --url.")
                return self.error(*certificate.meaning(one, host, named))
        if any(isinstance(one, socket.gaierror) for one in causes):
            return self.error(
                say("there is no server called {host}, or no network.", host=host),
                say("Check the address and the network."),
            )
        if isinstance(error, httpx2.ConnectError):
            return self.error(
                say("{host} cannot be reached.", host=host), say("Check the address and the network.")
            )
        return self.error(
            say("{host} hung up in the middle of an answer.", host=host),
            say("What was read so far is kept; try again."),
        )

    def _trust(self, ca: str) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=ca)
        except (OSError, ssl.SSLError) as error:
            raise self.error(
                say("the certificates in {name} cannot be read: {why}.", name=ca, why=_short(error)),
                say("It should be a file in PEM form."),
            ) from None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those that it came of."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _short(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text.partition(" (_ssl")[0].rstrip(".")[:200]
