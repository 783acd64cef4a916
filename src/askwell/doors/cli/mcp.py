"""`askwell mcp`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import Frame, day, verb
from askwell.words import say


@verb("mcp")
@click.option(
    "--http", "port", type=click.IntRange(1, 65535), metavar="PORT", help="Serve on loopback instead."
)
@click.option("--read-only", is_flag=True, help="Without the tools that note something.")
@click.option("--on", metavar="DATE", help="Act as if it were this day.")
def command(frame: Frame, port: int | None, read_only: bool, on: str | None) -> int:
    """Serve an assistant (Model Context Protocol): check, read, today, person, ask and more as tools.

    An assistant starts this by itself and speaks on the standard streams. With --http it is served at
    http://127.0.0.1:PORT/mcp to whoever sends the secret that is printed. Nothing is ever sent by mail.
    """
    from askwell.plugins import door
    from askwell.settings import home_folder

    home = home_folder(frame.home)
    if port is not None:
        from askwell.app.keyfile import key

        click.echo(say("Serving at {address}", address=f"http://127.0.0.1:{port}/mcp"), err=True)
        click.echo("Authorization: Bearer " + key(home, "mcp"), err=True)
    return door("mcp")(home, frame.lang, day(on), writes=not read_only, port=port)
