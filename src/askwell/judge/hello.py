"""A few lines to somebody one has not heard from for long, without an errand (MODEL.md 2c, dormant ties).

It asks for nothing and states only what the ledger knows: when the two were last in touch, and what they did
for the user, if anything. One line is left to the user, who knows what to tell.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from importlib import resources

from askwell.judge import wording
from askwell.judge.bearing import Bearing
from askwell.judge.clauses import Clause, Note
from askwell.judge.compose import hello as greeting
from askwell.judge.templates import line
from askwell.ledger.favours import Favour

A_WHILE = 60
"""Days without contact from which a letter says that it is a while since."""


def letter(bearing: Bearing, lang: str, name: str) -> Note:
    """The letter; `name` is how the user signs. Without any contact on record, or after a
    recent one, it does not say that it is a while since."""
    words = _words(lang)
    last = next((one for one in reversed(bearing.history.events) if one.kind in ("message", "meeting")), None)
    first = []
    if last and last.source and (bearing.today - last.at.date()).days >= A_WHILE:
        month = _month(lang, last.at.date(), bearing.today)
        first.append(Clause(words["since"].format(month=month), (last.source,)))
    if helped := _largest(bearing):
        done = wording.done(lang, helped.what)
        first.append(Clause(words["helped"].format(done=done), (helped.source,)))
    middle = [Clause(words["no_errand"]), Clause(words["mine"])]
    parts = [tuple(part) for part in (first, middle, [Clause(words["end"])]) if part]
    return Note(
        "hello",
        lang,
        words["subject"],
        greeting(lang, bearing),
        tuple(parts),
        line(lang, "closing") + "\n" + (name or "…"),
        day=last.at.date() if last else None,
        source=last.source if last else "",
    )


def _largest(bearing: Bearing) -> Favour | None:
    """What they did for the user, the largest; of those alike the latest."""
    had = [one for one in bearing.received if one.source and one.what != "other"]
    return max(had, key=lambda one: (one.size, one.day), default=None)


def _month(lang: str, day: date, today: date) -> str:
    """A month with its year where that is another: "October 2025"."""
    shown = wording.on_day(lang, day.replace(day=1), day).split()[-1]
    return shown if day.year == today.year else f"{shown} {day.year}"


@lru_cache(maxsize=3)
def _words(lang: str) -> dict[str, str]:
    file = resources.files("askwell.judge") / "letters" / "hello" / f"{lang}.toml"
    return tomllib.loads(file.read_text("utf-8"))
