"""`askwell lsp`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import Frame, day, verb


@verb("lsp")
@click.option("--on", metavar="DATE", help="The day to judge on (else today).")
def command(frame: Frame, on: str | None) -> int:
    """Serve an editor: findings under the words of a mail draft, and the gentler letter at a key.

    An editor starts this by itself and speaks the Language Server Protocol on the standard streams. A draft
    names its addressee in To:, or in a line such as `askwell: to=kari` near its top or end.
    """
    from askwell.plugins import door
    from askwell.settings import home_folder

    return door("lsp")(home_folder(frame.home), frame.lang, day(on))
