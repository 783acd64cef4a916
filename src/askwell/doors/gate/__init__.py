"""The gate: between a mail program and the user's own mail server; it holds what is better not sent."""

from __future__ import annotations

import os
import signal
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from ipaddress import ip_address
from pathlib import Path

from askwell.app import leaving
from askwell.app.gate import Decision
from askwell.app.jury import Jury
from askwell.doors.gate import certificate as certificates
from askwell.doors.gate.accepted import Accepted
from askwell.doors.gate.beyond import Place, reach
from askwell.doors.gate.server import Gate
from askwell.doors.gate.session import Way
from askwell.errors import AskwellError
from askwell.settings import Settings, load
from askwell.words import language, later, say

USUAL_PORT = 587


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the gate is to stand, where that differs from the settings; empty means as they say."""

    listen: str = ""
    listen_security: str = ""
    server: str = ""
    security: str = ""
    certificate: str = ""
    level: str = ""
    note: str = ""


def run(home: Path, show: Callable[[str], None], **wanted: str) -> int:
    """Stand until SIGINT or SIGTERM. `wanted` are the fields of `Wanted`; `show` prints a line.

    Raises AskwellError if the address is taken, no server is named, or a certificate cannot be read.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings = load(home)
    chosen = Wanted(**{name: value or getattr(settings, f"gate_{name}") for name, value in wanted.items()})
    place = server_place(chosen)
    host, port = split(chosen.listen or Settings().gate_listen, 1587)
    jury = Jury(home, language(), wanted.get("level", ""))
    try:
        gate = Gate(host, port, _way(home, host, chosen, place, jury, show))
    except OSError as error:
        jury.close()
        why = os.strerror(error.errno) if error.errno else str(error)
        what = say("The gate cannot stand at {listen}: {why}.", listen=f"{host}:{port}", why=why)
        raise AskwellError(what, say("Choose another port with --listen.")) from None
    except BaseException:
        jury.close()
        raise
    show(
        say("The gate stands at {listen} and sends by {server}.", listen=f"{host}:{gate.port}", server=place)
    )
    show(say("Let it stand; stop it with Ctrl-C."))
    stop = threading.Event()
    with suppress(ValueError):  # not in the main thread: whoever runs it there ends it otherwise
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, lambda *_: stop.set())
    jury.ready()
    while not stop.wait(3600):
        pass
    gate.stop()
    jury.close()
    return 0


def server_place(chosen: Wanted) -> Place:
    """The user's server. Raises AskwellError if it is not named, or its certificate file is none."""
    if not chosen.server:
        raise AskwellError(
            say("No mail server is named."),
            say("Name the one that your mail program sends by: --server smtp.example.org:587"),
        )
    host, port = split(chosen.server, USUAL_PORT)
    if (host, port) == split(chosen.listen or Settings().gate_listen, 1587):
        raise AskwellError(
            say("The gate cannot send by itself."),
            say("Name your mail server with --server, and the gate's own address with --listen."),
        )
    security = chosen.security or ("tls" if port == 465 else "starttls")
    context = None if security == "plain" else ssl.create_default_context()
    if context and chosen.certificate:
        try:
            context.load_verify_locations(Path(chosen.certificate).expanduser())
        except OSError as error:
            raise AskwellError(
                say("{name} cannot be read: {why}.", name=chosen.certificate, why=error.strerror or error),
                say("Give a PEM file with the server's certificate, or that of who signed it."),
            ) from None
    return Place(host, port, security, context)


def split(text: str, port: int) -> tuple[str, int]:
    """Host and port of `host:port`, `[::1]:port` or `host`. Raises AskwellError."""
    host, colon, number = text.strip().rpartition(":")
    if not colon or (":" in host and not host.startswith("[")):
        host, number = text.strip(), str(port)
    host = host.removeprefix("[").removesuffix("]")
    if not host or not number.isdigit() or not int(number) < 1 << 16:
        raise AskwellError(
            say('"{text}" is no address.', text=text), say("Write host:port, such as smtp.example.org:587.")
        )
    return host, int(number)


def _way(home: Path, host: str, chosen: Wanted, place: Place, jury: Jury, show: Callable[[str], None]) -> Way:
    near = host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)
    security = chosen.listen_security or "plain"
    if not near and security == "plain":
        raise AskwellError(
            say(
                "{host} can be reached from other machines, and passwords would go there in the clear.",
                host=host,
            ),
            say("Choose --listen-security starttls or tls, or listen at 127.0.0.1."),
        )
    now = datetime.now().astimezone()
    return Way(
        partial(reach, place),
        jury.decide,
        partial(_tell, home, place, show),
        Accepted(),
        tls=None if security == "plain" else certificates.context(home, host, now),
        implicit=security == "tls",
        trusted=near,
        note=chosen.note,
    )


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


_SAID = {
    "sent": later("sent"),
    "refused": later("not taken by the server"),
    "held": later("held: see askwell gate --held"),
    "noted": later("the verdict sent to you by mail"),
    "left": later("the mail program went away before the letter was sent"),
    "lost": later("the mail server went away"),
}


def _tell(
    home: Path, place: Place, show: Callable[[str], None], what: str, decision: Decision, size: int
) -> None:
    """One line for each letter, without a word of it; and a note of what left this machine."""
    now = datetime.now().astimezone()
    more = decision.verdict
    if decision.trouble:
        more = say("not judged: {why}", why=decision.trouble)
    elif decision.again:
        more = say("sent again as it was")
    show(f"{now:%H:%M}  {say(_SAID[what])}" + (f"  ({more})" if more else ""))
    if what not in ("held", "left"):
        leaving.note(home, now, "gate", place.host, later("a letter of yours, by your own mail server"), size)
