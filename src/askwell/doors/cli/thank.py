"""`askwell thank`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import Frame, day, verb
from askwell.words import LANGUAGES, say


@verb("thank")
@click.argument("who")
@click.option("--all", "every", is_flag=True, help="A letter for each help, not for the first alone.")
@click.option("--in", "written", type=click.Choice(LANGUAGES), help="The letter's language.")
@click.option("--on", metavar="DATE", help="Act as if it were this day.")
def command(frame: Frame, who: str, every: bool, written: str | None, on: str | None) -> None:
    """A letter that thanks WHO for help, the newest and largest first.

    Help in part is help too. The letter says what was done, what came of it where you have said so
    (askwell told), and nothing else. One to three days after is a good time.
    """
    from askwell.app.thank import thank
    from askwell.doors.cli.notes import show

    with frame.desk(day(on)) as desk:
        found = thank(desk, who, every=every, lang=written or "")
    if frame.json:
        frame.result(found.to_json())
        return
    name = found.person.name
    if not found.notes:
        frame.paper.put(say("There is nothing to thank {name} for just now, as far as is known.", name=name))
        return
    show(frame.paper, found, say("Thanks to {name}", name=name))
