"""`askwell export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from askwell.doors.cli.frame import Frame, verb
from askwell.errors import AskwellError
from askwell.words import say


@verb("export")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--as",
    "form",
    type=click.Choice(["story", "jsonl", "vcard", "csv", "ics"]),
    default="story",
    help="The form.",
)
def command(frame: Frame, file: Path | None, form: str) -> None:
    """The whole ledger as text: a story that a person can read, or JSON Lines for programs. As vcard its
    people, for an address book; as csv the same for a spreadsheet; as ics its meetings, for a calendar.

    Without FILE it is printed. Importing a story into an empty ledger gives the same ledger.
    """
    from askwell.app.exporting import export

    with frame.desk() as desk:
        if file is None:
            for piece in export(desk, "jsonl" if frame.json else form):
                sys.stdout.write(piece)
            return
        try:
            with file.open("x", encoding="utf-8", newline="\n") as out:
                out.writelines(export(desk, form))
        except FileExistsError:
            raise AskwellError(
                say("{file} is there already.", file=file), say("Choose another name.")
            ) from None
        except OSError as error:
            raise AskwellError(f"{file}: {error.strerror}.", say("Choose another place.")) from None
    frame.paper.put(say("Written to {file}.", file=file))
