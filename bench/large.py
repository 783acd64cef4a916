"""The doors on a large ledger: 100,000 messages with 5,000 people. Run it with `python -m bench.large`."""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from datetime import date
from pathlib import Path

from askwell.app.check import check
from askwell.app.desk import open_desk
from askwell.app.draft import Draft
from askwell.app.histories import histories
from askwell.app.today import today
from askwell.ledger.rapport import rapport
from bench import mailboxes
from bench.main_job import ASKWELL, repeated, timed

MESSAGES = 100_000
PEOPLE = 5_000
DAY = date(2026, 3, 1)
DRAFT = "Hei!\n\nTakk for sist. Kunne du tenke deg å anbefale meg til stillingen hos dere?\n\nHilsen Ingrid\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        box, home = room / "box", room / "home"
        mailboxes.made(box, MESSAGES, people=PEOPLE)
        command = [*ASKWELL, "--home", str(home), "import", str(box), "--me", mailboxes.ME]
        print(f"import of {MESSAGES:,} messages: {timed(command):.0f} s")
        _warm(home)
        draft = room / "draft.txt"
        draft.write_text(DRAFT)
        cold = ["--home", str(home), "check", str(draft), "--fail-on", "never", "--on", DAY.isoformat()]
        who = _somebody(home)
        print(f"check, cold: median {repeated([*ASKWELL, *cold, '--to', who]):.2f} s (wanted: 0.5)")
        print(f"today, cold: median {repeated([*ASKWELL, '--home', str(home), 'today']):.2f} s")


def _somebody(home: Path) -> str:
    out = subprocess.run(
        [*ASKWELL, "--home", str(home), "people"], check=True, capture_output=True, text=True
    )
    return out.stdout.split()[0]


def _warm(home: Path) -> None:
    with open_desk(home, DAY) as desk:
        keys = [one.key for one in desk.store.people()][:50]
        times = []
        for key in keys:
            started = time.perf_counter()
            check(desk, Draft(DRAFT), [key])
            times.append(time.perf_counter() - started)
        print(f"check, warm: median {statistics.median(times) * 1000:.1f} ms of {len(times)} (wanted: 10)")
        started = time.perf_counter()
        today(desk)
        took, people = time.perf_counter() - started, len(desk.store.people())
        print(f"today, warm: {took:.2f} s, {people:,} people (wanted: 1)")
        found = histories(desk.store)
        started = time.perf_counter()
        for one in found:
            rapport(one, DAY)
        print(f"rapport of all from nothing: {time.perf_counter() - started:.2f} s (wanted: 10)")


if __name__ == "__main__":
    main()
