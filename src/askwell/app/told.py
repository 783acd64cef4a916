"""`askwell told`: what came of somebody's help is noted, and the letter that tells them is written."""

from __future__ import annotations

from collections.abc import Sequence

from askwell.app.desk import Desk
from askwell.app.letters import Letters, help_of, stands, tongue
from askwell.app.people import find
from askwell.errors import AskwellError
from askwell.judge.clauses import Note
from askwell.judge.standing import Standing
from askwell.judge.thanks import MOST_WORDS, order
from askwell.judge.thanks import told as letter
from askwell.ledger.entries import Said
from askwell.ledger.favours import REMEMBERED, Favour
from askwell.ledger.person import ME, Person
from askwell.words import say


def told(
    desk: Desk, who: Sequence[str], words: str, *, about: str = "", already: bool = False, lang: str = ""
) -> tuple[Letters, ...]:
    """Note what came of the help of each of these people, in one step that can be undone, and write each a
    letter. It belongs to the newest and largest help of theirs that they have not heard of yet; `about`
    names another kind. `already`: they know, so it is noted as told, and no letter is written.

    Raises AskwellError where nobody or several people fit, no words or too many are given, or no help of
    that kind is on record.
    """
    words = " ".join(words.split())
    if not words or len(words.split()) > MOST_WORDS:
        raise AskwellError(
            say("Say what came of it in 1 to {most} words.", most=MOST_WORDS),
            say('Such as: askwell told kari "got the job"'),
        )
    people = list(dict.fromkeys(find(desk, one) for one in who))
    found = [(person, _meant(stands(desk, person), about, person)) for person in people]
    languages = [tongue(desk, person, lang) for person in people]
    action = desk.store.begin(desk.now, "told", f"{', '.join(one.name for one in people)}: {words[:60]}")
    for person, favour in found:
        desk.store.say(action, _entry(desk, person, favour, words))
        if already:
            kind = Said(desk.now, "report_back", ME, (person.key,), _about(favour), words)
            desk.store.say(action, kind)
    if already:
        return tuple(Letters(person) for person in people)
    return tuple(
        Letters(person, _letters(desk, person, favour, spoken))
        for (person, favour), spoken in zip(found, languages, strict=True)
    )


def _meant(found: Standing, about: str, person: Person) -> Favour | None:
    """The help that this came of, as the ledger stands; None where none is on record."""
    today = found.bearing.today
    had = [
        one
        for one in found.bearing.received
        if (one.what == about if about else (today - one.day).days <= REMEMBERED)
    ]
    if about and not had:
        kinds = ", ".join(dict.fromkeys(one.what for one in found.bearing.received))
        raise AskwellError(
            say("No help of this kind is on record with {name}: {about}.", name=person.name, about=about),
            say("On record: {kinds}.", kinds=kinds or say("nothing")),
        )
    return min(had, key=lambda one: (one.told, order(one, today), one.source), default=None)


def _entry(desk: Desk, person: Person, favour: Favour | None, words: str) -> Said:
    more = (("of", favour.day.isoformat()),) if favour else ()
    return Said(desk.now, "outcome", ME, (person.key,), _about(favour), words, more)


def _about(favour: Favour | None) -> str:
    return favour.what if favour else ""


def _letters(desk: Desk, person: Person, favour: Favour | None, lang: str) -> tuple[Note, ...]:
    """The letter, written from the ledger as it stands with what was noted just now."""
    found = stands(desk, person)
    led = found.bearing.history.of("outcome")[-1]
    now = next((one for one in found.bearing.received if favour and one.day == favour.day), None)
    had = help_of(desk, now, person) if now else None
    return (letter(found.bearing, had, led, lang, desk.profile.name),)
