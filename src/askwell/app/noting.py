"""Noting what mail does not show, from a form: one thing with one person on one day."""

from __future__ import annotations

from datetime import date

from askwell.app.desk import Desk
from askwell.app.log import log
from askwell.app.people import find
from askwell.errors import AskwellError
from askwell.ledger.entries import Correction, Said
from askwell.ledger.tokens import quoted
from askwell.text.reading import ABOUTS
from askwell.words import later, say

KINDS = {
    "met": (later("We met or talked"), "meeting me, {key}"),
    "note": (later("A note"), "note {key}"),
    "helped_me": (later("They helped me"), "favour {key} -> me"),
    "helped_them": (later("I helped them"), "favour me -> {key}"),
    "thanked": (later("I thanked them"), "thanks me -> {key}"),
    "told": (later("I told them how it went"), "report_back me -> {key}"),
    "asked": (later("I asked them for something"), "ask me -> {key}"),
    "asked_me": (later("They asked me for something"), "ask {key} -> me"),
}
"""What can be noted: how a form says it, and its line in a story."""
OF_A_KIND = ("helped_me", "helped_them", "asked", "asked_me")
"""Those of which one may say what it was about."""
LONGEST = 2000


def note(
    desk: Desk, who: str, kind: str, words: str = "", *, about: str = "", on: date | None = None
) -> Said | Correction:
    """Keep one thing of KINDS with a person. Raises AskwellError for an unknown kind, a day to come, or one
    who is nobody in the ledger."""
    person = find(desk, who)
    if kind not in KINDS or (about and about not in ABOUTS):
        what = say("That cannot be noted: {kind}.", kind=kind if kind not in KINDS else about)
        raise AskwellError(what, say("Choose one of {choices}.", choices=", ".join(KINDS)))
    day = on or desk.today
    if day > desk.today:
        raise AskwellError(say("{day} is still to come.", day=day), say("Note it when it has been."))
    line = f"{day.isoformat()} {KINDS[kind][1].format(key=person.key)}"
    if about and kind in OF_A_KIND:
        line += f" {about}"
    said = " ".join(words.split())[:LONGEST]
    return log(desk, f"{line} {quoted(said)}" if said else line)[0]
