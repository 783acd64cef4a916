"""`askwell today`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from askwell.doors.cli.frame import Frame, day, verb
from askwell.doors.cli.paper import bar
from askwell.words import say

if TYPE_CHECKING:
    from askwell.app.today import Item
    from askwell.doors.cli.paper import Paper


@verb("today")
@click.option("--on", metavar="DATE", help="The lists of another day.")
def command(frame: Frame, on: str | None) -> None:
    """Whom to thank, tell how it went, give back to, write to, or leave in peace. Empty is a good day."""
    from askwell.app.today import today

    with frame.desk(day(on)) as desk, bar(say("Looking at everybody"), counts=True) as progress:
        found = today(desk, progress)
    if frame.json:
        frame.result(found.to_json())
        return
    paper = frame.paper
    lists = (
        (say("Thank"), found.thank),
        (say("Tell how it went"), found.tell),
        (say("Give back"), found.give_back),
        (say("Say hello again, without an errand"), found.reconnect),
        (say("Leave in peace"), found.leave_in_peace),
    )
    if not any(items for _, items in lists):
        paper.put(say("Nothing is due today. That is a good day."))
        return
    for heading, items in lists:
        if items:
            paper.put(heading, "title")
            for item in items:
                _show(paper, item)
            paper.put()


def _show(paper: Paper, item: Item) -> None:
    until = " " + say("(until {day})", day=item.until.isoformat()) if item.until else ""
    what = f": {item.what}" if item.what else ""
    paper.put(f"{item.day.isoformat()}  {item.name}{what}{until}", indent=2)
    if item.quote and item.quote != item.what:
        paper.quote(item.quote, 14)
    if item.source:
        paper.put(f"<{item.source}>", "quiet", 14)
