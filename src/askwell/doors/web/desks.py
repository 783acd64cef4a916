"""The ledger, held open for as long as the server runs; each request gets a desk at it.

One store serves all threads: its SQLite connections come from a pool, and each transaction has one to itself.
Settings and profile are looked at anew for each request: other programs may have changed them.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, TypeVar

from askwell.app.ahead import here
from askwell.app.desk import Desk, open_desk, profile
from askwell.app.mirror import look
from askwell.app.network import network
from askwell.app.pictures import of_network
from askwell.app.triage import inbox
from askwell.errors import AskwellError
from askwell.settings import load
from askwell.words import language

Found = TypeVar("Found")
WARM = (
    "Kunne du tenke deg å anbefale meg til stillingen hos dere?",
    "Could you refer me for the role?",
    "Kunne du tenkje deg å tilrå meg til stillinga hos dykk?",
)
"""Read once at the start, so that the first user does not wait for the reader to load."""
MANY = 1000
"""The lines of so many people are set apart from what Python looks through again and again for what may be
thrown away: that would hold a page up for a tenth of a second now and then."""


class Desks:
    """An open ledger. Used as a context manager; `home` must be a folder that may be written to. `demo` says
    that it is the invented network."""

    def __init__(self, home: Path, on: date | None = None, *, demo: bool = False) -> None:
        self.home = home
        self.on = on
        self.demo = demo
        self._stack = ExitStack()
        self._open: Desk | None = None
        self._kept: dict[str, tuple[tuple[int, date], Any]] = {}

    def __enter__(self) -> Desks:
        self._open = self._stack.enter_context(open_desk(self.home, self.day))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open = None
        self._stack.close()

    @property
    def day(self) -> date:
        """Today, or the day that was chosen for a demo."""
        return self.on or date.today()

    @contextmanager
    def desk(self, on: date | None = None) -> Iterator[Desk]:
        """The desk of one request, in the language of that request, on the server's day or another."""
        if self._open is None:
            raise RuntimeError("the ledger is not open")
        known = self._open
        yield replace(
            known,
            settings=load(self.home),
            profile=profile(known.store, self.home),
            today=on or self.day,
            lang=language(),
        )

    def kept(self, desk: Desk, name: str, make: Callable[[Desk], Found]) -> Found:
        """What `make` finds, worked out anew when the ledger has changed or a day has passed. It must not
        depend on the language."""
        now = (desk.store.state(), desk.today)
        if name not in self._kept or self._kept[name][0] != now:
            self._kept[name] = (now, make(desk))
        found: Found = self._kept[name][1]
        return found

    def lang(self) -> str:
        """The language in the settings, empty for none; a broken file speaks as the browser asks."""
        try:
            return load(self.home).lang
        except AskwellError:
            return ""

    def warm(self) -> None:
        """Load the reader, and begin to look at what takes long in a large ledger, beside what comes next."""
        for text in WARM:
            here(text)
        Thread(target=self._look_round, daemon=True).start()

    def _look_round(self) -> None:
        with suppress(Exception), self.desk() as desk:  # what is wrong is said on the page that needs it
            many = len(network(desk).lines) > MANY
            look(desk)
            of_network(desk)
            inbox(desk)
            if many:
                gc.collect()
                gc.freeze()
