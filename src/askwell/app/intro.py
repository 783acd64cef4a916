"""`askwell intro`: introductions from the first wish to what came of them, one step at a time. Undoable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from askwell.app.desk import Desk
from askwell.app.intros import introductions
from askwell.app.letters import tongue
from askwell.app.people import find
from askwell.app.vouch import vouched
from askwell.errors import AskwellError
from askwell.judge import introducing
from askwell.judge.clauses import Note
from askwell.judge.introducing import Caution, Sides
from askwell.ledger.entries import Said
from askwell.ledger.intros import Intro, Step
from askwell.ledger.person import ME, Person
from askwell.text.read import read
from askwell.words import later, say

ACTIONS = ("propose", "ask", "agreed", "declined", "made", "met", "told", "drop")
"""What can be noted of an introduction, in the order of its life."""
STAGE_NAMES = {
    "proposed": later("proposed"),
    "asked_one": later("one side has been asked"),
    "asked_other": later("both sides have been asked"),
    "made": later("made"),
    "met": later("they have met"),
    "told": later("told how it went"),
    "declined": later("one side said no"),
    "dropped": later("let go"),
}
"""How far an introduction has come, as one says it."""
STEP_NAMES = {
    "proposed": later("proposed"),
    "asked": later("asked"),
    "agreed": later("said yes"),
    "declined": later("said no"),
    "made": later("made"),
    "met": later("they met"),
    "told": later("told"),
    "dropped": later("let go"),
}
"""What a step was, as one says it."""
_STATES = {"propose": "proposed", "ask": "asked", "drop": "dropped"}


@dataclass(frozen=True, slots=True)
class Told:
    """An introduction after a step, with what to consider and the letter that belongs to the step, if any."""

    intro: Intro
    cautions: tuple[Caution, ...] = ()
    letter: Note | None = None
    to: str = ""


def listed(desk: Desk, who: str = "", every: bool = True) -> tuple[Intro, ...]:
    """The introductions, the newest first: all of them, or those of one person; or only the open ones."""
    found = introductions(desk, find(desk, who) if who else None)
    return tuple(one for one in reversed(found) if every or one.open)


def intro(
    desk: Desk,
    action: str,
    pair: Sequence[str],
    *,
    by: str = ME,
    side: str = "",
    more: dict[str, str] | None = None,
) -> Told:
    """Note a step. `pair` are the two, `by` who introduces, `side` the one whom the step is about.

    `more` may hold `for`, `asked_by`, `purpose`, `actually`, `outcome`, `blurb`, `text`. Raises AskwellError
    where the step makes no sense, or a name is nobody's.
    """
    ends, by = [_end(desk, one) for one in pair], _end(desk, by)
    if len(set(ends)) != len(pair):
        raise AskwellError(say("An introduction is of two people."), say("Name two different people."))
    said = {name: value.strip() for name, value in (more or {}).items() if value and value.strip()}
    for role in ("for", "asked_by"):
        if role in said:
            said[role] = _end(desk, said[role])
    before = _known(desk, by, ends)
    side = _side(desk, action, side, ends, before, said)
    _sensible(action, before)
    others = introductions(desk)
    cautions = considered(desk, before, others, action, side, said) if action in ("propose", "ask") else ()
    _note(desk, action, by, ends, side, said)
    after = _known(desk, by, ends)
    if after is None:
        raise ValueError(action)
    letter, to = letter_for(desk, action, after, side)
    return Told(after, cautions, letter, to)


def apology(desk: Desk, pair: Sequence[str]) -> Told:
    """The letter to the one who was asked something else than they were told. Raises AskwellError."""
    found = _known(desk, ME, [_end(desk, one) for one in pair])
    if found is None or not found.burned:
        raise AskwellError(
            say("Nothing is known to have turned into something else there."),
            say('Note it first: askwell intro told ONE OTHER --actually "asked for a job"'),
        )
    letter, to = _apology(desk, found)
    return Told(found, (), letter, to)


def to_json(desk: Desk, found: Sequence[Told]) -> dict[str, Any]:
    """`askwell.intro/1`."""
    return {"schema": "askwell.intro/1", "intros": [_json(desk, one) for one in found]}


def name_of(desk: Desk, end: str) -> str:
    """What somebody in an introduction is called."""
    return person_of(desk, end).name if end != ME else desk.profile.name or ME


def _json(desk: Desk, told: Told) -> dict[str, Any]:
    one = told.intro
    return {
        "id": one.id,
        "by": one.by,
        "between": [{"person": end, "name": name_of(desk, end)} for end in (one.one, one.other)],
        "stage": one.stage,
        "for": one.beneficiary or None,
        "asked_by": one.asked_by or None,
        "purpose": one.purpose or None,
        "actually": one.actually or None,
        "turned": one.turned,
        "burned": list(one.burned),
        "outcome": one.outcome or None,
        "text_to_pass_on": one.blurb or None,
        "consent": {end: one.consent(end) or None for end in (one.one, one.other)},
        "steps": [_step(step) for step in one.steps],
        "cautions": [
            {"id": each.id, "message": each.message, "evidence": [e.to_json() for e in each.evidence]}
            for each in told.cautions
        ],
        "to": told.to or None,
        "letter": told.letter.to_json() if told.letter else None,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "date": step.day.isoformat(),
        "state": step.state,
        "side": step.side or None,
        "quote": step.text or None,
        "source": step.source,
        "read": step.read,
    }


def _end(desk: Desk, who: str) -> str:
    return ME if who == ME else find(desk, who).key


def person_of(desk: Desk, end: str) -> Person:
    """Somebody in an introduction, in the ledger or only an address."""
    owner = desk.store.owner(end) if "@" in end else desk.store.person(end)
    return owner or Person(end, end)


def _known(desk: Desk, by: str, ends: Sequence[str]) -> Intro | None:
    """The last introduction of these two by this one."""
    person = next((person_of(desk, one) for one in ends if one != ME), None)
    found = [one for one in introductions(desk, person) if one.by == by and one.pair == frozenset(ends)]
    return found[-1] if found else None


def _side(
    desk: Desk, action: str, side: str, ends: Sequence[str], before: Intro | None, said: dict[str, str]
) -> str:
    """Whom a step is about: as named, else the one who is not known to have agreed."""
    if action not in ("ask", "agreed", "declined"):
        return ""
    if side:
        end = _end(desk, side)
        if end not in ends:
            raise AskwellError(
                say("{name} is none of the two.", name=side), say("Name one of the two with --side.")
            )
        return end
    wish = said.get("for") or (before.beneficiary if before else "")
    open_ones = [one for one in ends if one not in (ME, wish) and (not before or not before.consent(one))]
    asked = [one for one in ends if before and before.consent(one) == "asked"]
    choice = (asked if action != "ask" else open_ones) or open_ones or [one for one in ends if one != ME]
    if len(choice) > 1:
        raise AskwellError(
            say("Which of the two?"), say("Name one with --side: {names}.", names=", ".join(choice))
        )
    return choice[0]


def _sensible(action: str, before: Intro | None) -> None:
    if action == "propose":
        if before and before.open:
            raise AskwellError(
                say("This introduction is on its way already."),
                say("Go on with it, or let it go: askwell intro drop ONE OTHER."),
            )
    elif before is None and action in ("agreed", "declined", "met", "told", "drop"):
        raise AskwellError(
            say("No introduction of these two is known."),
            say('Begin it: askwell intro propose ONE OTHER --purpose "…"'),
        )


def _note(desk: Desk, action: str, by: str, ends: Sequence[str], side: str, said: dict[str, str]) -> None:
    more = {name: value for name, value in said.items() if name != "text"}
    state = _STATES.get(action, action)
    more |= {"state": state} | ({"side": side} if side else {})
    entry = Said(desk.now, "intro", by, tuple(ends), "", said.get("text", ""), tuple(sorted(more.items())))
    names = " / ".join(name_of(desk, one) for one in ends)
    desk.store.say(desk.store.begin(desk.now, "intro", f"{say(STEP_NAMES[state])}: {names}"), entry)


def considered(
    desk: Desk, before: Intro | None, others: Sequence[Intro], action: str, side: str, said: dict[str, str]
) -> tuple[Caution, ...]:
    """What there is to consider before a step."""
    blurb = said.get("blurb", "")
    asks = len([act for act in read(blurb).acts if act.act == "ask"]) if blurb else 0
    found = list(introducing.blurb_cautions(blurb, asks, desk.lang)) if blurb else []
    if action == "ask" and before:
        whom = side if before.by == ME else before.by
        name = name_of(desk, whom).split()[0]
        found += introducing.cautions(before, whom, others, desk.today, desk.lang, name)
    return tuple(found)


def letter_for(desk: Desk, action: str, after: Intro, side: str) -> tuple[Note | None, str]:
    """The letter that belongs to a step, and to whom it goes: one of the two, or `both`."""
    if after.by != ME:
        return None, ""
    if action == "ask":
        other = next(one for one in (after.one, after.other) if one != side)
        sides = Sides(person_of(desk, other), person_of(desk, side))
        lang = tongue(desk, sides.contact)
        return introducing.forward(after, sides, desk.profile.name, lang, _vouched(desk, other)), side
    if action == "agreed" and all(after.consent(one) == "yes" for one in (after.one, after.other)):
        sides = _sides(desk, after)
        return introducing.made(after, sides, desk.profile.name, tongue(desk, sides.contact)), "both"
    if action == "told" and after.burned:
        return _apology(desk, after)
    return None, ""


def _apology(desk: Desk, found: Intro) -> tuple[Note, str]:
    burned = found.burned[-1]
    other = next(one for one in (found.one, found.other) if one != burned)
    sides = Sides(person_of(desk, other), person_of(desk, burned))
    lang = tongue(desk, sides.contact)
    return introducing.apology(found, sides, desk.profile.name, lang, desk.today), burned


def _sides(desk: Desk, found: Intro) -> Sides:
    wish = found.beneficiary or found.one
    other = next(one for one in (found.one, found.other) if one != wish)
    return Sides(person_of(desk, wish), person_of(desk, other))


def _vouched(desk: Desk, end: str) -> tuple[str, str]:
    """What the user has last said of somebody's work, and the entry."""
    said = vouched(desk, person_of(desk, end))
    return (said.about or "yes", said.id) if said else ("", "")
