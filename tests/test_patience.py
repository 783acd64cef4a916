"""The tests themselves: what would fail on a slow machine with much else to do is not written again."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = sorted(HERE.rglob("*.py"))
ASKING = {"Client", "AsyncClient", "get", "post", "put", "patch", "delete", "request", "stream", "head"}
"""Of httpx2: without a word of ours each gives up after five seconds."""
PRESSED = {"web/conftest.py"}
"""Where `press` waits for the page's scripts before it presses a key."""


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """The calls in a file, with what is called, as it is written."""
    for one in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(one, ast.Call):
            yield ast.unparse(one.func), one


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(HERE).as_posix())
def test_nobody_is_given_up_soon_and_no_key_comes_early(path: Path) -> None:
    wrong = []
    for name, call in calls(path):
        said = {one.arg for one in call.keywords}
        room, _, what = name.rpartition(".")
        if room == "httpx2" and what in ASKING and not said & {"timeout", "transport"}:
            wrong.append(f"line {call.lineno}: {name} without timeout=")
        if name.endswith("keyboard.press") and path.relative_to(HERE).as_posix() not in PRESSED:
            wrong.append(f"line {call.lineno}: use press of tests/web/conftest.py")
        if (name.endswith("openapi.from_url") or name == "case.call") and "timeout" not in said:
            wrong.append(f"line {call.lineno}: {name} without timeout=")  # ten seconds
        if name in ("subprocess.run", "process.wait", "process.communicate"):
            limits = [one.value for one in call.keywords if one.arg == "timeout"] + call.args[:1]
            short = [one.value for one in limits if isinstance(one, ast.Constant)]
            if any(isinstance(one, int | float) and one < 60 for one in short):
                wrong.append(f"line {call.lineno}: {name} gives up soon")
    assert wrong == []
