"""`askwell quiet`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from askwell.doors.cli.frame import Frame, day, verb
from askwell.words import LANGUAGES, say

if TYPE_CHECKING:
    from askwell.app.quiet import Silence
    from askwell.doors.cli.paper import Paper


@verb("quiet")
@click.argument("who", required=False)
@click.option("--in", "written", type=click.Choice(LANGUAGES), help="The letter's language.")
@click.option("--on", metavar="DATE", help="Act as if it were this day.")
def command(frame: Frame, who: str | None, written: str | None, on: str | None) -> None:
    """Who has not answered for long, what came before, and one letter that asks for nothing.

    With WHO, how things stand with one person. Most silence is slowness; what is said here is said with care.
    """
    from askwell.app.quiet import quiet

    with frame.desk(day(on)) as desk:
        found = quiet(desk, who or "", lang=written or "")
    if frame.json:
        frame.result(found.to_json())
        return
    if not found.people:
        frame.paper.put(say("Nobody has been quiet for longer than usual."))
        return
    for one in found.people:
        _show(frame.paper, one, whole=bool(who))
        frame.paper.put()


def _show(paper: Paper, one: Silence, *, whole: bool) -> None:
    from askwell.app.names import name

    paper.put(one.person.name, "title")
    paper.put(one.said, indent=2)
    for before in one.before:
        what = name(before.what) + (f": {name(before.about)}" if before.about else "")
        paper.put(f"{before.day.isoformat()}  {what}", indent=2)
        if before.quote:
            paper.quote(before.quote, 14)
        paper.put(f"<{before.source}>", "quiet", 14)
        for pattern in before.patterns:
            soon = pattern == "pressed_again"
            paper.put(say("soon after, or not the first") if soon else name(pattern), "quiet", 14)
    if one.mended:
        day = one.mended.isoformat()
        paper.put(say("You have written a kind word on {day}. Leave it at that.", day=day), indent=2)
    if one.note and whole:
        paper.put()
        paper.put(say("One letter, and then rest"), "title", 2)
        paper.letter(one.note.text)
    elif one.note:
        paper.put(say("For one letter: askwell quiet {key}", key=one.person.key), "quiet", 2)
