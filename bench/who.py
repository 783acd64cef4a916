"""`askwell who` on 100,000 messages with 5,000 people: `python -m bench.who [HOME]`.

The hardest case: each word stands in nearly half of all messages and was written by nearly everybody.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

from askwell.app.desk import open_desk
from askwell.app.who import who
from bench import mailboxes
from bench.main_job import ASKWELL, repeated, timed

MESSAGES = 100_000
PEOPLE = 5_000
DAY = date(2026, 3, 1)
WORDS = (
    "sensor",
    "rapporten",
    "minutes",
    "proofread",
    "garden",
    "utkast",
    "kapittel",
    "introduce",
    "numbers",
    "vindkraft",
)


def measure(home: Path) -> None:
    with open_desk(home, DAY) as desk:
        started = time.perf_counter()
        who(desk, "sensor")
        print(f"who, the first in a process: {time.perf_counter() - started:.2f} s")
        wall, cpu = [], []
        for words in (*WORDS, *(f"{a} {b}" for a, b in pairwise(WORDS))):
            started, used = time.perf_counter(), time.process_time()
            who(desk, words)
            wall.append(time.perf_counter() - started)
            cpu.append(time.process_time() - used)
        started = time.perf_counter()
        who(desk, at="firm3")
        at = time.perf_counter() - started
    for name, times in (("by the clock", wall), ("of the processor", cpu)):
        one, two = statistics.median(times[: len(WORDS)]), statistics.median(times[len(WORDS) :])
        print(
            f"who, warm, {name}: median {one * 1000:.0f} ms a word, two words {two * 1000:.0f} (wanted: 100)"
        )
    print(f"who --at, warm: {at * 1000:.0f} ms")
    cold = [*ASKWELL, "--home", str(home), "who", "sensor", "--on", DAY.isoformat()]
    print(f"who, cold, whole process: median {repeated(cold):.2f} s")


def main() -> None:
    if len(sys.argv) > 1 and Path(sys.argv[1]).is_dir():
        measure(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        box, home = Path(folder) / "box", Path(folder) / "home"
        mailboxes.made(box, MESSAGES, people=PEOPLE)
        timed([*ASKWELL, "--home", str(home), "import", str(box), "--me", mailboxes.ME])
        measure(home)


if __name__ == "__main__":
    main()
