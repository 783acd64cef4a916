"""`askwell read`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from askwell.doors.cli.frame import Frame, day, read_file, verb
from askwell.doors.cli.names import name
from askwell.errors import AskwellError
from askwell.words import LANGUAGES, say

if TYPE_CHECKING:
    from askwell.doors.cli.paper import Paper
    from askwell.text.reading import Reading


@verb("read")
@click.argument("file", required=False)
@click.option("--text", help="The text itself, instead of a file.")
@click.option("--lines", is_flag=True, help="JSON Lines on standard input, one reading a line out.")
@click.option("--in", "language", type=click.Choice(LANGUAGES), help="The text's language, if you know it.")
@click.option("--on", metavar="DATE", help="The day it was written, for deadlines.")
def command(
    frame: Frame, file: str | None, text: str | None, lines: bool, language: str | None, on: str | None
) -> None:
    """What a text asks, offers and thanks for: FILE, - for standard input, or --text."""
    from askwell.app.draft import parse_draft
    from askwell.app.read import read_lines, read_text

    if lines:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        for answer in read_lines(sys.stdin, day(on)):
            click.echo(answer)
        return
    if text is None:
        if file is None:
            raise AskwellError(say("There is nothing to read."), say("Give a file, - or --text."))
        text = parse_draft(read_file(file), file).text
    reading = read_text(text, language, day(on))
    if frame.json:
        frame.result(reading.to_json())
        return
    show(frame.paper, reading)


def show(paper: Paper, reading: Reading) -> None:
    """A reading in words."""
    for act in reading.acts:
        more = [name(one) for one in (act.about, act.beneficiary) if one]
        more += [say("a favour") if act.favour else say("ordinary duty")] if act.act == "ask" else []
        more += [f"{act.deadline_text} ({act.deadline})"] if act.deadline else []
        kind = ", ".join([name(act.act), *more])
        paper.put(kind, "title")
        paper.quote(act.text, 2)
        if act.why:
            paper.put("; ".join(map(name, act.why)), "quiet", 2)
    for pattern in reading.patterns:
        paper.put(name(pattern.id), "soften")
        paper.quote(pattern.text, 2)
        if pattern.why:
            paper.put("; ".join(map(name, pattern.why)), "quiet", 2)
    if reading.positive:
        paper.put(say("Well put: {what}", what=", ".join(map(name, reading.positive))), "send")
    if reading.outcome != "none":
        paper.put(say("As an answer: {what}", what=name(reading.outcome)))
    if not (reading.acts or reading.patterns or reading.positive):
        paper.put(say("Nothing is asked, offered or thanked for here."))
