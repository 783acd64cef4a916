"""`askwell log`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import Frame, day, read_file, verb
from askwell.words import say, say_many


@verb("log")
@click.argument("entry", nargs=-1, required=True)
@click.option("--on", metavar="DATE", help="The day of entries that name none.")
def command(frame: Frame, entry: tuple[str, ...], on: str | None) -> None:
    """Note what mail does not show: a meeting, a favour, an ask by telephone.

    ENTRY is a line of a story (docs/story.md), in quotes: 'favour kari -> me contact_detail "gave me
    the address of HR"'. Without a date it is of today. With - lines are read from standard input.
    """
    from askwell.app.log import log

    text = read_file("-").decode("utf-8", "replace") if entry == ("-",) else " ".join(entry)
    with frame.desk(day(on)) as desk:
        kept = log(desk, text)
    if frame.json:
        frame.result({"schema": "askwell.log/1", "kept": [one.id for one in kept]})
        return
    frame.paper.put(say_many("Noted.", "Noted {count} entries.", len(kept)))
    frame.paper.put(say("To take it back: askwell undo"), "quiet")
