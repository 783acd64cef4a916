"""The command line as a person calls it, in a home of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from askwell.doors.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


Call = Callable[..., Ran]


@pytest.fixture
def call(tmp_path: Path) -> Call:
    """Run `askwell` with arguments; `given` is standard input."""

    def run(*arguments: object, given: str | bytes | None = None, home: Path | None = None) -> Ran:
        words = ["--home", str(home or tmp_path / "home"), *map(str, arguments)]
        result = CliRunner().invoke(main, words, input=given, env={"LANG": "C.UTF-8"}, catch_exceptions=False)
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def demo(call: Call, examples: Path) -> Call:
    """The same, with the invented network imported."""
    assert call("import", examples / "demo.story").status == 0
    return call
