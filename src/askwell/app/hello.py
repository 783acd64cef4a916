"""`askwell hello`: a few lines to somebody one has not heard from for long, without an errand."""

from __future__ import annotations

from askwell.app.desk import Desk
from askwell.app.letters import Letters, stands, tongue
from askwell.app.people import find
from askwell.judge.hello import letter


def hello(desk: Desk, who: str, *, lang: str = "") -> Letters:
    """The letter, in the language that the two write in. Raises AskwellError if nobody or several people fit,
    or for a language that Askwell does not write."""
    person = find(desk, who)
    spoken = tongue(desk, person, lang)
    return Letters(person, (letter(stands(desk, person).bearing, spoken, desk.profile.name),))
