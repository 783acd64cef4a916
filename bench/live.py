"""What sync costs against a real Dovecot on loopback, over TLS. `python -m bench live`.

Mail of public archives where they lie beside the project, most of it others' letters to each other, as a
mailbox's lists and newsletters are; and made mail, all of it the user's own, so that every letter is read.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.dovecot import PROGRAM, Box, dovecot

from askwell.app.accounts import Account, put
from askwell.app.desk import open_desk, profile
from askwell.app.owner import claim
from askwell.app.secrets import Secret, keep
from askwell.app.sync import sync
from askwell.sources import mbox
from askwell.sources.record import Raw
from bench import mailboxes
from bench.main_job import OWNER

ENV = os.environ | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
MADE = (2_000, 6_000)


def main() -> None:
    if not Path(PROGRAM).exists():
        print("Dovecot is not installed: nothing to measure")
        return
    with dovecot() as server, tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        if paths := mailboxes.real():
            box = server.box()
            count = mailboxes.as_maildir(paths, box.folder("INBOX"))
            box.put("INBOX", [])
            measured(room / "real", box, OWNER, f"{count:,} real letters")
        for count in MADE:
            box = server.box()
            mailboxes.made(room / "made", count)
            found = mbox.SOURCE.read(room / "made")
            box.put("INBOX", [one.data for one in found if isinstance(one, Raw)])
            measured(room / f"made{count}", box, mailboxes.ME, f"{count:,} made letters, all of them read")


def measured(home: Path, box: Box, owner: str, what: str) -> None:
    """Sync a mailbox for the first time and again, and say how long that took, and of what."""
    home.mkdir()
    one = Account("live", "imap", box.user, "localhost", box.server.tls_port)
    put(home, replace(one, certificate=str(box.server.authority)))
    keep(home, "live", Secret(box.server.password))
    with open_desk(home, date.today()) as opened:
        claim(opened, [owner])
        desk = replace(opened, profile=profile(opened.store, home))
        started = time.perf_counter()
        (counted,) = sync(desk, dry=True)
        fetched = time.perf_counter() - started
    took, worked, memory, said = whole(home)
    report = said["accounts"][0]["report"]
    number = report["read"]
    assert counted.report is not None
    assert counted.report.read == number, said
    print(f"{what}: first sync {number / took:,.0f} messages/s ({took:.1f} s, at most {memory:,.0f} MB)")
    print(f"  of processor time {1000 * worked / number:.2f} ms a message, Dovecot's not counted")
    print(f"  fetched and parsed only: {number / fetched:,.0f} messages/s; the rest is reading and keeping")
    with open_desk(home, date.today()) as desk:
        print(f"  acts were read in {desk.store.counts()['readings']:,}")
        times = []
        for _ in range(5):
            started = time.perf_counter()
            sync(replace(desk, profile=profile(desk.store, home)))
            times.append(time.perf_counter() - started)
    again, *_ = whole(home)
    print(f"  again, nothing new: {sorted(times)[2]:.2f} s (at most 0.3); the whole process {again:.2f} s")


def whole(home: Path) -> tuple[float, float, float, dict[str, list[dict[str, dict[str, int]]]]]:
    """`askwell sync` as a process of its own: seconds, seconds of processor time, most memory in MB, and
    what it said."""
    command = [sys.executable, "-m", "askwell", "--home", str(home), "--json", "sync"]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=ENV)
    assert process.stdout is not None
    out = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, out
    return took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, json.loads(out)


if __name__ == "__main__":
    main()
