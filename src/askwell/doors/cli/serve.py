"""`askwell serve`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import Frame, day, verb


@verb("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to listen on (usually 8417).")
@click.option("--host", default="127.0.0.1", help="Address to listen on; usually this machine alone.")
@click.option("--open/--no-open", "browser", default=True, help="Open a browser, or only print the address.")
@click.option("--on", metavar="DATE", help="Act as if it were this day.")
@click.option("--demo", is_flag=True, help="Open the invented network, in a ledger of its own.")
@click.pass_context
def command(
    ctx: click.Context, frame: Frame, port: int, host: str, browser: bool, on: str | None, demo: bool
) -> int:
    """Open Askwell in a browser, on this machine only.

    The printed address lets one browser in, once. Nothing leaves this machine. Stop it with Ctrl+C.
    """
    from askwell.plugins import door
    from askwell.settings import home_folder

    home = home_folder(frame.home)
    if demo and not frame.home:
        home = home / "demo"
    above = ctx.find_root().obj or {}
    lang = ctx.params.get("lang") or above.get("lang") or ""
    return door("web")(home, port=port, host=host, browser=browser, lang=lang, on=day(on), demo=demo)
