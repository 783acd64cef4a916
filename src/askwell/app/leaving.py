"""What left this machine, ever: one line for each time that Askwell spoke to another, kept in the home.

Told of every connection that Askwell opens: which door, to which host, what it was, how much. Never what
was in it: no secrets, no mail. Shown by `askwell doctor` and the page of settings.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FILE = "left.jsonl"
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Left:
    """One time that something left. `at` is aware; `door` is the command (`sync`, `check`, ...); `host` the
    machine that it went to; `what` a few fixed words of Askwell's own, in English and known to the
    catalogues, put through `say` where they are shown; `size` is in bytes, 0 where it is not known."""

    at: datetime
    door: str
    host: str
    what: str
    size: int = 0


def note(home: Path, at: datetime, door: str, host: str, what: str, size: int = 0) -> None:
    """Note that something is leaving. Call it before sending, or with the size after: it never fails a
    send, since a full disk must not stop a letter. Of a URL only the host is kept. Without a home
    (a ledger in memory) nothing is kept."""
    if home == Path():
        return
    one = Left(at, _line(door), _host(host), _line(what), max(0, size))
    line = json.dumps(asdict(one) | {"at": at.isoformat(timespec="seconds")}, ensure_ascii=False) + "\n"
    try:
        file = os.open(home / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError:
        return
    try:
        os.write(file, line.encode("utf-8", "replace"))  # one write: two doors never mix their lines
    except OSError:
        pass
    finally:
        os.close(file)


def all_that_left(home: Path) -> tuple[Left, ...]:
    """All that was noted, oldest first; lines that a power cut has torn are passed over."""
    try:
        lines = (home / FILE).read_bytes().split(b"\n")
    except OSError:
        return ()
    return tuple(one for line in lines if (one := _parsed(line)) is not None)


@dataclass(frozen=True, slots=True)
class Habit:
    """What left for one machine of one kind: how often, how many bytes in all, and when last."""

    host: str
    what: str
    times: int
    size: int
    last: datetime

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"last": self.last.isoformat()}


def habits(left: Iterable[Left]) -> tuple[Habit, ...]:
    """The same summed up, the latest first."""
    found: dict[tuple[str, str], Habit] = {}
    for one in left:
        before = found.get((one.host, one.what), Habit(one.host, one.what, 0, 0, one.at))
        found[one.host, one.what] = Habit(
            one.host, one.what, before.times + 1, before.size + one.size, max(before.last, one.at)
        )
    return tuple(sorted(found.values(), key=lambda one: (one.last, one.host, one.what), reverse=True))


def _parsed(line: bytes) -> Left | None:
    try:
        said = json.loads(line)
        at = datetime.fromisoformat(said["at"])
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return Left(at, str(said["door"]), str(said["host"]), str(said["what"]), int(said["size"]))
    except (ValueError, KeyError, TypeError):
        return None


def _line(text: str) -> str:
    return " ".join(text.split())[:LONGEST]


def _host(host: str) -> str:
    """The host, with its port, of a host or a URL: never a path, a query or a user in it."""
    try:
        place = urlsplit(host if "//" in host else f"//{host}").netloc
    except ValueError:
        return ""
    return _line(place.rpartition("@")[2])
