"""A letter that one could send instead, from the draft, the ledger and templates (MODEL.md 3.8).

Deterministic. It keeps the greeting, the facts, the closing and the name of the draft, in its language; it
thanks for what the ledger knows, asks one thing, and leaves a way out. Nothing is invented: no favour,
relation, promise, deadline or offer. What it hands back has been read again: no harmful pattern, no greater
weight.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from askwell.judge import naming
from askwell.judge.asking import Asking, weigh_up
from askwell.judge.bearing import Bearing
from askwell.judge.case import Case
from askwell.judge.compose import HARM, Desk, asking_words, written
from askwell.judge.imposition import impose
from askwell.judge.kinds import Hit
from askwell.judge.letter import take_apart
from askwell.judge.plan import Plan, plan
from askwell.judge.templates import is_ours
from askwell.text.reading import Reading


def rewrite(case: Case, bearing: Bearing, asking: Asking, hits: tuple[Hit, ...]) -> str | None:
    """The letter to send instead, or None: nothing to mend, or better no letter at all."""
    lang = case.reading.language
    if is_ours(lang, case.draft) and not (asking.patterns & HARM):
        return None
    words = asking_words(case.reading)
    who = naming.who(lang, words)
    chosen = plan(case, bearing, asking, hits, who)
    if chosen is None:
        return None
    letter = take_apart(case.draft, case.reading)
    desk = Desk(case, bearing, asking, letter, chosen, lang, naming.place(lang, words), who)
    if chosen.kind == "decline":
        return written(desk)
    found = _first_that_stands(desk)
    return None if found is None or found.split() == case.draft.split() else found


def _first_that_stands(desk: Desk) -> str | None:
    """The letter with most of the draft's own words among those that, read again, ask no more than it did.

    Where the letter has hardly more than set words, the plainest is good in any case.
    """
    second: str | None = None
    text = ""
    for text in dict.fromkeys(_versions(desk)):
        lighter, fair = _stands(text, desk)
        if lighter:
            return text
        if fair and second is None:
            second = text
    return second or (text if desk.plan.kind in ("friend", "tips", "remind") else None)


def _versions(desk: Desk) -> Iterator[str]:
    yield written(desk)
    yield written(replace(desk, plain=True))
    yield written(replace(desk, plain=True, facts=1))
    yield written(replace(desk, plain=True, facts=0))
    if desk.plan.kind not in ("friend", "tips", "remind"):
        yield written(replace(desk, plan=Plan("advice", "other"), facts=0))


def _read(text: str, **more: Any) -> Reading:
    from askwell.text.read import read  # the reader is large, and needed only here

    return read(text, **more)


def _stands(text: str, desk: Desk) -> tuple[bool, bool]:
    """Whether a letter, read as any other, weighs no more than the draft; and whether it does so if its one
    question is granted to be one. Never with a harmful pattern."""
    reading = (desk.case.reader or _read)(text, lang=desk.lang, on=desk.case.today)
    if any(one.id in HARM for one in reading.patterns):
        return False, False
    after = weigh_up(replace(desk.case, draft=text, reading=reading), desk.bearing)
    granted = impose(replace(after.asked, one_specific=True, several=False)).total
    before = desk.asking.r + 1e-9
    return after.r <= before, granted <= before
