"""One import at a time: a lock that the operating system lets go of when the process dies."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from askwell.errors import AskwellError
from askwell.words import say

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD: set[IO[bytes]] = set()
"""The files of the locks that this process holds."""


def _let_go() -> None:
    """In a new child: what the parent holds must not outlive it by a child that still works."""
    for file in _HELD:
        file.close()
    _HELD.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


class Lock:
    """Held by one thread of one process; that thread may take it again. Without a path it holds
    within this process only."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._owner = 0
        self._guard = threading.Lock()

    @contextmanager
    def hold(self) -> Iterator[None]:
        if self._owner == threading.get_ident():
            yield
            return
        if not self._guard.acquire(blocking=False):
            raise busy()
        try:
            with self._file():
                self._owner = threading.get_ident()
                yield
        finally:
            self._owner = 0
            self._guard.release()

    @contextmanager
    def _file(self) -> Iterator[None]:
        if self._path is None:
            yield
            return
        try:
            file = self._path.open("wb")
        except OSError as error:
            raise AskwellError(
                say("{path} cannot be written to: {why}", path=self._path.parent, why=error.strerror),
                say("Choose another folder with --home, or make this one writable."),
            ) from error
        with file:
            try:
                _take(file)
            except OSError as error:
                raise busy() from error
            _HELD.add(file)
            try:
                yield  # closing the file lets go of the lock
            finally:
                _HELD.discard(file)


def busy() -> AskwellError:
    """What a second import is told."""
    return AskwellError(
        say("another import is running on this ledger"),
        say("Wait until it has finished, or stop it; an import that is stopped goes on where it was."),
        http_status=409,
    )
