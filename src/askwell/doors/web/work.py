"""An import in a process of its own, so that the pages stay quick: `python -m askwell.doors.web.work`.

Standard input gives one line of JSON: home, day, lang, paths, me. Standard output tells, a line each:
`{"done", "total"}` as it goes on, then one of `{"whose"}`, `{"report"}` or `{"message", "hint"}`.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from askwell.app.desk import Desk, open_desk, profile
from askwell.app.importing import import_
from askwell.app.owner import claim, is_asked, propose
from askwell.errors import AskwellError
from askwell.words import say, set_language

PAUSE = 0.1
"""Seconds between two lines on how far it has come."""


def main() -> int:
    """Do what standard input says."""
    task = json.loads(sys.stdin.readline())
    set_language(task["lang"])
    try:
        with open_desk(Path(task["home"]), date.fromisoformat(task["day"]), task["lang"]) as desk:
            _tell(_work(desk, [Path(one) for one in task["paths"]], task["me"]))
    except AskwellError as error:
        _tell({"message": say(error.message), "hint": say(error.hint) if error.hint else ""})
    return 0


def _work(desk: Desk, paths: list[Path], me: list[str]) -> dict[str, Any]:
    if me:
        claim(desk, me)
    elif is_asked(desk, paths):
        found = propose(paths)
        return {"whose": {"address": found.address, "share": found.share} if found else {}}
    desk = replace(desk, profile=profile(desk.store, desk.home))
    told = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told > PAUSE:
            told = time.monotonic()
            _tell({"done": done, "total": total})

    return {"report": import_(desk, paths, progress).to_json()}


def _tell(value: dict[str, Any]) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # the server is stopped, and all that it has begun with it
        sys.exit(130)
