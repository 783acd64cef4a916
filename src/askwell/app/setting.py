"""Changing a setting from within: `settings.toml` keeps its comments and its order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from askwell.app.desk import Desk
from askwell.errors import AskwellError
from askwell.settings import CHOICES, FILE, MEANINGS, Settings, load
from askwell.words import say


def change(desk: Desk, name: str, value: str | int | Sequence[str]) -> Settings:
    """Set one setting; returns all. Raises AskwellError for one that is unknown or cannot be that."""
    import tomlkit

    if name not in MEANINGS:
        raise AskwellError(say('There is no setting "{name}".', name=name), say("See docs/settings.md."))
    kept: Any = tuple(value) if not isinstance(value, str | int) else value
    if name in CHOICES and kept not in CHOICES[name]:
        what = say("{name} cannot be {value}.", name=name, value=kept)
        raise AskwellError(what, say(MEANINGS[name]))
    path = desk.home / FILE
    load(desk.home)  # a broken file is named, not written over
    document = tomlkit.parse(path.read_text("utf-8") if path.exists() else "")
    document[name] = list(kept) if isinstance(kept, tuple) else kept
    _write(path, tomlkit.dumps(document))
    return load(desk.home)


def _write(path: Path, text: str) -> None:
    """Put the text in the file's place at once, readable by the user alone."""
    new = path.with_suffix(".new")
    new.write_text(text, "utf-8")
    new.chmod(0o600)
    new.replace(path)
