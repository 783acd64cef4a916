"""An import that is killed at random moments ends as one that was not: `python -m bench.kills`.

An address book, a calendar, a LinkedIn export, and archives of mail, each imported once undisturbed, and once
with a SIGKILL at random moments, one after another, before it is let to its end. Then both ledgers, written
out as stories, must be the same to the letter.
"""

from __future__ import annotations

import io
import random
import shutil
import signal
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

from askwell.app import contacts, importing
from askwell.app.desk import open_desk, profile
from askwell.app.exporting import export
from askwell.app.owner import claim
from bench import mailboxes, sources

Started = TypeVar("Started")
MOMENTS = 20
DAY = date(2026, 5, 4)
TOGETHER = 50
"""How much is kept in one transaction here: fewer than usual, so that there is more to tear apart."""


def book(path: Path, size: int) -> None:
    """An address book of so many cards."""
    path.write_bytes(sources.book(sources.homonyms(random.Random(1))[:size]))


def calendar(path: Path, size: int) -> None:
    """A calendar of so many appointments."""
    path.write_bytes(sources.calendar(size))


def linkedin(path: Path, size: int) -> None:
    """An export with so many members and messages."""
    chance = random.Random(2)
    sources.linkedin(path, sources.homonyms(chance)[:size], chance, size)


def _members(folder: Path, size: int) -> dict[str, bytes]:
    """What Takeout puts into an archive: mail before an address book and after it."""
    mailboxes.made(folder / "mail", size)
    mailboxes.made(folder / "more", size // 2, seed=6)
    more = (folder / "more").read_bytes().replace(b"@made>", b"@more>")
    names = sources.homonyms(random.Random(1))[: size // 4]
    return {
        "Takeout/Mail/All.mbox": (folder / "mail").read_bytes(),
        "Takeout/Contacts/All.vcf": sources.book(names),
        "Takeout/Mail/Sent.mbox": more,
    }


def zipped(path: Path, size: int) -> None:
    """A zip with so many letters, half as many more, and a quarter as many cards."""
    with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for member, data in _members(Path(name), size).items():
            out.writestr(member, data)


def tarred(path: Path, size: int) -> None:
    """The same as a packed tarball."""
    with tempfile.TemporaryDirectory() as name, tarfile.open(path, "w:gz") as out:
        for member, data in _members(Path(name), size).items():
            info = tarfile.TarInfo(member)
            info.size = len(data)
            out.addfile(info, io.BytesIO(data))


FILES: dict[str, tuple[Callable[[Path, int], None], int]] = {
    "an address book": (book, 3_000),
    "a calendar": (calendar, 6_000),
    "LinkedIn's export": (linkedin, 800),
    "a zip of mail": (zipped, 1_500),
    "a tarball of mail": (tarred, 1_500),
}


def _import(home: Path, file: Path, began: Connection[bytes, bytes]) -> None:
    importing.CHUNK = contacts.TOGETHER = TOGETHER
    with open_desk(home, DAY) as desk:
        claim(desk, [sources.ME])
        began.send(b"go")
        importing.import_(replace(desk, profile=profile(desk.store, home)), [file])


def _start(home: Path, file: Path) -> BaseProcess:
    """An import in a process of its own, at the moment that it begins."""
    context = get_context("fork" if "fork" in get_all_start_methods() else "spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_import, args=(home, file, theirs))
    process.start()
    theirs.close()
    ours.recv()
    return process


def _end(process: BaseProcess, kill: bool = False) -> int | None:
    if kill:
        process.kill()
    process.join()
    return process.exitcode


def killed_often(
    start: Callable[[], Started],
    end: Callable[[Started, bool], int | None],
    anew: Callable[[], None],
    takes: float,
    moments: int,
    chance: random.Random,
) -> int:
    """Start something again and again and kill it at a random moment of the seconds that it takes, until so
    many kills have come before its end; returns how many have. `end` kills if it is told to, waits, and
    returns the exit code. What came to its end first is begun `anew`, with less time: the machine was busier
    when its time was taken, or it had little left to do. Raises RuntimeError if it fails by itself."""
    kills = 0
    for _ in range(5 * moments):
        started = start()
        time.sleep(takes * chance.uniform(0, 0.7))
        code = end(started, True)
        kills += code == -signal.SIGKILL
        if kills == moments:
            break
        if code == 0:
            anew()
            takes *= 0.8
        elif code != -signal.SIGKILL:
            raise RuntimeError(f"it ended by itself with {code}")
    return kills


def same(folder: Path, file: Path, moments: int, chance: random.Random) -> tuple[bool, int, float]:
    """Whether the two ledgers are the same; how many of the kills came before the end; and the seconds
    that an undisturbed import takes."""
    process = _start(folder / "whole", file)
    started = time.monotonic()
    if _end(process):
        raise RuntimeError("the undisturbed import failed")
    takes = time.monotonic() - started
    whole, good = _story(folder / "whole"), True

    def anew() -> None:
        nonlocal good
        good &= _story(folder / "killed") == whole
        shutil.rmtree(folder / "killed")

    kills = killed_often(lambda: _start(folder / "killed", file), _end, anew, takes, moments, chance)
    if _end(_start(folder / "killed", file)):
        raise RuntimeError("the last import failed")
    return good and _story(folder / "killed") == whole, kills, takes


def _story(home: Path) -> str:
    with open_desk(home, DAY) as desk:
        trouble = desk.store.trouble()
        return "".join(export(desk)) + "".join(trouble)


def main() -> None:
    for what, (make, size) in FILES.items():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make(folder / "file", size)
            good, kills, takes = same(folder, folder / "file", MOMENTS, random.Random(20))
            verdict = "the same ledger" if good else "ANOTHER LEDGER"
            print(f"{what} of {size:,} ({takes:.1f} s): killed at {kills} of {MOMENTS} moments, {verdict}")


if __name__ == "__main__":
    main()
