"""A million messages with 100,000 people: does an import stay within constant memory, and do `check` and
`person` keep their times? Half an hour on 2 cores, so it is run by its name only: `python -m bench million`.

`python -m bench.million 200000 20000` takes other counts.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from askwell.app.check import check
from askwell.app.desk import open_desk
from askwell.app.draft import Draft
from askwell.app.person import person
from bench.ledgers import DAY, lived
from bench.mailboxes import ME
from bench.main_job import ASKWELL, Watch

DRAFT = "Hei!\n\nTakk for sist. Kunne du tenke deg å anbefale meg til stillingen hos dere?\n\nHilsen Ingrid\n"


def main(messages: int = 1_000_000, people: int = 100_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        box, home = Path(folder) / "box.mbox", Path(folder) / "home"
        lived(box, messages, people)
        print(f"{messages:,} messages, {people:,} people, {box.stat().st_size / 1e6:,.0f} MB", flush=True)
        started = time.perf_counter()
        words = [*ASKWELL, "--home", str(home), "import", str(box), "--me", ME]
        with subprocess.Popen(words, stdout=subprocess.DEVNULL) as running:
            most = Watch(running.pid)
            running.wait()
        took = time.perf_counter() - started
        print(f"import: {took:,.0f} s, {messages / took:,.0f} messages/s", flush=True)
        print(f"most memory, all processes: {most.stop():,.0f} MB (wanted: under 400)", flush=True)
        with open_desk(home, DAY) as desk:
            found = desk.store.counts()
            print(f"kept: {found['messages']:,} messages, {found['people']:,} people", flush=True)
            some = [one.key for one in desk.store.people()[:: max(1, found["people"] // 50)]]
            checks = _median(lambda key: check(desk, Draft(DRAFT), [key]), some)
            print(f"check, warm: median {checks} (wanted: 10)")
            print(f"person, warm: median {_median(lambda key: person(desk, key), some)} (wanted: 150)")


def _median(do: Callable[[str], object], keys: list[str]) -> str:
    times = []
    for key in keys:
        started = time.perf_counter()
        do(key)
        times.append(time.perf_counter() - started)
    return f"{statistics.median(times) * 1000:.1f} ms of {len(times)}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
