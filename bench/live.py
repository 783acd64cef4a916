"""What sync costs against a real Dovecot on loopback, over TLS, and a Radicale. `python -m bench live`.

Mail of public archives where they lie beside the project, most of it others' letters to each other, as a
mailbox's lists and newsletters are; and made mail, all of it the user's own, so that every letter is read; a
sync that is killed at random moments; and an address book of made cards, whose server is in Python too.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path

import httpx2
from tests.dovecot import PROGRAM, Box, Dovecot, dovecot
from tests.sources.dav_servers import PASSWORD, USER, radicale

from askwell.app import carddav
from askwell.app.accounts import Account, account, put
from askwell.app.desk import open_desk, profile
from askwell.app.exporting import export
from askwell.app.owner import claim
from askwell.app.secrets import Secret, keep
from askwell.app.sync import sync
from askwell.sources import mbox
from askwell.sources.record import Raw
from bench import mailboxes, sources
from bench.main_job import OWNER

ENV = os.environ | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
MADE = (2_000, 6_000)
MOMENTS = 20
CARDS = 2_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        if Path(PROGRAM).exists():
            with dovecot() as server:
                mail(server, room)
                killed(server, room)
        else:
            print("Dovecot is not installed: nothing to measure")
        books(room)


def mail(server: Dovecot, room: Path) -> None:
    """What it costs to bring in mailboxes."""
    if paths := mailboxes.real():
        box = server.box()
        count = mailboxes.as_maildir(paths, box.folder("INBOX"))
        box.put("INBOX", [])
        measured(room / "real", box, OWNER, f"{count:,} real letters")
    for count in MADE:
        made = filled(server, room, count)
        measured(room / f"made{count}", made, mailboxes.ME, f"{count:,} made letters, all of them read")


def filled(server: Dovecot, room: Path, count: int) -> Box:
    """A mailbox with so many made letters."""
    box = server.box()
    mailboxes.made(room / "made", count)
    found = mbox.SOURCE.read(room / "made")
    box.put("INBOX", [one.data for one in found if isinstance(one, Raw)])
    return box


def killed(server: Dovecot, room: Path) -> None:
    """Whether a sync that is killed at random moments ends in the same ledger as one that is not."""
    box, chance = filled(server, room, 1_500), random.Random(20)
    homes = [room / "whole", room / "killed"]
    for home in homes:
        joined(home, box, mailboxes.ME)
    started = time.monotonic()
    begun(homes[0]).wait()
    takes, kills = time.monotonic() - started, 0
    for _ in range(MOMENTS):
        process = begun(homes[1])
        time.sleep(takes * chance.uniform(0.1, 0.9))
        process.kill()
        kills += process.wait() < 0
    begun(homes[1]).wait()
    stories = []
    for home in homes:
        with open_desk(home, date.today()) as desk:
            (source,) = (one for one in desk.store.sources("imap:") if one.endswith("#INBOX"))
            there = desk.store.place(source)
            spots = desk.store.spots(source, there.print) if there else ()
            stories.append("".join(export(desk)) + repr(spots) + repr(desk.store.trouble()))
    verdict = "the same ledger" if stories[0] == stories[1] else "ANOTHER LEDGER"
    print(f"a sync of 1,500 letters ({takes:.1f} s): killed at {kills} of {MOMENTS} moments, {verdict}")


def begun(home: Path) -> subprocess.Popen[bytes]:
    """`askwell sync` as a process of its own."""
    command = [sys.executable, "-m", "askwell", "--home", str(home), "sync"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ENV)


def joined(home: Path, box: Box, owner: str) -> None:
    """A home whose account is this mailbox."""
    home.mkdir()
    one = Account("live", "imap", box.user, "localhost", box.server.tls_port)
    put(home, replace(one, certificate=str(box.server.authority)))
    keep(home, "live", Secret(box.server.password))
    with open_desk(home, date.today()) as opened:
        claim(opened, [owner])


def books(room: Path) -> None:
    """What it costs to bring in an address book from a Radicale, and to ask again."""
    with serving(room) as url:
        auth = (USER, PASSWORD)
        cards = sources.book(sources.homonyms(random.Random(1))[:CARDS])
        with httpx2.Client(auth=auth, trust_env=False, timeout=600) as client:
            headers = {"Content-Type": "text/vcard; charset=utf-8"}
            client.put(f"{url}/{USER}/book/", content=cards, headers=headers).raise_for_status()
        home = room / "books"
        home.mkdir()
        put(home, Account("book", "carddav", USER, url=url))
        keep(home, "book", Secret(PASSWORD))
        carddav.look(account(home, "book"), Secret(PASSWORD))  # as `source add` does
        with open_desk(home, date.today()) as desk:
            times = []
            for number in range(6):
                started, worked = time.perf_counter(), time.process_time()
                (one,) = sync(replace(desk, profile=profile(desk.store, home)))
                times.append((time.perf_counter() - started, time.process_time() - worked))
                assert one.report is not None, one.trouble
                assert one.report.contacts == (0 if number else CARDS)
    (first, own), (again, least) = times[0], sorted(times[1:])[2]
    print(f"{CARDS:,} cards of a Radicale: first sync {CARDS / first:,.0f} cards/s ({first:.1f} s)")
    print(f"  of processor time {1000 * own / CARDS:.2f} ms a card; the rest is Radicale's")
    print(f"  again, nothing new: {again:.2f} s, of processor time {least:.2f} s; the rest is Radicale's")


@contextmanager
def serving(room: Path) -> Iterator[str]:
    """A Radicale in a process of its own; gives its address."""
    ours, theirs = Pipe()
    process = Process(target=_serve, args=(room, theirs))
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _serve(room: Path, told: Connection[str, str]) -> None:
    with radicale(room) as server:
        told.send(server.url)
        signal.pause()


def measured(home: Path, box: Box, owner: str, what: str) -> None:
    """Sync a mailbox for the first time and again, and say how long that took, and of what."""
    joined(home, box, owner)
    with open_desk(home, date.today()) as opened:
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
