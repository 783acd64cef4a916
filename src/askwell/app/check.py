"""`askwell check`: the judge's word on a draft, to these people, on this day."""

from __future__ import annotations

from collections.abc import Sequence

from askwell.app.ahead import Reader, here
from askwell.app.desk import Desk
from askwell.app.draft import Draft
from askwell.app.elsewhere import elsewhere, with_introductions
from askwell.app.histories import history
from askwell.app.people import find
from askwell.app.priors import priors
from askwell.app.rules import rules
from askwell.judge.case import VERDICTS, Case, Verdict
from askwell.judge.verdict import judge
from askwell.ledger.history import History
from askwell.ledger.person import Person
from askwell.sources.addresses import clean_address
from askwell.sources.bulk import is_shared
from askwell.text.language import guess
from askwell.text.reading import Reading

UNSURE = 0.6


def check(desk: Desk, draft: Draft, to: Sequence[str] = (), reader: Reader = here) -> Verdict:
    """What is to be said of the draft. `to` are people or addresses; without any, the draft's own.

    Raises AskwellError if a name is nobody's or several people's. An address that the ledger does not
    know is somebody new.
    """
    mine = desk.mine
    named = to or [one for one in draft.to if one not in mine and not is_shared(one)]
    people = {one.key: one for one in (_addressee(desk, name) for name in named)}
    reading = read_draft(desk, draft, reader)
    case = Case(
        draft.text,
        reading,
        tuple(with_introductions(desk, _history(desk, one), reading) for one in people.values()),
        desk.today,
        draft.subject,
        desk.profile,
        desk.lang,
        frozenset(desk.settings.rules_off),
        reader,
        elsewhere(desk, reading, people.values()),
    )
    return judge(case, rules(desk), priors(desk))


def read_draft(desk: Desk, draft: Draft, reader: Reader = here) -> Reading:
    """What the draft says, with the letter that it answers beside it."""
    parent = desk.store.message(draft.reply_to) if draft.reply_to else None
    usual = desk.profile.languages[0] if desk.profile.languages else None
    return reader(draft.text, usual=usual, on=desk.today, parent=parent.text if parent else None)


def unknown_language(text: str) -> str:
    """The language of a draft that Askwell does not read well, or nothing."""
    found, sure = guess(text)
    return found if found not in ("en", "nb", "nn", "da", "sv") and sure >= UNSURE else ""


def fails(verdict: str, fail_on: str) -> bool:
    """Whether a verdict is as strict as the level at which the command exits with 1."""
    return fail_on in VERDICTS and VERDICTS.index(verdict) >= VERDICTS.index(fail_on)


def _addressee(desk: Desk, name: str) -> Person:
    address = clean_address(name)
    if "@" not in address:
        return find(desk, name)
    # Not by `find`: a stranger's address would be looked for among everybody's names.
    known = desk.store.owner(address) or desk.store.person(name.lower())
    return known or Person(address, address, (address,))


def _history(desk: Desk, person: Person) -> History:
    return history(desk.store, person)
