"""`askwell feed`."""

from __future__ import annotations

from pathlib import Path

import click

from askwell.doors.cli.frame import Frame, day, verb
from askwell.errors import AskwellError
from askwell.words import say


@verb("feed")
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND", help="thank, tell, give_back, reconnect, ask_again."
)
@click.option(
    "--file", "path", type=click.Path(path_type=Path), help="Write it there instead of printing it."
)
@click.option("--no-alarms", is_flag=True, help="Without alarms.")
@click.option("--address", is_flag=True, help="Only say where a calendar program can subscribe to it.")
@click.option("--on", metavar="DATE", help="The feed of another day.")
def command(
    frame: Frame, kinds: tuple[str, ...], path: Path | None, no_alarms: bool, address: bool, on: str | None
) -> None:
    """What is due as a calendar: thanks, news to tell, days on which you may ask again, people to greet.

    A calendar program can open the file, or subscribe while `askwell serve` runs: --address says where. The
    address is secret; whoever has it can read the feed on this machine.
    """
    from askwell.app.feed import KINDS, feed

    if address:
        from askwell.app.keyfile import key
        from askwell.settings import WEB_PORT, home_folder

        secret = key(home_folder(frame.home), "feed")
        for kind in ("all", *KINDS):
            click.echo(f"http://127.0.0.1:{WEB_PORT}/feed/{secret}/{kind}.ics")
        return
    with frame.desk(day(on)) as desk:
        text = feed(desk, kinds or KINDS, alarms=not no_alarms)
    if path is None:
        click.echo(text, nl=False)
        return
    try:
        path.write_text(text, "utf-8", newline="")
    except OSError as error:
        what = say("{path} cannot be written: {why}.", path=path, why=error.strerror)
        raise AskwellError(what, say("Choose another file.")) from None
    frame.paper.put(say("Written: {path}", path=path))
