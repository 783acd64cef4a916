"""Letters that the gate held: kept in the home with their verdicts, for a month at most.

One file a letter, so that the gate never waits for the ledger and several judges share them. A letter that
is sent again within an hour passes; what was held tells that, also after the gate was started anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

FOLDER = Path("gate") / "held"
TROUBLE = Path("gate") / "trouble.jsonl"
AGAIN_WITHIN = timedelta(hours=1)
KEPT_FOR = timedelta(days=30)
MOST = 500
MOST_TROUBLE = 200


@dataclass(frozen=True, slots=True)
class Held:
    """A letter that was held. `key` tells it apart by sender, recipients and words; `at` is aware.
    `verdict` is `askwell.verdict/1`; `passed` says when it was sent again and went out, empty if it was not.
    """

    key: str
    at: datetime
    sender: str
    to: tuple[str, ...]
    subject: str
    draft: str
    verdict: dict[str, Any]
    passed: str = ""

    def to_json(self) -> dict[str, Any]:
        said = asdict(self) | {"at": self.at.isoformat(timespec="seconds"), "to": list(self.to)}
        return {"schema": "askwell.held/1", **said}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A letter that passed unjudged, and why."""

    at: datetime
    what: str


def key_of(sender: str, to: Sequence[str], text: str) -> str:
    """The same words to the same people have the same key, whatever Date, Message-ID or Subject a mail
    program gives them at each try."""
    parts = (sender.lower(), *sorted({one.lower() for one in to}))
    whole = "\n".join((*parts, " ".join(text.split())))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def keep(home: Path, held: Held) -> None:
    """Keep a letter; in place of an older version of it. Raises OSError if the home cannot be written to."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = folder / f".{held.key}.{os.getpid()}"
    beside.unlink(missing_ok=True)
    file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "w", encoding="utf-8", errors="surrogatepass") as out:
        json.dump(held.to_json(), out, ensure_ascii=False)
    os.utime(beside, (held.at.timestamp(),) * 2)
    beside.replace(folder / f"{held.key}.json")


def find(home: Path, key: str) -> Held | None:
    """The letter with this key, if it was held."""
    return _read(home / FOLDER / f"{key}.json")


def listed(home: Path) -> tuple[Held, ...]:
    """All that was held and is kept, the newest first."""
    try:
        paths = list((home / FOLDER).glob("*.json"))
    except OSError:
        return ()
    found = [one for path in paths if (one := _read(path)) is not None]
    return tuple(sorted(found, key=lambda one: (one.at, one.key), reverse=True))


def tidy(home: Path, now: datetime) -> int:
    """Remove what is older than KEPT_FOR, and all but the newest MOST; returns how many went."""
    try:
        with os.scandir(home / FOLDER) as every:
            files = [(one.stat().st_mtime, one.path) for one in every]
    except OSError:
        return 0
    files.sort(reverse=True)
    oldest = (now - KEPT_FOR).timestamp()
    old = [path for n, (at, path) in enumerate(files) if n >= MOST or at < oldest]
    for path in old:
        Path(path).unlink(missing_ok=True)
    return len(old)


def forget(home: Path, addresses: Collection[str]) -> int:
    """Remove the letters to, or with a word of, somebody with these addresses; returns how many went."""
    if home == Path():
        return 0  # a ledger in memory: nothing is kept
    wanted = {one.lower() for one in addresses}
    gone = 0
    for one in listed(home):
        words = json.dumps(one.to_json(), ensure_ascii=False).lower()
        if any(address in words for address in wanted):
            (home / FOLDER / f"{one.key}.json").unlink(missing_ok=True)
            gone += 1
    return gone


def note_trouble(home: Path, at: datetime, what: str) -> None:
    """Note why a letter passed unjudged. Never fails: it has passed already."""
    with contextlib.suppress(OSError):
        path = home / TROUBLE
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        line = json.dumps({"at": at.isoformat(timespec="seconds"), "what": " ".join(what.split())[:400]})
        lines = path.read_text("utf-8").splitlines()[1 - MOST_TROUBLE :] if path.exists() else []
        beside = path.with_name(f".trouble.{os.getpid()}")
        beside.write_text("\n".join([*lines, line]) + "\n", "utf-8")
        beside.chmod(0o600)
        beside.replace(path)


def troubles(home: Path) -> tuple[Trouble, ...]:
    """Letters that passed unjudged, the newest first."""
    try:
        lines = (home / TROUBLE).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    found = []
    for line in reversed(lines):
        with contextlib.suppress(ValueError, KeyError, TypeError):
            said = json.loads(line)
            found.append(Trouble(datetime.fromisoformat(said["at"]), str(said["what"])))
    return tuple(found)


def _read(path: Path) -> Held | None:
    try:
        said = json.loads(path.read_text("utf-8", "surrogatepass"))
        at = datetime.fromisoformat(said["at"])
        texts = {name: str(said[name]) for name in ("key", "sender", "subject", "draft", "passed")}
        return Held(at=at, to=tuple(map(str, said["to"])), verdict=dict(said["verdict"]), **texts)
    except (OSError, ValueError, KeyError, TypeError):
        return None
