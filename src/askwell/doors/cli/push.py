"""`askwell push`."""

from __future__ import annotations

import sys

import click

from askwell.doors.cli.frame import Frame, verb
from askwell.errors import AskwellError
from askwell.words import say


@verb("push")
@click.argument("who")
@click.option(
    "--to", "name", metavar="ACCOUNT", help="The account with the address book, if there are several."
)
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def command(frame: Frame, who: str, name: str | None, dry_run: bool, yes: bool) -> None:
    """Put what Askwell knows of somebody into your address book on a server (CardDAV).

    The change is shown first. Nothing is taken off the card, and a card that was changed elsewhere
    meanwhile is not written over.
    """
    from askwell.app.push import choose, propose, push
    from askwell.app.secrets import secret

    with frame.desk() as desk:
        account = choose(desk, name)
        key = secret(desk.home, account)
        change = propose(desk, who, account, key)
        said = {**change.to_json(), "pushed": False}
        if not frame.json:
            where = f"{change.account}/{change.book}"
            if not change.lines:
                text = say("The card of {name} in {book} has it all.", name=change.person.name, book=where)
                frame.paper.put(text)
            else:
                text = say("{name} in {book}:", name=change.person.name, book=where)
                frame.paper.put(text, "title")
                frame.paper.rows(list(change.lines))
        if change.lines and not dry_run:
            if not yes:
                if frame.json or not sys.stdin.isatty():
                    raise AskwellError(say("Nothing was written."), say("If it is right, say it with --yes."))
                if not click.confirm(say("Write this?")):
                    frame.paper.put(say("Nothing was written."))
                    return
            push(desk, change, account, key)
            said["pushed"] = True
            if not frame.json:
                frame.paper.put(say("Written."))
        if frame.json:
            frame.result(said)
