"""A connection to a mailbox over IMAP (RFC 3501), and what its troubles mean to a user.

Every error names the account and what to do. What a server says is shown only where the secret is not
in it.
"""

from __future__ import annotations

import contextlib
import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askwell.errors import AskwellError
from askwell.sources import certificate
from askwell.words import say

if TYPE_CHECKING:
    from imapclient import IMAPClient  # type: ignore[import-untyped]

CONNECTING, WAITING = 20.0, 60.0
"""Seconds to wait for a connection, and for an answer."""
AWAY = 502
"""The status of errors after which it is worth while to try again later."""
PORTS = {"tls": 993, "starttls": 143, "plain": 143}
_SPEAKING = (
    "imapclient.",
    "imaplib",
    "askwell.sources.imap_f",
    "askwell.sources.imap_d",
    "askwell.sources.imap_c",
)


@dataclass(frozen=True, slots=True)
class Server:
    """Where a mailbox lies and how one signs in; `name` is what its owner calls it."""

    name: str
    host: str
    port: int
    user: str
    xoauth2: bool = False
    security: str = "tls"
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """An open connection."""

    client: IMAPClient

    @property
    def gmail(self) -> bool:
        return bool(self.client.has_capability("X-GM-EXT-1"))


@contextmanager
def signed_in(server: Server, secret: str) -> Iterator[Session]:
    """A connection that is signed in, closed at the end. Raises AskwellError; also for what goes wrong in
    the block."""
    client = _connected(server)
    try:
        with told(server):
            if server.security == "starttls":
                _start_tls(server, client)
            _sign_in(server, client, secret)
            # Many servers say what they can do only to those who are signed in.
            client.capabilities()
            yield Session(client)
    except BaseException:  # it may be in the middle of an answer: no farewell, which would be waited for
        with contextlib.suppress(Exception):
            client.shutdown()
        raise
    with contextlib.suppress(Exception):
        _close(client)


def _connected(server: Server) -> IMAPClient:
    from imapclient import IMAPClient, SocketTimeout

    with told(server, greeting=True):
        return _quiet(
            IMAPClient(
                server.host,
                server.port or PORTS[server.security],
                ssl=server.security == "tls",
                ssl_context=trust(server) if server.security == "tls" else None,
                timeout=SocketTimeout(CONNECTING, WAITING),
            )
        )


def _quiet(client: IMAPClient) -> IMAPClient:
    """The library writes down every line that it sends, for its log. Not here: passwords are among them."""
    imap: Any = client._imap
    imap.debug = 0
    return client


def trust(server: Server) -> ssl.SSLContext:
    """The system's authorities, and the certificate that the user trusts beside them."""
    context = ssl.create_default_context()
    if server.certificate:
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # it may be the server's own
        try:
            context.load_verify_locations(Path(server.certificate).expanduser())
        except OSError as error:
            raise AskwellError(
                f"{server.name}: "
                + say(
                    "the certificate {path} cannot be used: {why}.",
                    path=server.certificate,
                    why=error.strerror or str(error),
                ),
                say("Give a file in PEM form: -----BEGIN CERTIFICATE-----"),
            ) from None
    return context


def _start_tls(server: Server, client: IMAPClient) -> None:
    if not client.has_capability("STARTTLS"):
        raise AskwellError(
            f"{server.name}: " + say("the server offers no STARTTLS, so the password was not sent."),
            say("Most servers take TLS from the start: --security tls"),
        )
    client.starttls(trust(server))


def _sign_in(server: Server, client: IMAPClient, secret: str) -> None:
    from imapclient.exceptions import LoginError  # type: ignore[import-untyped]

    if (
        client.has_capability("LOGINDISABLED")
        and not client.has_capability("AUTH=PLAIN")
        and not server.xoauth2
    ):
        raise AskwellError(
            f"{server.name}: " + say("the server takes no passwords on this connection."),
            say("Try --security tls, or --auth xoauth2 if your provider wants it."),
        )
    if server.xoauth2 and not client.has_capability("AUTH=XOAUTH2"):
        raise AskwellError(
            f"{server.name}: " + say("the server takes no tokens (XOAUTH2), so none was sent."),
            say("Give a password instead: --auth password"),
        )
    try:
        if server.xoauth2:
            client.oauth2_login(server.user, secret)
        elif client.has_capability("AUTH=PLAIN"):
            client.plain_login(server.user, secret)  # the only one that carries letters outside ASCII
        else:
            client.login(server.user, secret)
    except UnicodeEncodeError:
        raise AskwellError(
            f"{server.name}: " + say("the server takes only passwords of plain letters and digits."),
            say("Make a password for programs with your provider; see docs/sync.md."),
        ) from None
    except LoginError as error:
        raise _refused(server, str(error), secret) from None


def _refused(server: Server, words: str, secret: str) -> AskwellError:
    shown = "" if not secret or secret in words else _words(words)
    if server.xoauth2:
        what = say("the token was refused; it may have expired.")
        hint = say(
            "Sign in again with your provider and give the new token: askwell source add imap {name} …",
            name=server.name,
        )
    else:
        what = say("the password was refused for {user}.", user=server.user)
        hint = say("Many providers want a password made for programs: docs/sync.md.")
        hint += " " + say("Give it: askwell source add imap {name} …", name=server.name)
    if shown:
        what += " " + say("The server says: {words}", words=shown)
    return AskwellError(f"{server.name}: {what}", hint, http_status=401)


def _words(words: str) -> str:
    """What a server said, as one short line."""
    text = words[2:-1] if words.startswith(("b'", 'b"')) else words
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:200]


def _close(client: IMAPClient) -> None:
    try:
        client.logout()
    except Exception:
        client.shutdown()


@contextmanager
def told(server: Server, greeting: bool = False) -> Iterator[None]:
    """What goes wrong in the block, as an AskwellError. `greeting`: the server has not yet shown that it
    speaks IMAP."""
    try:
        yield
    except AskwellError:
        raise
    except Exception as error:  # whatever an answer that makes no sense makes of the library
        if not isinstance(error, imaplib.IMAP4.error) and not _from_the_server(error):
            raise
        what, hint = _meaning(error, server, greeting)
        raise AskwellError(f"{server.name}: {what}", hint, http_status=AWAY) from None


def _from_the_server(error: BaseException) -> bool:
    """Whether it was raised while the network was spoken to, or an answer taken apart."""
    trace = error.__traceback__
    while trace is not None:
        if str(trace.tb_frame.f_globals.get("__name__", "")).startswith(_SPEAKING):
            return True
        trace = trace.tb_next
    return False


def _meaning(error: BaseException, server: Server, greeting: bool) -> tuple[str, str]:
    again = say("Try again later; what was read is kept, and the next sync goes on from there.")
    if isinstance(error, ssl.SSLCertVerificationError):
        return certificate.meaning(
            error, server.host, say("Give the name that your provider names, with --host.")
        )
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return say("{host} takes too long to answer.", host=server.host), again
    if greeting:
        return _no_answer(error, server)
    if isinstance(error, imaplib.IMAP4.abort | OSError | EOFError):
        return say("{host} has broken off the connection.", host=server.host), again
    if not isinstance(error, imaplib.IMAP4.error):
        return say("the server's answer makes no sense."), again
    return say("the server refused. It says: {words}", words=_words(str(error))), again


def _no_answer(error: BaseException, server: Server) -> tuple[str, str]:
    """Why there was no greeting."""
    port = server.port or PORTS[server.security]
    if isinstance(error, socket.gaierror):
        return (
            say("there is no server called {host}, or no network.", host=server.host),
            say("Look at --host, and whether this machine is on the network."),
        )
    if isinstance(error, ssl.SSLError):
        return (
            say("{host} speaks no TLS on port {port}.", host=server.host, port=port),
            say("The usual ports are 993 for --security tls and 143 for --security starttls."),
        )
    if isinstance(error, OSError):
        return (
            say("{host} does not answer on port {port}.", host=server.host, port=port),
            say("Look at --host and --port, or try again later if the server is away."),
        )
    return _no_imap(server)


def _no_imap(server: Server) -> tuple[str, str]:
    port = server.port or PORTS[server.security]
    return (
        say(
            "what answers at {host} on port {port} is no mailbox (it speaks no IMAP).",
            host=server.host,
            port=port,
        ),
        say("Look at --host and --port. The usual ports are 993 and 143."),
    )
