"""Assistants: the verbs as tools of the Model Context Protocol, on standard streams or on loopback."""

from __future__ import annotations

from datetime import date
from pathlib import Path


def run(
    home: Path, lang: str = "en", on: date | None = None, *, writes: bool = True, port: int | None = None
) -> int:
    """Serve one assistant on the standard streams, or any that know the secret at a port of this machine."""
    from askwell.doors.mcp.server import server

    made = server(home, lang, on, writes=writes)
    if port is None:
        made.run("stdio")
    else:
        from askwell.doors.mcp.http import serve

        serve(made, home, port)
    return 0
