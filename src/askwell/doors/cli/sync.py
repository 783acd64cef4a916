"""`askwell sync`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from askwell.doors.cli.frame import TROUBLE, Frame, day, verb
from askwell.doors.cli.importing import show
from askwell.doors.cli.paper import Paper, bar
from askwell.words import say, say_many

if TYPE_CHECKING:
    from askwell.app.desk import Desk
    from askwell.app.sync import Synced


@verb("sync")
@click.argument("accounts", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Count only; keep nothing.")
@click.option("--again", is_flag=True, help="Bring in again what was taken back with undo.")
@click.option("--forget-gone", is_flag=True, help="Take out what is gone from the server, for good.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--on", metavar="DATE", help="Act as if it were this day.")
def command(
    frame: Frame,
    accounts: tuple[str, ...],
    dry_run: bool,
    again: bool,
    forget_gone: bool,
    yes: bool,
    on: str | None,
) -> int:
    """Bring in what is new in your accounts, or in those named. See askwell source.

    Nothing is changed there, and nothing is marked as read. It may be interrupted at any moment and run
    again. One account's trouble stops no other; then the exit status is 2.

    What is gone from the server stays in the ledger, and is told. With --forget-gone it goes here too.
    """
    from askwell.app.sync import sync

    with frame.desk(day(on)) as desk:
        with bar(say("Reading mail"), counts=True) as progress:
            found = sync(
                desk, accounts, lambda _, done, total: progress(done, total), dry=dry_run, again=again
            )
        for one in [] if frame.json else found:
            _show(frame.paper, one)
        taken = _forget_gone(frame, desk, found, yes or dry_run, dry_run) if forget_gone else None
    if frame.json:
        said = {"schema": "askwell.sync/1", "accounts": [one.to_json() for one in found]}
        frame.result(said | ({"forgotten": taken} if forget_gone else {}))
    return TROUBLE if any(one.trouble for one in found) else 0


def _show(paper: Paper, one: Synced) -> None:
    paper.put(one.account.name, "title")
    if one.trouble:
        paper.put(one.trouble.message, indent=2)
        paper.put(one.trouble.hint, "quiet", 2)
    elif one.paused:
        paper.put(
            say("A sync of it was taken back (number {number}), so it is passed over.", number=one.paused),
            indent=2,
        )
        paper.put(
            say("To bring that in again: askwell sync {account} --again", account=one.account.name),
            "quiet",
            2,
        )
    elif one.report:
        show(paper, one.report) if one.report.read else paper.put(say("Nothing new."), indent=2)
        if one.gone:
            paper.put(
                say_many(
                    "{count} message is gone from the folders that are read there."
                    " Its part of the ledger is kept.",
                    "{count} messages are gone from the folders that are read there."
                    " Their part of the ledger is kept.",
                    one.gone,
                ),
                indent=2,
            )
            paper.put(say("To take that out as well: askwell sync --forget-gone"), "quiet", 2)


def _forget_gone(frame: Frame, desk: Desk, found: tuple[Synced, ...], yes: bool, dry: bool) -> int:
    """Take out what is gone from the accounts that could be looked at; returns how much."""
    from askwell.app.gone import forget, look, question

    gone = look(desk, [one.account for one in found if one.report])
    if gone.many and not yes and not frame.json and sys.stdin.isatty():
        if not click.confirm(question(gone)):
            frame.paper.put(say("Nothing was taken out."))
            return 0
        yes = True
    taken = len(gone.letters) if dry else forget(desk, gone, yes=yes)
    if not taken and not frame.json:
        frame.paper.put(say("Nothing in the ledger is gone from the server."))
    elif not frame.json:
        frame.paper.put(
            say_many(
                "{count} message that is gone from the server was taken out of the ledger.",
                "{count} messages that are gone from the server were taken out of the ledger.",
                taken,
            )
            if not dry
            else say_many(
                "{count} message that is gone from the server would be taken out of the ledger.",
                "{count} messages that are gone from the server would be taken out of the ledger.",
                taken,
            )
        )
    return taken
