"""A gate that stands before a real Postfix or a scripted server, with a small ledger behind it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from tests.doors.gate.scripted import Scripted
from tests.ports import free_port
from tests.postfix import Postfix, needs, wait_for

from askwell.app.desk import open_desk
from askwell.app.importing import import_

PATIENT = """
import sys
from functools import partial
from askwell.doors import gate
from askwell.doors.cli import main
gate.Jury = partial(gate.Jury, patience=90)
main(prog_name="askwell")
"""
"""`askwell gate`, whose judges may take long to start: on a busy machine a letter would pass unjudged."""
STORY = """
me      Ingrid Dahl <ingrid@example.org>
person  kari  "Kari Nordmann" <kari@nordlys.example>
person  tom   "Tom Baker" <tom@harbour.example>
2026-01-20  message  me -> tom  "Nice to meet you at the fair."
2026-01-22  message  tom -> me  "Likewise!"
"""


@pytest.fixture(scope="session")
def postfix() -> Iterator[Postfix]:
    needs("postfix", "dovecot")
    server = Postfix()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose ledger knows Kari and Tom, both barely."""
    path = tmp_path / "story"
    path.write_text(STORY, "utf-8")
    with open_desk(tmp_path / "home", date(2026, 5, 4)) as desk:
        import_(desk, [path])
    return tmp_path / "home"


@dataclass
class Standing:
    """A gate in a process of its own, as `askwell gate` starts it."""

    port: int
    home: Path
    process: subprocess.Popen[str]

    def stop(self) -> str:
        """End it as a system does; returns all that it printed."""
        self.process.send_signal(signal.SIGTERM)
        out, _ = self.process.communicate(timeout=120)
        return out


Stand = Callable[..., Standing]


@pytest.fixture
def stand(home: Path) -> Iterator[Stand]:
    """Start `askwell gate` with options."""
    with ExitStack() as stack:

        def start(*options: object, patience: float = 60, lang: str = "en") -> Standing:
            port = free_port()
            words = ["--home", str(home), "--lang", lang, "gate", "--listen", f"127.0.0.1:{port}", *options]
            process = subprocess.Popen(
                [sys.executable, "-c", PATIENT, *map(str, words)],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
            )
            stack.callback(_end, process)
            wait_for(port, patience)
            return Standing(port, home, process)

        yield start


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.kill()
    process.communicate()


@pytest.fixture
def scripted() -> Iterator[Callable[..., Scripted]]:
    """A server that does what a test tells it."""
    with ExitStack() as stack:

        def start(**how: object) -> Scripted:
            server = Scripted(**how)  # type: ignore[arg-type]
            stack.callback(server.close)
            return server

        yield start
