"""Putting pictures into a file, or to standard output."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from askwell.doors.cli.frame import Frame
from askwell.errors import AskwellError
from askwell.words import say

if TYPE_CHECKING:
    from askwell.exports.pictures.picture import Picture


def write(frame: Frame, file: str, title: str, pictures: Sequence[Picture]) -> None:
    """Write pictures as one SVG file; `-` is standard output. Raises AskwellError."""
    from askwell.exports.pictures.picture import together

    text = together(title, pictures)
    if file == "-":
        click.echo(text, nl=False)
        return
    try:
        Path(file).write_text(text, "utf-8")
    except OSError as error:
        what = say("{name} cannot be written: {why}.", name=file, why=error.strerror or str(error))
        raise AskwellError(what, say("Give a file in a folder that you may write to.")) from None
    if not frame.json:
        frame.paper.put(say("Drawn into {name}; any browser shows it.", name=file))
