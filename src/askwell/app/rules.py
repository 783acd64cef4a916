"""`askwell rules`: the rules in force, built in and of the user's own, and whether their examples hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askwell.app.desk import Desk
from askwell.app.setting import change
from askwell.errors import AskwellError
from askwell.judge.packs import Rule, Rules, Text, parse_rule
from askwell.words import say

if TYPE_CHECKING:
    from askwell.judge.examples import Failure
    from askwell.text.reading import Reading


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


def try_examples(desk: Desk, chosen: Sequence[str]) -> tuple[int, list[Failure]]:
    """Put each rule's own examples before the judge: it must speak of some and be silent on the others.
    Returns how many were tried, and those that failed."""
    from askwell.judge.examples import run
    from askwell.text.read import read

    def reader(text: str, lang: str) -> Reading:
        return read(text, lang=lang)

    known = rules(desk)
    found = [known.get(one) for one in chosen]
    failed = [failure for rule in found for failure in run(rule, known, reader)]
    return sum(len(rule.fires) + len(rule.silent) for rule in found), failed


def as_json(rule: Rule, text: Text, off: Sequence[str]) -> dict[str, Any]:
    """A rule as the JSON of all doors shows it, with its words in the reader's language."""
    return {
        "id": rule.id,
        "level": rule.level,
        "title": text.title,
        "message": text.message,
        "why": text.why,
        "suggest": text.suggest,
        "reason": rule.reason,
        "source": rule.source,
        "off": rule.id in off,
    }


def switch(desk: Desk, id: str, off: bool) -> tuple[str, ...]:
    """Switch a rule off or on again in the settings; returns all that are off. Raises AskwellError for an
    unknown one."""
    rules(desk).get(id)
    now = desk.settings.rules_off
    wanted = tuple(dict.fromkeys((*now, id))) if off else tuple(one for one in now if one != id)
    if wanted != now:
        change(desk, "rules_off", wanted)
    return wanted


def plain(text: Text) -> Text:
    """A rule's words without a case: its gaps filled with what they stand for in general."""
    gaps = _Gaps(name=say("the reader"))
    return Text(*(getattr(text, part).format_map(gaps) for part in ("title", "message", "why", "suggest")))


class _Gaps(dict[str, str]):
    def __missing__(self, gap: str) -> str:
        return "…"
