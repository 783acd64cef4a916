"""Listening: find a port, say the address, open a browser, run until interrupted."""

from __future__ import annotations

import socket
import sys
import threading
import webbrowser
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from askwell.errors import AskwellError
from askwell.settings import WEB_PORT
from askwell.words import say

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(home: Path, *, port: int, host: str, browser: bool, lang: str, on: date | None, demo: bool) -> int:
    """Serve the ledger of this home until interrupted. Raises AskwellError if it cannot listen."""
    import uvicorn

    from askwell.app.keyfile import key
    from askwell.doors.web.application import application
    from askwell.doors.web.desks import Desks
    from askwell.doors.web.keys import Keys

    if demo:
        from askwell.app.demo import DAY

        on = on or DAY
        _fill(home, on)
    keys = Keys(key(home, "api"))
    listening = listen(host, port)
    with closing(listening), Desks(home, on, demo=demo) as desks:
        app = application(desks, keys, host, lang)
        address = f"http://{_name(host)}:{listening.getsockname()[1]}/enter?token={keys.token}"
        tell(address, host)
        server = uvicorn.Server(
            uvicorn.Config(
                app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=2
            )
        )
        if browser:
            threading.Timer(0.5, webbrowser.open, [address]).start()
        with suppress(KeyboardInterrupt):  # that is how it is stopped
            server.run(sockets=[listening])
    return 0


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; without a port the usual one, or a free one if that is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for choice in (port,) if port else (WEB_PORT, 0):
        made = socket.socket(family, socket.SOCK_STREAM)
        if sys.platform != "win32":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, choice))
            made.listen(128)  # here too it may turn out that another, begun at the same moment, has it
        except OSError as error:
            made.close()
            why = error.strerror or str(error)
            continue
        return made
    raise AskwellError(
        say("Cannot listen on {host}, port {port}: {why}.", host=host, port=port or WEB_PORT, why=why),
        say("Choose another port with --port, or stop what uses this one."),
    )


def tell(address: str, host: str) -> None:
    """Say where it is, and who can reach it."""
    print(say("Askwell is open at {address}", address=address), flush=True)
    if host in LOOPBACK:
        print(
            say("Only this machine can reach it, and the address opens once. Stop it with Ctrl+C."),
            flush=True,
        )
    else:
        print(
            say("Other machines can reach it, and what passes is not encrypted. Stop it with Ctrl+C."),
            flush=True,
        )


def _name(host: str) -> str:
    return f"[{host}]" if ":" in host else {"0.0.0.0": "127.0.0.1"}.get(host, host)


def _fill(home: Path, on: date) -> None:
    from askwell.app.demo import examples
    from askwell.app.desk import open_desk, profile
    from askwell.app.importing import import_

    with open_desk(home, on) as opened:
        if not opened.store.people():
            import_(replace(opened, profile=profile(opened.store, home)), [examples() / "demo.story"])
