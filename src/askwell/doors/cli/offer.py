"""`askwell offer`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from askwell.doors.cli.frame import Frame, day, verb
from askwell.words import LANGUAGES, say

if TYPE_CHECKING:
    from askwell.app.offer import Offer
    from askwell.doors.cli.paper import Paper


@verb("offer")
@click.argument("who")
@click.option("--in", "written", type=click.Choice(LANGUAGES), help="The letter's language.")
@click.option("--on", metavar="DATE", help="Act as if it were this day.")
def command(frame: Frame, who: str, written: str | None, on: str | None) -> None:
    """What you could do for WHO: what they have said that they look for, and news to congratulate them on.

    Letters offer only what stands on your own list (askwell profile), and ask for nothing.
    """
    from askwell.app.offer import offer

    with frame.desk(day(on)) as desk:
        found = offer(desk, who, lang=written or "")
    if frame.json:
        frame.result(found.to_json())
        return
    if not found.offers:
        name = found.person.name
        frame.paper.put(say("{name} has not said of late what they look for, as far as is known.", name=name))
        return
    for one in found.offers:
        _show(frame.paper, one)
        frame.paper.put()


def _show(paper: Paper, one: Offer) -> None:
    chance = one.chance
    heading = say("They look for") if chance.kind == "need" else say("News of theirs")
    paper.put(heading, "title")
    paper.put(chance.day.isoformat(), indent=2)
    paper.quote(chance.words[:200], 14)
    paper.put(f"<{chance.source}>", "quiet", 14)
    if chance.offer:
        paper.put(say("On your list: {offer}", offer=chance.offer), indent=2)
    for person in one.others:
        paper.put(say("You could ask {name} first whether they would mind.", name=person.name), indent=2)
    paper.put()
    paper.letter(one.note.text)
