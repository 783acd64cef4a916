"""Writing to somebody about something: a first letter, checked and mended until the judge says *send*."""

from __future__ import annotations

from dataclasses import dataclass, replace

from askwell.app.ask import letter_to
from askwell.app.check import check
from askwell.app.desk import Desk
from askwell.app.draft import Draft
from askwell.app.people import find
from askwell.judge.case import Verdict

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Written:
    """A letter, the judge's last word on it, and how often it was mended (0 to 3)."""

    draft: str
    verdict: Verdict
    rounds: int


def write(desk: Desk, who: str, about: str) -> Written:
    """A first letter to one person. Where the judge never says *send* (it is too soon for any ask), the
    verdict says so. Raises AskwellError if nobody or several people fit, or nothing is said of what about."""
    person = find(desk, who)
    draft = Draft(letter_to(desk, person, about))
    verdict = check(desk, draft, [person.key])
    rounds = 0
    while verdict.verdict != "send" and verdict.rewrite and rounds < ROUNDS:
        draft, rounds = replace(draft, text=verdict.rewrite), rounds + 1
        verdict = check(desk, draft, [person.key])
    return Written(draft.text, verdict, rounds)
