"""What may come next in an introduction: each step with its letter and what to consider beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from askwell.app.desk import Desk
from askwell.app.histories import history
from askwell.app.intro import apology, considered, letter_for, person_of
from askwell.app.intros import introductions
from askwell.errors import AskwellError
from askwell.judge.clauses import Note
from askwell.judge.introducing import Caution
from askwell.ledger.history import MINE
from askwell.ledger.intros import Intro
from askwell.ledger.person import ME
from askwell.words import say


@dataclass(frozen=True, slots=True)
class Ahead:
    """A step that may be taken. `do` is one of `app.intro.ACTIONS`, or `apology`, which is only a letter;
    `side` whom it is about, `to` whom the letter goes to (one of the two, or `both`)."""

    do: str
    side: str = ""
    letter: Note | None = None
    to: str = ""
    cautions: tuple[Caution, ...] = ()


def around(desk: Desk, *ends: str) -> tuple[Intro, ...]:
    """The introductions of any of these (short names, addresses, or `me`), the newest first."""
    people = (person_of(desk, end) for end in dict.fromkeys(ends) if end != ME)
    known = {(one.by, one.pair, one.id): one for who in people for one in introductions(desk, who)}
    return tuple(sorted(known.values(), key=lambda one: (one.steps[0].at, one.id), reverse=True))


def between(every: Iterable[Intro], one: str, other: str, by: str = ME) -> Intro:
    """The last introduction of these two (short names or addresses) by this one, among `every`, the newest
    first. Raises AskwellError if there is none."""
    wanted = frozenset((one, other))
    found = next((each for each in every if each.by == by and each.pair == wanted), None)
    if found is None:
        raise AskwellError(
            say("No introduction of these two is known."), say("Perhaps it was taken back."), http_status=404
        )
    return found


def ahead(
    desk: Desk, found: Intro, every: Sequence[Intro], purpose: str = "", blurb: str = ""
) -> tuple[Ahead, ...]:
    """The steps that may come next, the likeliest first; `every` are the introductions of those in it. With a
    purpose or a text to pass on, as they would be with these."""
    purpose, blurb = purpose.strip() or found.purpose, blurb.strip() or found.blurb
    found = replace(found, purpose=purpose, blurb=blurb)
    if not found.open:
        return _after(desk, found)
    if found.by != ME:
        return (Ahead("made"), Ahead("drop"))
    sides = sorted((found.one, found.other), key=lambda end: end == found.beneficiary)
    consents = {end: found.consent(end) for end in sides}
    if all(word == "yes" for word in consents.values()):
        letter, to = letter_for(desk, "agreed", found, "")
        return (Ahead("made", "", letter, to), Ahead("drop"))
    waiting = [Ahead(do, end) for end in sides if consents[end] == "asked" for do in ("agreed", "declined")]
    asking = [_ask(desk, found, every, end) for end in sides if not consents[end] and end != ME]
    return (*waiting, *asking, Ahead("drop"))


def _ask(desk: Desk, found: Intro, every: Sequence[Intro], side: str) -> Ahead:
    letter, to = letter_for(desk, "ask", found, side)
    said = {"blurb": found.blurb}
    return Ahead("ask", side, letter, to, considered(desk, found, every, "ask", side, said))


def _after(desk: Desk, found: Intro) -> tuple[Ahead, ...]:
    """What may follow once it was made, or ended."""
    steps = {"made": ("met", "told"), "met": ("told",), "told": ("told",)}.get(found.stage, ())
    sorry = found.by == ME and found.burned and not _said_sorry(desk, found)
    told = apology(desk, (found.one, found.other)) if sorry else None
    first = (Ahead("apology", told.to, told.letter, told.to),) if told else ()
    return (*first, *(Ahead(do) for do in steps))


def _said_sorry(desk: Desk, found: Intro) -> bool:
    """Whether the user has written an apology since it turned out otherwise."""
    turned, burned = found.turned_at, person_of(desk, found.burned[-1])
    said = history(desk.store, burned).of("apology", by=MINE)
    return any(turned is None or one.at >= turned.at for one in said)
