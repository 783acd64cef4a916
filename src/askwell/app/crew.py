"""A few processes that share work: each gets a piece in turn, results come back in order.

Not a process pool of the standard library: its workers outlive a parent that is killed. These end
when their pipe to the parent closes.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")

AHEAD = 3
SWEPT = 50_000
"""A worker looks for rings of dead objects after so many new ones. What it makes has hardly any, and looking
as often as a new process does takes a tenth of its time."""
MOST = 4
_END = object()


def size(chosen: int = 0) -> int:
    """How many workers: as chosen, else one for each core, at most MOST."""
    return chosen or min(MOST, os.cpu_count() or 1)


@contextmanager
def seldom_swept() -> Iterator[None]:
    """Look for rings of dead objects as seldom as a worker does, for a while."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], SWEPT), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def in_order(
    work: Callable[[Piece], Result],
    pieces: Iterable[Piece],
    workers: int,
    ready: Callable[[], object] = lambda: None,
) -> Iterator[Result]:
    """`work` done on each piece, by this process alone for less than two workers or a single piece.

    `work` must be a module-level function. An exception in it is raised here. `ready` is called before
    workers are made: what it loads, they have in common.
    """
    waiting = iter(pieces)
    first = list(_some(waiting, 2))
    if workers < 2 or len(first) < 2:
        for piece in (*first, *waiting):
            yield work(piece)
        return
    ready()
    yield from _shared(work, (piece for group in (first, waiting) for piece in group), workers)


def _some(pieces: Iterator[Piece], most: int) -> Iterator[Piece]:
    for _ in range(most):
        try:
            yield next(pieces)
        except StopIteration:
            return


def _shared(work: Callable[[Piece], Result], pieces: Iterable[Piece], workers: int) -> Iterator[Any]:
    context = get_context("fork") if "fork" in get_all_start_methods() else get_context("spawn")
    pipes: list[Connection[Any, Any]] = []
    crew = []
    gc.freeze()  # what is there before the fork stays where both can read it
    for _ in range(workers):
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(work, theirs, [*pipes, ours]), daemon=True)
        process.start()
        theirs.close()
        pipes.append(ours)
        crew.append(process)
    gc.unfreeze()
    try:
        yield from _rounds(pieces, pipes)
    finally:
        for pipe in pipes:
            pipe.close()
        for process in crew:
            process.join(5)


def _rounds(pieces: Iterable[object], pipes: list[Connection[Any, Any]]) -> Iterator[Any]:
    """Hand out pieces in turn, a few ahead of the results that are waited for."""
    busy: deque[Connection[Any, Any]] = deque()
    turn = 0
    for piece in pieces:
        if len(busy) >= AHEAD * len(pipes):
            yield _take(busy.popleft())
        pipes[turn].send(piece)
        busy.append(pipes[turn])
        turn = (turn + 1) % len(pipes)
    while busy:
        yield _take(busy.popleft())


def _take(pipe: Connection[Any, Any]) -> Any:
    done, result = pipe.recv()
    if not done:
        raise result
    return result


def _serve(
    work: Callable[[Any], Any], pipe: Connection[Any, Any], others: list[Connection[Any, Any]]
) -> None:
    """A worker's life. The parent's ends of the pipes, inherited by a fork, are closed first, so that
    the end of the parent is seen as the end of the pipe. A thread of its own receives, or two full
    pipes would wait for each other."""
    for other in others:
        other.close()
    gc.set_threshold(SWEPT)
    inbox: SimpleQueue[object] = SimpleQueue()
    Thread(target=_receive, args=(pipe, inbox), daemon=True).start()
    while (piece := inbox.get()) is not _END:
        try:
            answer: tuple[bool, object] = (True, work(piece))
        except Exception as error:
            answer = (False, error)
        try:
            pipe.send(answer)
        except OSError:
            return


def _receive(pipe: Connection[Any, Any], inbox: SimpleQueue[object]) -> None:
    try:
        while True:
            inbox.put(pipe.recv())
    except (EOFError, OSError, KeyboardInterrupt):
        inbox.put(_END)
