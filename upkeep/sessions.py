"""Console sessions in the docs: run as a reader would run them, their output put below each command.

All sessions of a page are one: they share a folder with the `examples` of the project in it, and a ledger of
their own, so that a page may go on where it was. Nothing depends on the day: pages say --on.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_END = "\x1e"
_PATIENCE = 300


def commands(block: str) -> list[str]:
    """The commands of a session: lines that begin with `$ `, and with `> ` where a command goes on."""
    found: list[str] = []
    going_on = False
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(line[2:])
            going_on = "<<" in line or line.endswith("\\")
        elif going_on and line.startswith("> "):
            found[-1] += "\n" + line[2:]
        else:
            going_on = False
    return found


class BrokenError(Exception):
    """A session in which the program fell over. What it printed belongs on no page."""


def refreshed(page: str) -> str:
    """The page with the true output below each command. Raises BrokenError."""
    wanted = [command for block in BLOCK.findall(page) for command in commands(block)]
    outputs = iter(run(wanted)) if wanted else iter(())

    def filled(match: re.Match[str]) -> str:
        shown = []
        for command in commands(match[1]):
            prompted = command.replace("\n", "\n> ")
            shown.append(f"$ {prompted}\n{next(outputs)}")
        return f"```console\n{''.join(shown)}```"

    return BLOCK.sub(filled, page)


def run(wanted: list[str]) -> list[str]:
    """What each command prints, run one after another by one shell in a folder of their own."""
    end = f"; status=$?; printf '{_END}'; (exit $status)"
    script = "\n".join(f"{{ {command}\n}} 2>&1{end}" for command in wanted)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder) / "examples")
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=folder,
            env=_surroundings(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_PATIENCE,
            check=False,
        )
    pieces = done.stdout.decode("utf-8", "replace").split(_END)
    if len(pieces) != len(wanted) + 1:
        raise BrokenError(f"a session ended early: {pieces[-1]}")
    for command, piece in zip(wanted, pieces, strict=False):
        if "Traceback (most recent call last)" in piece:
            raise BrokenError(f"$ {command}\n{piece}")
    return [piece.rstrip() + "\n" if piece.strip() else "" for piece in pieces[:-1]]


def _surroundings(folder: str) -> dict[str, str]:
    """A quiet terminal 80 wide in no particular country, where Askwell's home is the folder `ledger`."""
    programs = sysconfig.get_path("scripts")
    return {
        "PATH": os.pathsep.join((programs, os.environ.get("PATH", os.defpath))),
        "PYTHONPATH": str(ROOT / "src"),
        "HOME": folder,
        "ASKWELL_HOME": "ledger",
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "COLUMNS": "80",
        "TZ": "UTC",
    }
