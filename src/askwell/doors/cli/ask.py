"""`askwell ask`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import Frame, day, verb
from askwell.doors.cli.names import name
from askwell.words import say


@verb("ask")
@click.argument("aim", nargs=-1, required=True)
@click.option("--on", metavar="DATE", help="Act as if it were this day.")
def command(frame: Frame, aim: tuple[str, ...], on: str | None) -> None:
    """Whom to ask for what, towards AIM: "a job at Nordlys", "learn about wind power".

    Shows people and what each relationship bears today, with the reason, and a first draft.
    """
    from askwell.app.ask import ask

    with frame.desk(day(on)) as desk:
        ladder = ask(desk, " ".join(aim))
    if frame.json:
        frame.result(ladder.to_json())
        return
    paper = frame.paper
    if not ladder.ways:
        paper.put(say("Nobody in the ledger has to do with this, as far as is known."))
        paper.put(say("People's firms and titles help: put them in a story (docs/story.md)."), "quiet")
        return
    for way in ladder.ways:
        shown = way.to_json(frame.lang, ladder.aim)
        paper.put(say("{name}: ask for {what}", name=shown["name"], what=shown["in_words"]), "title")
        paper.put(
            say("Because: {why}. As far as is known: {stage}.", why=way.why, stage=name(shown["stage"])),
            indent=2,
        )
        if shown["too_much"]:
            paper.put(say("Too much as yet: {what}.", what=name(shown["too_much"])), indent=2)
        if shown["not_before"]:
            paper.put(say("Ask nothing new before {day}.", day=shown["not_before"]), indent=2)
    if ladder.draft:
        paper.put()
        paper.put(say("A first draft"), "title")
        paper.letter(ladder.draft)
