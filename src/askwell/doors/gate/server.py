"""The gate's door: where mail programs knock. A thread for each, so many at most, and a calm end."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

from askwell.doors.gate.session import Session, Way
from askwell.doors.gate.wire import LostError, Wire
from askwell.words import language, set_language

MOST = 100
"""Mail programs at a time. Whoever comes then takes the place of the one that has been silent longest."""
PATIENCE = 300.0
"""Seconds that a mail program may be silent (RFC 5321 4.5.3.2.7)."""


class Gate:
    """A listening socket and its sessions. `stop` may be called by any thread."""

    def __init__(
        self, host: str, port: int, way: Way, *, most: int = MOST, patience: float = PATIENCE
    ) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._link = socket.create_server((host, port), family=family, backlog=128)
        self._way, self._most, self._patience = way, most, patience
        self._sessions: set[Session] = set()
        self._guard = threading.Lock()
        self._open = True
        self._lang = language()  # a thread begins without it
        threading.Thread(target=self._welcome, name="gate", daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._link.getsockname()[1])

    def _welcome(self) -> None:
        while self._open:
            try:
                link, _ = self._link.accept()
            except OSError:
                if not self._open:
                    return
                time.sleep(0.1)  # no files left, for example: somebody will go
                continue
            self._seat(Wire(link, self._patience))

    def _seat(self, wire: Wire) -> None:
        with self._guard:
            full = len(self._sessions) >= self._most
            idle = min((one for one in self._sessions if not one.busy), key=_silent_since, default=None)
            if full and idle is not None:
                self._sessions.discard(idle)
                idle.wire.close()
            session = Session(wire, self._way)
            if not full or idle is not None:
                self._sessions.add(session)
                threading.Thread(target=self._serve, args=(session,), daemon=True).start()
                return
        with contextlib.suppress(LostError):
            wire.send(b"421 4.3.2 too many connections\r\n")
        wire.close()

    def _serve(self, session: Session) -> None:
        set_language(self._lang)
        try:
            session.run()
        finally:
            with self._guard:
                self._sessions.discard(session)

    def stop(self, patience: float = 30.0) -> None:
        """Take nobody in any more; let letters that are on their way arrive; close the rest."""
        self._open = False
        with contextlib.suppress(OSError):
            self._link.shutdown(socket.SHUT_RDWR)
        self._link.close()
        until = time.monotonic() + patience
        while any(one.busy for one in self._some()) and time.monotonic() < until:
            time.sleep(0.05)
        for one in self._some():
            one.wire.close()

    def _some(self) -> list[Session]:
        with self._guard:
            return list(self._sessions)


def _silent_since(session: Session) -> float:
    return session.wire.since
