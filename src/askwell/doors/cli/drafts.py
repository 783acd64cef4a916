"""`askwell drafts`."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from askwell.app.names import verdict_name
from askwell.doors.cli.frame import TROUBLE, Frame, day, verb
from askwell.errors import AskwellError
from askwell.words import say

if TYPE_CHECKING:
    from askwell.app.accounts import Account
    from askwell.app.drafts import Judged, Round
    from askwell.doors.cli.paper import Paper


@verb("drafts")
@click.argument("accounts", nargs=-1)
@click.option("--watch", "watching", is_flag=True, help="Go on: judge each draft as soon as it is saved.")
@click.option("--note", "notes", is_flag=True, help='Put what was found into a mail folder "Askwell" too.')
@click.option("--on", metavar="DATE", help="Act as if it were this day.")
def command(frame: Frame, accounts: tuple[str, ...], watching: bool, notes: bool, on: str | None) -> int:
    """Judge the letters that lie among the drafts of your mailbox, before you send them.

    Each gets a keyword: $AskwellSend, $AskwellSoften, $AskwellWait or $AskwellDont. The letter itself is
    never touched. A note goes again when its draft was changed, sent or thrown away. Stop --watch
    with Ctrl+C.
    """
    from askwell.app.accounts import mail_accounts
    from askwell.settings import home_folder

    chosen = mail_accounts(home_folder(frame.home), accounts)
    if watching:
        return _watch(frame, chosen, notes, day(on))
    from askwell.app.drafts import drafts
    from askwell.app.secrets import secret

    status = 0
    with frame.desk(day(on)) as desk:
        for one in chosen:
            try:
                _show(frame, drafts(desk, one, secret(desk.home, one), notes=notes))
            except AskwellError as error:
                status = TROUBLE
                _trouble(frame, error)
    return status


def _watch(frame: Frame, chosen: tuple[Account, ...], notes: bool, on: date | None) -> int:
    from askwell.app.drafts import watch
    from askwell.app.secrets import secret
    from askwell.settings import home_folder

    if len(chosen) > 1:
        raise AskwellError(
            say("Which account? One is watched at a time."),
            say("Name one of {names}.", names=", ".join(one.name for one in chosen)),
        )
    (one,) = chosen
    home = home_folder(frame.home)
    before: dict[str, str] = {}
    rounds = watch(home, one, lambda: secret(home, one), lambda: on or date.today(), frame.lang, notes=notes)
    for found in rounds:
        now = {judged.key: judged.word for judged in found.drafts}
        if found.away or now != before:
            _show(frame, found, before)
        before = before if found.away else now
    return 0


def _show(frame: Frame, found: Round, before: dict[str, str] | None = None) -> None:
    """A look at the drafts; in a watch only what is new since the last."""
    if frame.json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False))
        return
    if found.away:
        _trouble(frame, found.away)
        return
    new = [one for one in found.drafts if before is None or before.get(one.key) != one.word]
    for one in new:
        _line(frame.paper, one)
    if before is None and not found.drafts:
        frame.paper.put(say("No drafts."))
    if not found.keywords and not before:
        frame.paper.put(
            say("This server keeps no keywords; --note puts what was found into a folder."), "quiet"
        )


def _line(paper: Paper, one: Judged) -> None:
    head = verdict_name(one.word) if one.word else say("Not judged")
    paper.put(f"{head}: {one.subject or '–'}" + (f" ({', '.join(one.to)})" if one.to else ""), one.word)
    if one.trouble:
        paper.put(one.trouble, indent=2)
    elif one.verdict and one.word != "send":
        paper.put(one.verdict.summary, indent=2)


def _trouble(frame: Frame, error: AskwellError) -> None:
    if frame.json:
        click.echo(json.dumps({"schema": "askwell.drafts/1", "trouble": error.message}, ensure_ascii=False))
        return
    frame.paper.put(error.message)
    frame.paper.put(error.hint, "quiet", 2)
