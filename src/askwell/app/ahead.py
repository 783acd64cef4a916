"""Loading the reader in a second process while this one opens the ledger: a cold `check` is a third faster.

The same reader gives the same reading there. Where a process cannot be forked, or it fails, this one reads.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, Protocol

from askwell.text.reading import Reading


class Reader(Protocol):
    """What reads a text: `askwell.text.read.read`, or another process that does it."""

    def __call__(self, text: str, **more: Any) -> Reading: ...


def here(text: str, **more: Any) -> Reading:
    """Read in this process."""
    from askwell.text.read import read

    return read(text, **more)


@contextmanager
def reader(like: str) -> Iterator[Reader]:
    """A reader that loads what a text `like` this needs, beside what comes next. Must be called before
    threads are started."""
    if not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
        yield here
        return
    ours, theirs = Pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        ours.close()
        _serve(theirs, like)
    theirs.close()
    try:
        yield lambda text, **more: _asked(ours, text, more)
    finally:
        ours.close()
        os.waitpid(child, 0)


def _asked(pipe: Connection[Any, Any], text: str, more: dict[str, Any]) -> Reading:
    try:
        pipe.send((text, more))
        answer = pipe.recv()
    except (EOFError, OSError):
        answer = None
    return answer if isinstance(answer, Reading) else here(text, **more)


def _serve(pipe: Connection[Any, Any], like: str) -> None:
    """The second process: load, then read what is sent until the pipe closes. Never returns."""
    try:
        here(like)
        while True:
            text, more = pipe.recv()
            pipe.send(here(text, **more))
    except BaseException:  # whatever happens here, the first process reads by itself
        pass
    finally:
        os._exit(0)
