"""`askwell source`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from askwell.doors.cli.frame import Frame, verb
from askwell.words import LANGUAGES, say

if TYPE_CHECKING:
    from askwell.app.accounts import Account
    from askwell.app.desk import Desk
    from askwell.app.secrets import Secret
    from askwell.app.source import Added
    from askwell.doors.cli.paper import Paper


@click.group("source")
@click.option("--home", metavar="DIR", help="Folder of the ledger.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of what is printed.")
@click.pass_context
def command(ctx: click.Context, home: str | None, as_json: bool, lang: str | None) -> None:
    """Accounts that `askwell sync` reads: add, list, remove."""
    root = ctx.find_root()
    above = root.obj or {}
    root.obj = {
        "home": home or above.get("home"),
        "json": as_json or above.get("json", False),
        "lang": lang or above.get("lang"),
    }


@verb("add")
@click.argument("kind", type=click.Choice(["imap", "carddav", "caldav"]))
@click.argument("account")
@click.option("--user", default="", help="The name you sign in with, mostly your address.")
@click.option("--host", default="", help="The mail server; known for common providers.")
@click.option(
    "--port", default=0, type=click.IntRange(0, 65535), help="Its port, if it is not the usual one."
)
@click.option("--url", default="", help="For CardDAV and CalDAV: the address that your provider names.")
@click.option("--security", type=click.Choice(["tls", "starttls", "plain"]), help="Usually tls.")
@click.option("--auth", type=click.Choice(["password", "xoauth2"]), help="Usually password.")
@click.option("--folder", "only", multiple=True, help="Read this one; may stand several times.")
@click.option("--without", multiple=True, help="Leave this one out; may stand several times.")
@click.option("--proposed", is_flag=True, help="Choose no more: read what is proposed.")
@click.option("--certificate", default="", metavar="FILE", help="Trust this certificate too (PEM).")
@click.option("--password-command", default="", help="A command that prints the password or token.")
@click.option("--client-id", default="", help="With --auth xoauth2: whose client the refresh token is for.")
@click.option("--token-endpoint", default="", help="Where a refresh token is changed for an access token.")
@click.option("--client-secret", is_flag=True, help="Ask for the client's own secret as well.")
@click.option("--me", multiple=True, metavar="ADDRESS", help="Your address there; may stand several times.")
def add_(frame: Frame, me: tuple[str, ...], client_secret: bool, proposed: bool, **said: object) -> None:
    """Add an account, or change one: KIND is imap, carddav or caldav, ACCOUNT what you call it.

    The password is asked for, or read from standard input. It is tried at once, and kept in the system's
    keyring, else in a file that only you can read. Nothing is changed in the mailbox, now or later.
    """
    from askwell.app.source import add, completed, page

    with frame.desk() as desk:
        one = completed(_account(frame, said, proposed))
        if (where := page(one)) and sys.stdin.isatty():
            frame.paper.put(say("Your provider wants a password made for programs: {page}", page=where))
        word = None if one.password_command else _ask(_question(desk, one))
        client = _ask(say("The client's secret")) if client_secret else None
        added = add(desk, one, word, client, me)
    if frame.json:
        frame.result({"schema": "askwell.source/1", **added.to_json()})
    else:
        _show(frame.paper, added)


def _account(frame: Frame, said: dict[str, object], proposed: bool) -> Account:
    """What was said, over what is kept of an account of this name, if it is of this kind."""
    from dataclasses import replace

    from askwell.app.accounts import Account, accounts
    from askwell.settings import home_folder

    name, kind = str(said.pop("account")), str(said.pop("kind"))
    kept = next(
        (one for one in accounts(home_folder(frame.home)) if (one.name, one.kind) == (name, kind)), None
    )
    start = kept or Account(name, kind, "")
    if proposed:
        start = replace(start, only=(), without=())
    return replace(start, **{key: value for key, value in said.items() if value})  # type: ignore[arg-type]


def _ask(what: str) -> Secret | None:
    """A secret, typed without being shown, or the next line of standard input; None for an empty one."""
    from askwell.app.secrets import Secret

    if sys.stdin.isatty():
        line = click.prompt(what, hide_input=True, err=True, default="", show_default=False)
    else:
        line = sys.stdin.readline().rstrip("\r\n")
    return Secret(line) if line else None


def _question(desk: Desk, one: Account) -> str:
    from askwell.app.secrets import lies

    question = say("Password or token for {user}", user=one.user)
    return question + (f" ({say('empty: as before')})" if lies(desk.home, one.name) else "")


def _show(paper: Paper, added: Added) -> None:
    from askwell.app.source import is_read

    paper.put(say("{account} is added: signing in went well.", account=added.account.name), "title")
    rows = []
    for one in added.folders:
        count = f"{one.size:,}" if one.size >= 0 else ""
        rows.append((say("read") if is_read(added.account, one) else say("left out"), count, one.name))
    if rows:
        width = max(len(count) for _, count, _ in rows)
        paper.rows([(how, count.rjust(width), folder) for how, count, folder in rows])
        paper.put(say("To choose otherwise, say it again with --folder NAME or --without NAME."), "quiet")
    for address in added.others:
        told = say(
            "Letters there are sent from {address} too. If it is yours, say so: --me {address}",
            address=address,
        )
        paper.put(told)
    places = {
        "keyring": say("The password is in the system's keyring."),
        "file": say("The password is in secrets.json in Askwell's folder, which only you can read."),
        "command": say("The password is asked of your command each time."),
    }
    paper.put(places.get(added.secret, ""), "quiet")
    paper.put(say("Now: askwell sync"), "quiet")


@verb("list")
def list_(frame: Frame) -> None:
    """The accounts, where their passwords lie, and when they last brought something."""
    from askwell.app.source import listed

    with frame.desk() as desk:
        found = listed(desk)
    if frame.json:
        frame.result({"schema": "askwell.sources/1", "accounts": [one.to_json() for one in found]})
        return
    if not found:
        frame.paper.put(say("No accounts. Add one: askwell source add imap NAME --user ADDRESS"))
        return
    secrets = {
        "keyring": say("password in the keyring"),
        "file": say("password in a file"),
        "command": say("password from a command"),
        "": say("no password kept"),
    }
    rows = [
        (
            one.account.name,
            one.account.kind,
            f"{one.account.user} · {one.account.where}",
            secrets[one.secret],
            say("last new {day}", day=one.last.date().isoformat()) if one.last else say("nothing yet"),
        )
        for one in found
    ]
    frame.paper.rows(rows, 0)


@verb("remove")
@click.argument("account")
def remove_(frame: Frame, account: str) -> None:
    """Forget an account and its password. What it brought stays in the ledger."""
    from askwell.app.source import take_out

    with frame.desk() as desk:
        one = take_out(desk, account)
    if frame.json:
        frame.result({"schema": "askwell.source/1", "removed": one.name})
        return
    frame.paper.put(
        say("{account} is removed, and its password. Its mail stays in the ledger.", account=one.name)
    )
    frame.paper.put(say("To take mail out as well: askwell undo NUMBER, for each sync."), "quiet")


for made in (add_, list_, remove_):
    command.add_command(made)
