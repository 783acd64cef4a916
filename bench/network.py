"""Everybody at a glance on a large ledger: today, people, a person and check, cold and warm, on a new day and
after one new message. Run it with `python -m bench network`.

The ledger is kept in the folder that the environment variable ASKWELL_BENCH names, for the next time.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from askwell.app import network as room
from askwell.app.check import check
from askwell.app.desk import Desk, open_desk
from askwell.app.draft import Draft
from askwell.app.network import network
from askwell.app.person import person
from askwell.app.roster import roster
from askwell.app.today import today
from askwell.ledger.entries import Message
from askwell.store.contract import Kept
from askwell.text.reading import Act, Reading
from bench.ledgers import DAY, large
from bench.mailboxes import ME
from bench.main_job import ASKWELL

DRAFT = "Hei!\n\nTakk for sist. Kunne du tenke deg å anbefale meg til stillingen hos dere?\n\nHilsen Ingrid\n"
TIMES = 5


class Took(NamedTuple):
    """Seconds that passed, and seconds of a processor, which a busy machine does not make longer."""

    passed: float
    busy: float


def main() -> None:
    kept = os.environ.get("ASKWELL_BENCH")
    with tempfile.TemporaryDirectory() as folder, large(Path(kept) if kept else None) as made:
        home = Path(folder) / "home"
        shutil.copytree(made, home)
        _inside(home)
        _whole(home, Path(folder) / "draft.txt")


def _inside(home: Path) -> None:
    """As a server does it: one process that stays."""
    with open_desk(home, DAY) as desk:
        _everything_old(desk)
        say("everybody from nothing", once(lambda: network(desk)), 10)
        say("today", median(lambda: today(desk)), 0.1)
        say("today, lines read from the ledger", median(lambda: _afresh(lambda: today(desk))), 0.1)
        tomorrow = replace(desk, today=DAY + timedelta(days=1))
        say("today on a new day", once(lambda: _afresh(lambda: today(tomorrow))), 1.5)
        today(desk)
        say("today after one new message", median(lambda: today(desk), lambda: _letter(desk)), 0.05)
        say("people, a page of them", median(lambda: roster(desk, "person1", sort="last")), 0.15)
        keys = [one.person.key for one in sorted(network(desk).lines, key=lambda one: one.rank)]
        busy, usual = keys[-1], keys[len(keys) // 2]
        say("person, the one with most mail", median(lambda: person(desk, busy)), 0.15)
        say("person, one in the middle", median(lambda: person(desk, usual)), 0.15)
        say("check to one in the middle", median(lambda: check(desk, Draft(DRAFT), [usual])), 0.01)
        print(f"  {len(keys):,} people, {desk.store.counts()['messages']:,} messages")


def _whole(home: Path, draft: Path) -> None:
    """Whole processes, from call to end."""
    draft.write_text(DRAFT)
    tomorrow = DAY + timedelta(days=1)
    words = ("check", str(draft), "--to", "person7@firm7.example", "--fail-on", "never")

    def run(*words: str, day: date = DAY) -> Took:
        return process("--home", str(home), *words, "--on", day.isoformat())

    run("today")
    say("askwell today, whole process", sorted(run("today") for _ in range(TIMES))[TIMES // 2], 1)
    say("askwell today, on a new day", run("today", day=tomorrow), 1.5)
    run("today")
    say("askwell people", sorted(run("people") for _ in range(TIMES))[TIMES // 2], 1)
    say("askwell check", sorted(run(*words) for _ in range(TIMES))[TIMES // 2], 0.5)


def _everything_old(desk: Desk) -> None:
    """Nothing is known of anybody yet."""
    mine = desk.store.get("me") or "[]"
    desk.store.set("me", "[]")
    desk.store.set("me", mine)
    room._seen.clear()


def _afresh(what: Callable[[], object]) -> None:
    room._seen.clear()
    what()


def _letter(desk: Desk) -> None:
    """One more letter, with an ask in it, from somebody of many."""
    number = desk.store.counts()["messages"]
    who = f"person{number % 997}@firm{number % 997 % 97}.example"
    at = datetime(DAY.year, DAY.month, DAY.day, 8, tzinfo=UTC)
    act = Act(
        "ask", (0, 20), "Could you read this?", 0.9, ("could you",), "document_review", "self", True, 4.0
    )
    letter = Message(f"{number}@new", at, who, (ME,), (), "new", "Could you read this?")
    action = desk.store.begin(at, "import", "one")
    desk.store.add(action, [Kept(letter, False, Reading("en", (act,)), "1", 4, topic="new")])
    desk.store.settle()


def once(what: Callable[[], object]) -> Took:
    started, busy = time.perf_counter(), time.process_time()
    what()
    return Took(time.perf_counter() - started, time.process_time() - busy)


def median(what: Callable[[], object], before: Callable[[], None] = lambda: None) -> Took:
    took = []
    for _ in range(TIMES):
        before()
        took.append(once(what))
    return sorted(took)[TIMES // 2]


def process(*words: str) -> Took:
    """A whole process, from call to end."""
    started, busy = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*ASKWELL, *words], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - busy.ru_utime - busy.ru_stime
    return Took(time.perf_counter() - started, used)


def say(what: str, took: Took, wanted: float) -> None:
    passed, busy = took.passed * 1000, took.busy * 1000
    print(
        f"{what + ':':40} {passed:8.1f} ms (wanted: {wanted * 1000:.0f}), {busy:.1f} ms of a processor",
        flush=True,
    )


if __name__ == "__main__":
    main()
