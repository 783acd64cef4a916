"""`askwell hello`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import Frame, day, verb
from askwell.words import LANGUAGES, say


@verb("hello")
@click.argument("who")
@click.option("--in", "written", type=click.Choice(LANGUAGES), help="The letter's language.")
@click.option("--on", metavar="DATE", help="Act as if it were this day.")
def command(frame: Frame, who: str, written: str | None, on: str | None) -> None:
    """A few lines to WHO, whom you have not heard from for long, without an errand.

    It asks for nothing. One line is yours to fill in.
    """
    from askwell.app.hello import hello
    from askwell.doors.cli.notes import show

    with frame.desk(day(on)) as desk:
        found = hello(desk, who, lang=written or "")
    if frame.json:
        frame.result(found.to_json())
        return
    show(frame.paper, found, say("Hello to {name}", name=found.person.name))
