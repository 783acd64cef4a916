"""`askwell gate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from askwell.doors.cli.frame import Frame, verb
from askwell.settings import CHOICES, home_folder
from askwell.words import say

if TYPE_CHECKING:
    from askwell.app.held import Held
    from askwell.doors.cli.paper import Paper

_SECURITY = click.Choice(("starttls", "tls", "plain"))


@verb("gate")
@click.option("--listen", default="", metavar="HOST:PORT", help="Where your mail program finds it.")
@click.option("--listen-security", default=None, type=_SECURITY, help="How your mail program speaks to it.")
@click.option("--server", default="", metavar="HOST:PORT", help="Your own mail server for outgoing mail.")
@click.option("--security", default=None, type=_SECURITY, help="How that server is spoken to.")
@click.option("--certificate", default="", metavar="FILE", help="A PEM file to trust for that server.")
@click.option("--level", default=None, type=click.Choice(CHOICES["gate_level"]), help="From what to hold.")
@click.option("--note", default="", metavar="ADDRESS", help="Mail the full verdict to yourself.")
@click.option("--held", is_flag=True, help="Show what was held, and why; then end.")
def command(frame: Frame, held: bool, **wanted: str | None) -> int:
    """Stand between your mail program and your mail server, and hold what is better not sent.

    A letter that is held is refused with a reason that your mail program shows. Send it again within an hour,
    and it goes as it is. All others pass as they are. Without options, as the settings say.
    """
    home = home_folder(frame.home)
    if held:
        return _held(frame, home)
    from askwell.plugins import door

    def show(line: str) -> None:
        click.echo(line)

    return door("gate")(home, show, **{name: value or "" for name, value in wanted.items()})


def _held(frame: Frame, home: Any) -> int:
    from askwell.app.held import listed, troubles

    kept, passed = listed(home), troubles(home)
    if frame.json:
        trouble = [{"at": one.at.isoformat(timespec="seconds"), "what": one.what} for one in passed]
        frame.result(
            {"schema": "askwell.gate/1", "held": [one.to_json() for one in kept], "trouble": trouble}
        )
        return 0
    paper = frame.paper
    if not kept:
        paper.put(say("Nothing is held."))
    for one in kept:
        _show(paper, one)
    for odd in passed[:5]:
        paper.put(f"{odd.at:%Y-%m-%d %H:%M}  {say('passed without a verdict: {why}', why=odd.what)}", "quiet")
    return 0


def _show(paper: Paper, one: Held) -> None:
    """A letter that was held, as `askwell check` shows it."""
    from askwell.app.gate import at_length

    state = say("sent again as it was") if one.passed else say("held")
    paper.put(f"{one.at:%Y-%m-%d %H:%M}  {', '.join(one.to)}  ({state})", "title")
    paper.put(at_length(one).rstrip(), indent=2)
    paper.put()
