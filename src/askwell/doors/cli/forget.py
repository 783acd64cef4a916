"""`askwell forget`."""

from __future__ import annotations

import sys

import click

from askwell.doors.cli.frame import Frame, verb
from askwell.doors.cli.names import name
from askwell.errors import AskwellError
from askwell.words import say, say_many


@verb("forget")
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def command(frame: Frame, who: str, yes: bool) -> None:
    """Remove all of a person's data from the ledger, for good. This cannot be taken back."""
    from askwell.app.forget import forget, look

    with frame.desk() as desk:
        person, messages = look(desk, who)
        if not yes:
            question = say_many(
                "Forget {name}, with {count} message, for good?",
                "Forget {name}, with {count} messages, for good?",
                messages,
                name=person.name,
            )
            if not sys.stdin.isatty():
                raise AskwellError(question, say("If so, say it with --yes."))
            if not click.confirm(question):
                frame.paper.put(say("Nothing was changed."))
                return
        done = forget(desk, person.key)
    if frame.json:
        frame.result(done.to_json())
        return
    frame.paper.put(say("{name} is forgotten. Removed:", name=done.person.name))
    frame.paper.rows(
        [(name(kind), f"{count:,}") for kind, count in done.removed.items() if count] or [("0", "")]
    )
    frame.paper.put(say("A look through the ledger afterwards found {left} traces.", left=done.left), "quiet")
