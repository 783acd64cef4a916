"""Secrets of this installation's own: who may speak to a door that listens, or fetch a feed."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from askwell.errors import AskwellError
from askwell.words import say


def key(home: Path, name: str) -> str:
    """The secret for a door, 256 bits as URL-safe text, made when it is first asked for. It lies in the home,
    readable by its owner only. Raises AskwellError if it can be neither read nor written."""
    path = home / f"{name}.key"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text("ascii").strip()
        with os.fdopen(file, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(32) + "\n")
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        what = say("{path} cannot be used: {why}.", path=path, why=error)
        raise AskwellError(what, say("Remove the file; a new secret is made then.")) from None
