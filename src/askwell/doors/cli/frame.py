"""What all commands share: the global options, the open desk, how errors and results are printed."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from askwell.doors.cli.paper import Paper
from askwell.errors import AskwellError
from askwell.words import LANGUAGES, say, set_language

if TYPE_CHECKING:
    from askwell.app.desk import Desk

TROUBLE = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """How this run was called."""

    home: str | None
    json: bool
    lang: str

    @property
    def paper(self) -> Paper:
        return Paper()

    @contextmanager
    def desk(self, on: date | None = None) -> Iterator[Desk]:
        """The open ledger. The day is today unless the command was given another."""
        from askwell.app.desk import open_desk
        from askwell.settings import home_folder

        with open_desk(home_folder(self.home), on or date.today(), self.lang) as desk:
            yield desk

    def result(self, value: dict[str, Any]) -> None:
        """Print a result as JSON."""
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def verb(name: str, **settings: Any) -> Callable[[Callable[..., int | None]], click.Command]:
    """A command with the global options, which may stand before or after its name. The function gets
    the Frame first and returns an exit status; an AskwellError becomes a message and its status."""

    def wrap(function: Callable[..., int | None]) -> click.Command:
        @click.pass_context
        @functools.wraps(function)
        def run(
            ctx: click.Context, /, *, home: str | None, as_json: bool, lang: str | None, **values: Any
        ) -> None:
            above = ctx.find_root().obj or {}
            frame = _frame(
                home or above.get("home"), as_json or above.get("json", False), lang or above.get("lang")
            )
            with _errors():
                status = function(frame, **values)
            ctx.exit(status or 0)

        decorate: Callable[[Callable[..., None]], click.Command] = click.command(name, **settings)
        made = decorate(run)
        made.params += [
            click.Option(["--home"], metavar="DIR", help="Folder of the ledger."),
            click.Option(["--json", "as_json"], is_flag=True, help="Print JSON."),
            click.Option(["--lang"], type=click.Choice(LANGUAGES), help="Language of what is printed."),
        ]
        return made

    return wrap


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except AskwellError as error:
        click.echo(f"askwell: {say(error.message)}", err=True)
        if error.hint:
            click.echo(say(error.hint), err=True)
        sys.exit(error.exit_status)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        click.echo(say("Stopped. What was done is kept; the same command goes on from here."), err=True)
        sys.exit(130)


def _frame(home: str | None, as_json: bool, lang: str | None) -> Frame:
    from askwell.settings import home_folder, load

    with _errors():
        code = lang or load(home_folder(home)).lang or system_language()
    set_language(code)
    return Frame(home, as_json, code)


def system_language() -> str:
    """The language that the system speaks: nb, nn or en."""
    spoken = next((os.environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(n)), "")
    return {"nb": "nb", "no": "nb", "nn": "nn"}.get(spoken[:2], "en")


def read_file(name: str) -> bytes:
    """A file's bytes, or standard input's for `-`. Raises AskwellError."""
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        what = say("{name} cannot be read: {why}.", name=name, why=error.strerror or str(error))
        raise AskwellError(
            what, say("Give a file with the draft, or - and the text on standard input.")
        ) from None


def day(text: str | None) -> date | None:
    """A date as given with --on. Raises AskwellError."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AskwellError(say('"{text}" is no date.', text=text), say("Write it as 2026-03-02.")) from None
