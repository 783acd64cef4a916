"""`askwell mirror`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from askwell.doors.cli.frame import Frame, day, verb
from askwell.doors.cli.names import name
from askwell.doors.cli.pictures import write
from askwell.words import say, say_many

if TYPE_CHECKING:
    from askwell.app.mirror import Habit
    from askwell.doors.cli.paper import Paper


@verb("mirror")
@click.option("--on", metavar="DATE", help="Look as if it were this day.")
@click.option("--since", metavar="DATE", help="From this day on; else the last year.")
@click.option(
    "--svg", is_flag=False, flag_value="-", metavar="[FILE]", help="Draw it into FILE, or to standard output."
)
def command(frame: Frame, on: str | None, since: str | None, svg: str | None) -> None:
    """How you ask: what, how often thanked, answered after how long, how often pressed.

    A mirror, not a grade: everything is counted over all people together, and nobody is ranked.
    """
    from askwell.app.mirror import look
    from askwell.app.pictures import of_network

    with frame.desk(day(on)) as desk:
        seen = look(desk, day(since))
        pictures = (*seen.pictures, of_network(desk)) if svg else ()
    if svg:
        write(frame, svg, say("How you ask"), pictures)
        return
    if frame.json:
        frame.result(seen.to_json())
        return
    paper = frame.paper
    first, last = seen.period.since.isoformat(), seen.period.today.isoformat()
    paper.put(say("How you ask: {first} to {last}", first=first, last=last), "title")
    for one in seen.sentences:
        paper.put(one)
    if seen.kinds:
        paper.put()
        paper.put(say("What you asked for"), "title")
        paper.rows([(name(k.about), say_many("{count} time", "{count} times", k.count)) for k in seen.kinds])
    if seen.habits:
        paper.put()
        paper.put(say("What to look at"), "title")
        for habit in seen.habits:
            _habit(paper, habit)
    paper.put()
    paper.put(say("A mirror, not a grade. For pictures: askwell mirror --svg mirror.svg"), "quiet")


def _habit(paper: Paper, habit: Habit) -> None:
    letters = say_many("{count} letter", "{count} letters", habit.count)
    paper.put(f"{name(habit.pattern)}: {letters}", indent=2)
    newest = habit.examples[0]
    paper.quote(newest.quote[:200], 6)
    paper.put(f"{newest.day.isoformat()} <{newest.source}>", "quiet", 6)
