"""`askwell sync`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import TROUBLE, Frame, day, verb
from askwell.doors.cli.importing import show
from askwell.doors.cli.paper import Paper, bar
from askwell.errors import AskwellError
from askwell.words import say


@verb("sync")
@click.argument("accounts", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Count only; keep nothing.")
@click.option("--again", is_flag=True, help="Bring in again what was taken back with undo.")
@click.option("--on", metavar="DATE", help="Act as if it were this day.")
def command(frame: Frame, accounts: tuple[str, ...], dry_run: bool, again: bool, on: str | None) -> int:
    """Bring in what is new in your accounts, or in those named. See askwell source.

    Nothing is changed there, and nothing is marked as read. It may be interrupted at any moment and run
    again. One account's trouble stops no other; then the exit status is 2.
    """
    from askwell.app.sync import sync

    with frame.desk(day(on)) as desk, bar(say("Reading mail"), counts=True) as progress:
        found = sync(desk, accounts, lambda _, done, total: progress(done, total), dry=dry_run, again=again)
    if frame.json:
        frame.result({"schema": "askwell.sync/1", "accounts": [one.to_json() for one in found]})
    for one in [] if frame.json else found:
        frame.paper.put(one.account.name, "title")
        if one.trouble:
            _trouble(frame.paper, one.trouble)
        elif one.paused:
            frame.paper.put(
                say(
                    "A sync of it was taken back (number {number}), so it is passed over.", number=one.paused
                ),
                indent=2,
            )
            frame.paper.put(
                say("To bring that in again: askwell sync {account} --again", account=one.account.name),
                "quiet",
                2,
            )
        elif one.report:
            show(frame.paper, one.report) if one.report.read else frame.paper.put(
                say("Nothing new."), indent=2
            )
    return TROUBLE if any(one.trouble for one in found) else 0


def _trouble(paper: Paper, error: AskwellError) -> None:
    paper.put(error.message, indent=2)
    paper.put(error.hint, "quiet", 2)
