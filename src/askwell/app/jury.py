"""Judges in processes of their own, each with the ledger open: the gate never waits for one that hangs, and
outlives one that dies. Whatever goes wrong with a judge, the letter passes, and the trouble is kept.

A process is started by `spawn`: the gate has threads, which a fork does not carry over.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from askwell.app.desk import Desk, open_desk, profile
from askwell.app.gate import Decision, Submitted, decide, opened
from askwell.app.held import note_trouble
from askwell.settings import load
from askwell.words import say, set_language

PATIENCE = 10.0
"""Seconds that a letter waits for its verdict, with the time that it takes to start a judge."""


class Jury:
    """A few judges. `decide` may be called by any thread; each judge has one letter at a time.

    `level` holds for all letters; empty means the setting, read anew for each letter."""

    def __init__(self, home: Path, lang: str, level: str = "", judges: int = 2, patience: float = PATIENCE):
        self._home = home
        self._given = (home, lang, level)
        self._patience = patience
        self._free: SimpleQueue[_Judge] = SimpleQueue()
        self._all = [_Judge(self._given) for _ in range(judges)]
        for one in self._all:
            self._free.put(one)

    def decide(self, letter: Submitted) -> Decision:
        """What a judge says. Never raises: without an answer in time the letter passes."""
        try:
            judge = self._free.get(timeout=self._patience)
        except Empty:
            return self._passes(letter, say("all judges were busy"))
        try:
            found = judge.ask(letter, self._patience)
        finally:
            self._free.put(judge)
        return self._passes(letter, found) if isinstance(found, str) else found

    def _passes(self, letter: Submitted, why: str) -> Decision:
        note_trouble(self._home, letter.at, why)
        return Decision(True, trouble=why)

    def ready(self) -> None:
        """Wait until every judge has its ledger open, or has failed to."""
        for one in self._all:
            one.ready(self._patience)

    def pids(self) -> tuple[int, ...]:
        """The judges' processes, for those who look after them."""
        return tuple(one.pid for one in self._all if one.pid)

    def close(self) -> None:
        """Let the judges go."""
        for one in self._all:
            one.close()


class _Judge:
    """One process, started anew when it has failed."""

    def __init__(self, given: tuple[Path, str, str]) -> None:
        self._given = given
        self._guard = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._start()

    @property
    def pid(self) -> int:
        return self._process.pid or 0 if self._process else 0

    def _start(self) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_sit, args=(theirs, *self._given), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, letter: Submitted, patience: float) -> Decision | str:
        """The judge's answer, or what went wrong. One that died between two letters is replaced first."""
        with self._guard:
            for last in (False, True):
                answer = self._asked(letter, patience)
                if answer is not None:
                    return answer
                self._end()
                if last:
                    break
                self._start()
            self._start()
            return say("the judge ended without an answer")

    def _asked(self, letter: object, patience: float) -> Decision | str | None:
        """An answer; None if the process is gone. Too slow a judge is ended, and not asked again."""
        if self._pipe is None:
            return None
        try:
            self._pipe.send(letter)
            if self._pipe.poll(patience):
                answer = self._pipe.recv()
                return answer if isinstance(answer, Decision | str) else None
        except (OSError, EOFError):
            return None
        self._end()
        self._start()
        return say("the judge took longer than {seconds} s", seconds=f"{patience:g}")

    def ready(self, patience: float) -> None:
        with self._guard:
            if self._asked(None, patience) is None:
                self._end()
                self._start()

    def _end(self) -> None:
        if self._pipe:
            self._pipe.close()
        if self._process:
            self._process.kill()
            self._process.join(5)
        self._pipe = self._process = None

    def close(self) -> None:
        with self._guard:
            self._end()


def _sit(pipe: Connection[Any, Any], home: Path, lang: str, level: str) -> None:
    """A judge's life: answer until the pipe closes. An error is an answer too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the gate lets its judges go itself
    set_language(lang)
    chair = _Chair(home, lang, level)
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(chair.said(pipe.recv()))


class _Chair:
    """An open desk, opened anew after trouble: a ledger may be mended while the gate stands."""

    def __init__(self, home: Path, lang: str, level: str) -> None:
        self._home, self._lang, self._level = home, lang, level
        self._stack = contextlib.ExitStack()
        self._desk: Desk | None = None

    def said(self, letter: Submitted | None) -> Decision | str:
        """The decision on a letter, "" when there is none and the desk is ready, or what went wrong."""
        try:
            if self._desk is None:
                day = letter.at.date() if letter else date(2000, 1, 1)
                self._desk = self._stack.enter_context(open_desk(self._home, day, self._lang))
            if letter is None:
                opened(self._desk)
                return ""
            return self._decided(self._desk, letter)
        except Exception as error:  # whatever it is, the letter passes and its user is told
            self._desk = None
            with contextlib.suppress(Exception):
                self._stack.close()
            return f"{type(error).__name__}: {error}"

    def _decided(self, desk: Desk, letter: Submitted) -> Decision:
        settings = load(desk.home)
        who = profile(desk.store, desk.home)
        fresh = replace(desk, settings=settings, profile=who, today=letter.at.date())
        return decide(fresh, letter, self._level or settings.gate_level)
