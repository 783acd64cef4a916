"""The language server: what Askwell has to say, under the words, in any editor (LSP 3.17)."""

from __future__ import annotations

from datetime import date
from pathlib import Path


def run(home: Path, lang: str = "en", on: date | None = None) -> int:
    """Serve one editor until it closes the stream; `on` is the day to judge on, else today."""
    from askwell.doors.lsp.server import server

    server(home, lang, on).start_io()
    return 0
