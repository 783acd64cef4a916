"""The main job: how fast mail comes in (beside notmuch, on the same Maildir), in how much memory, and how
soon a verdict is there. Run it with `python -m bench.main_job`."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

from askwell.app.desk import open_desk
from bench import mailboxes

ASKWELL = [sys.executable, "-m", "askwell"]
REPEATS = 9
TURNS = 3
OWNER = "murdoch.duncan@gmail.com"
"""Whose mail the real archives are taken to be: a frequent writer of the list."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        beside_notmuch(room)
        memory(room)
        soon(room)


def beside_notmuch(room: Path) -> None:
    """Import of a Maildir with acts read and full text indexed, beside `notmuch new`, in turn."""
    box = room / "Maildir"
    paths, owner = mailboxes.real(), OWNER
    if paths:
        count, data = mailboxes.as_maildir(paths, box), "r-package-devel and enron_friday"
    else:
        mailboxes.made(room / "made.mbox", 12_000)
        count, data, owner = mailboxes.as_maildir([room / "made.mbox"], box), "made mail", mailboxes.ME
    ours, theirs = [], []
    for turn in range(TURNS):
        home = room / f"home{turn}"
        ours.append(timed([*ASKWELL, "--home", str(home), "import", str(box), "--me", owner]))
        if shutil.which("notmuch"):
            theirs.append(notmuch(room, box, turn))
    rate = count / statistics.median(ours)
    with open_desk(room / "home0", date.today()) as desk:
        read = desk.store.counts()["readings"]
    print(f"import, {count:,} files ({data}), median of {TURNS}: {rate:,.0f} files/s")
    print(f"  acts were read in {read:,}; the rest are others' letters to each other, kept and indexed only")
    if theirs:
        peer = count / statistics.median(theirs)
        print(f"  notmuch new, same Maildir, same run: {peer:,.0f} files/s")
        print(f"  ratio: {rate / peer:.1f} (wanted: 2)")
    else:
        print("  notmuch is not installed: no ratio")


def notmuch(room: Path, box: Path, turn: int) -> float:
    config = room / f"notmuch{turn}"
    shutil.rmtree(box / ".notmuch", ignore_errors=True)
    config.write_text(
        f"[database]\npath={box}\n[user]\nname=I\nprimary_email={mailboxes.ME}\n[new]\ntags=new\n"
    )
    took = timed(["notmuch", "new", "--quiet"], {"NOTMUCH_CONFIG": str(config), "HOME": str(room)})
    shutil.rmtree(box / ".notmuch", ignore_errors=True)
    return took


def memory(room: Path) -> None:
    """The most memory that an import holds at once, all its processes together."""
    for messages in (5_000, 50_000):
        box = room / f"{messages}.mbox"
        mailboxes.made(box, messages)
        command = [*ASKWELL, "--home", str(room / f"m{messages}"), "import", str(box), "--me", mailboxes.ME]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        most = Watch(process.pid)
        process.wait()
        print(f"memory, import of {messages:,} messages: {most.stop():,.0f} MB (wanted: under 300)")


class Watch(threading.Thread):
    """Looks at the memory of a process and its children until it is stopped; megabytes."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most, self.done = pid, 0.0, False
        self.start()

    def run(self) -> None:
        while not self.done:
            self.most = max(self.most, sum(map(own_memory, [self.pid, *children(self.pid)])))
            time.sleep(0.05)

    def stop(self) -> float:
        self.done = True
        self.join()
        return self.most


def children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def own_memory(pid: int) -> float:
    """Proportional set size: pages that processes share are counted once among them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def soon(room: Path) -> None:
    """Whole processes, from call to end."""
    box, home = room / "ten.mbox", room / "ten"
    mailboxes.made(box, 10_000)
    subprocess.run(
        [*ASKWELL, "--home", str(home), "import", str(box), "--me", mailboxes.ME],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    draft = room / "draft.txt"
    draft.write_text("Hei!\n\nTakk for sist. Kan du skaffe vennen min en jobb hos dere?\n\nHilsen Ingrid\n")
    check = [
        *ASKWELL,
        "--home",
        str(home),
        "check",
        str(draft),
        "--to",
        "person7@firm7.example",
        "--fail-on",
        "never",
    ]
    print(f"check, cold, 10,000 messages: median {repeated(check):.2f} s of {REPEATS} (wanted: 0.5)")
    print(f"--help, cold: median {repeated([*ASKWELL, '--help']):.2f} s of {REPEATS} (wanted: 0.25)")


def repeated(command: list[str]) -> float:
    return statistics.median(timed(command) for _ in range(REPEATS))


def timed(command: list[str], env: dict[str, str] | None = None) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | (env or {}))
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
