"""Imports that run beside the pages: started, followed, and cleaned up after."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from askwell.doors.web.uploads import Upload
from askwell.errors import AskwellError
from askwell.words import language, say

KEPT = 20


@dataclass(frozen=True, slots=True)
class Job:
    """An import. `state` is running, whose (the user must say which address is theirs), done or failed;
    `report` is the JSON of `askwell import`, `whose` an address that may be theirs and its share."""

    id: str
    state: str
    files: int
    done: int = 0
    total: int = 0
    report: dict[str, Any] | None = None
    whose: dict[str, Any] | None = None
    message: str = ""
    hint: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more comes without the user."""
        return self.state != "running"

    def to_json(self) -> dict[str, Any]:
        names = ("id", "state", "files", "done", "total", "report", "whose", "message", "hint")
        return {"schema": "askwell.job/1"} | {name: getattr(self, name) for name in names}


class Jobs:
    """All imports of a running server. One process each; the ledger's lock lets one at a time work."""

    def __init__(self, home: Path) -> None:
        self.home = home.resolve()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._uploads: dict[str, Upload] = {}
        self._processes: dict[str, subprocess.Popen[str]] = {}
        self._guard = Lock()

    def start(self, upload: Upload, day: date, me: list[str]) -> Job:
        """Import what was uploaded. Raises AskwellError if there is nothing."""
        if not upload.files:
            upload.remove()
            raise AskwellError(say("No file was given."), say("Choose files, or drop them on the page."))
        job = Job(secrets.token_hex(8), "running", len(upload.files))
        self._uploads[job.id] = upload
        self._put(job)
        self._run(job, day, me)
        return job

    def claim(self, id: str, day: date, me: list[str]) -> Job:
        """Go on with an import whose owner was not known. Raises AskwellError if it does not wait for it."""
        job = self.get(id)
        if job.state != "whose" or not me:
            raise AskwellError(say("This import does not wait for an address."), http_status=409)
        job = replace(job, state="running", whose=None)
        self._put(job)
        self._run(job, day, me)
        return job

    def get(self, id: str) -> Job:
        """Raises AskwellError for an unknown one."""
        with self._guard:
            if id in self._jobs:
                return self._jobs[id]
        raise AskwellError(
            say("There is no such import."), say("Perhaps it is over long ago."), http_status=404
        )

    def close(self) -> None:
        """Stop all: an import that is stopped goes on where it was when it is run again."""
        for process in list(self._processes.values()):
            process.terminate()
        for upload in list(self._uploads.values()):
            upload.remove()

    def _put(self, job: Job) -> None:
        with self._guard:
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                self._drop(next(iter(self._jobs)))

    def _drop(self, id: str) -> None:
        del self._jobs[id]
        if upload := self._uploads.pop(id, None):
            upload.remove()

    def _run(self, job: Job, day: date, me: list[str]) -> None:
        upload = self._uploads[job.id]
        process = subprocess.Popen(
            [sys.executable, "-m", "askwell.doors.web.work"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=upload.folder,  # names in the report are then those that the user knows
        )
        self._processes[job.id] = process
        task = {"home": str(self.home), "day": day.isoformat(), "lang": language(), "me": me}
        paths = [str(one) for one in upload.tops]
        stopped = say("The import stopped before its end."), say("What was read is kept; run it again.")
        Thread(target=self._watch, args=(job, process, task | {"paths": paths}, stopped), daemon=True).start()

    def _watch(
        self, job: Job, process: subprocess.Popen[str], task: dict[str, Any], stopped: tuple[str, str]
    ) -> None:
        with process, suppress(BrokenPipeError):
            if process.stdin is None or process.stdout is None:
                raise RuntimeError("the import's process has no pipes")
            print(json.dumps(task), file=process.stdin, flush=True)
            for line in process.stdout:
                job = _told(job, json.loads(line))
                if not job.over:
                    self._put(job)
        del self._processes[job.id]
        if not job.over:
            job = replace(job, state="failed", message=stopped[0], hint=stopped[1])
        if job.state != "whose" and (upload := self._uploads.pop(job.id, None)):
            upload.remove()
        self._put(job)  # only now: somebody may answer at once


def _told(job: Job, said: dict[str, Any]) -> Job:
    if "report" in said:
        return replace(job, state="done", report=said["report"], done=job.total)
    if "whose" in said:
        return replace(job, state="whose", whose=said["whose"])
    if "message" in said:
        return replace(job, state="failed", message=said["message"], hint=said["hint"])
    return replace(job, done=said["done"], total=said["total"])
