"""`askwell rules`: the rules in force, built in and of the user's own, and whether their examples hold."""

from __future__ import annotations

from pathlib import Path

from askwell.app.desk import Desk
from askwell.errors import AskwellError
from askwell.judge.packs import Rule, Rules, parse_rule
from askwell.words import say


def rules(desk: Desk) -> Rules:
    """The built-in rules and those of the user's folder. Raises AskwellError at a broken one."""
    if not desk.settings.rules_folder:
        return Rules()
    folder = Path(desk.settings.rules_folder).expanduser()
    folder = folder if folder.is_absolute() else desk.home / folder
    if not folder.is_dir():
        what = say("There is no folder {path}.", path=folder)
        raise AskwellError(what, say("Mend or remove `rules_folder` in settings.toml."))
    return Rules(tuple(_own(path, folder) for path in sorted(folder.rglob("*.toml"))))


def _own(path: Path, folder: Path) -> Rule:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AskwellError(
            say("{name} cannot be read: {why}.", name=path, why=error), say("Mend or remove the file.")
        ) from None
    return parse_rule(text, path.relative_to(folder).with_suffix("").as_posix(), str(path))
