"""`askwell ask`: from an aim to whom to ask for what, as each relationship bears it, with a first draft."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from askwell.app.desk import Desk
from askwell.app.histories import histories, history
from askwell.app.network import network
from askwell.app.people import fold
from askwell.app.priors import priors
from askwell.errors import AskwellError
from askwell.judge import wording
from askwell.judge.line import Line
from askwell.judge.naming import place
from askwell.judge.opening import Aim, aim_of, first_letter, for_another, step_for, too_much
from askwell.judge.standing import Standing, standing
from askwell.ledger.person import Person
from askwell.text.language import identify
from askwell.words import say

SHOWN = 5
HITS = 200
LOOKED_AT = 40
"""People whose histories are looked at, of those who fit."""
_AT_WORK, _NOTED = 3.0, 1.5
ENOUGH_WORDS = 6
"""With fewer words an aim is taken to be in the user's own language."""
_SMALL = re.compile(
    r"\b(?:a|an|the|to|at|in|on|for|with|of|about|and|or|i|want|would|like|my|me|some|somebody|someone|get|find|learn"
    r"|more|job|work|position|internship|reference|introduction|meet|en|ei|et|eit|å|til|hos|i|på|for|med|om|og|eller"
    r"|jeg|eg|vil|gjerne|meg|noen|nokon|få|finne|lære|læra|mer|meir|jobb|jobben|arbeid|stilling|referanse|møte)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way towards an aim: whom to ask for which step, why them, and how well they fit (0: not)."""

    found: Standing
    step: str
    why: str
    fit: float

    def to_json(self, lang: str, aim: Aim) -> dict[str, Any]:
        bearing = self.found.bearing
        more = too_much(aim, self.found)
        return {
            "person": bearing.person.key,
            "name": bearing.person.name,
            "stage": bearing.stage,
            "ask_for": self.step,
            "in_words": wording.asked(lang, self.step),
            "too_much": more or None,
            "why": self.why,
            "not_before": self.found.peace.isoformat() if self.found.peace else None,
        }


@dataclass(frozen=True, slots=True)
class Ladder:
    """The ways towards an aim, the best first, and a first draft to the first."""

    aim: Aim
    ways: tuple[Way, ...]
    draft: str
    lang: str

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "askwell.ask/1",
            "aim": {"kind": self.aim.kind, "place": self.aim.place, "topic": self.aim.topic},
            "ways": [one.to_json(self.lang, self.aim) for one in self.ways],
            "draft": self.draft or None,
        }


def ask(desk: Desk, words: str) -> Ladder:
    """Whom to ask for what. Raises AskwellError without an aim in the words.

    People are found by firm, title, tags, notes and mail. Those who wait for nothing come first.
    """
    aim = aim_in(words)
    known = priors(desk)
    seen = _in_mail(desk, aim.topic)
    people = _within_reach(desk, seen, aim.topic)
    found = [
        _way(standing(one, desk.today, known), aim, seen, aim.topic) for one in histories(desk.store, people)
    ]
    ways = sorted((one for one in found if one.fit > 0), key=_order)[:SHOWN]
    first = next((one for one in ways if not one.found.peace), None)
    return Ladder(aim, tuple(ways), _letter(desk, first.found, aim, words) if first else "", desk.lang)


def aim_in(words: str) -> Aim:
    """What the words aim at. Raises AskwellError if there are none, or the aim is another's."""
    if not words.strip():
        raise AskwellError(say("What are you aiming at?"), say('Say it in a few words: "a job at Nordlys".'))
    if for_another(words):
        raise AskwellError(
            say("This is for somebody whom your contacts do not know."),
            say("Ask one specific question on their behalf, or tell them kindly that you would rather not."),
        )
    return Aim(aim_of(words), _place(words), " ".join(_SMALL.sub(" ", words).split()))


def letter_to(desk: Desk, person: Person, words: str) -> str:
    """A first letter to this person towards an aim, as large as the relationship bears today."""
    return _letter(
        desk, standing(history(desk.store, person), desk.today, priors(desk)), aim_in(words), words
    )


def _letter(desk: Desk, found: Standing, aim: Aim, words: str) -> str:
    lang = identify(words, usual=desk.lang) if len(words.split()) >= ENOUGH_WORDS else desk.lang
    return first_letter(aim, step_for(aim, found), found, desk.profile, _spoken(desk, found) or lang)


def _place(words: str) -> str:
    """The firm or place that an aim names, in whatever language."""
    found = (place(lang, words) for lang in ("en", "nb", "nn"))
    return next((one.partition(" ")[2] for one in found if one), "")


def _spoken(desk: Desk, found: Standing) -> str:
    """The language that most letters with a person are in, or nothing."""
    addresses = found.bearing.person.addresses
    mail = desk.store.exchanges(addresses) if addresses else ()
    counts = Counter(one.reading.language for one in mail if one.reading)
    return counts.most_common(1)[0][0] if counts else ""


def _order(way: Way) -> tuple[bool, float, float, str]:
    tie = way.found.bearing
    return (way.found.peace is not None, -way.fit, -tie.rapport.score, tie.person.key)


def _in_mail(desk: Desk, topic: str) -> dict[str, int]:
    """How often each address has written of the topic."""
    counts: dict[str, int] = {}
    for word in topic.split()[:5]:
        for hit in desk.store.search(word, HITS):
            counts[hit.sender] = counts.get(hit.sender, 0) + 1
    return counts


def _within_reach(desk: Desk, seen: dict[str, int], topic: str) -> list[Person]:
    """Those whom anything connects with the topic, the best of them where they are many: nobody else has
    to be looked at."""
    wanted = _wanted(topic)
    noted = {
        end
        for one in desk.store.said()
        if one.kind in ("note", "meeting") and _any(wanted, fold(one.text))
        for end in (one.by, *one.to)
    }
    found: list[tuple[float, Line]] = []
    for line in network(desk).lines:
        person = line.person
        own = not noted.isdisjoint((person.key, *person.addresses))
        fit = _points(wanted, person, "", seen) + (_NOTED if own and not _any(wanted, _known(person)) else 0)
        if fit and not line.personal:
            found.append((fit, line))
    found.sort(key=lambda one: (one[1].until is not None, -one[0], *(-part for part in one[1].rank)))
    return [line.person for _, line in found[:LOOKED_AT]]


def _way(found: Standing, aim: Aim, seen: dict[str, int], topic: str) -> Way:
    person, wanted = found.bearing.person, _wanted(topic)
    notes = " ".join(one.text for one in found.bearing.history.of("note", "meeting"))
    reasons: list[str] = []
    if _any(wanted, _at_work(person)):
        reasons.append(", ".join(one for one in (person.title, person.org) if one))
    if _any(wanted, f"{_known(person)} {fold(notes)}"):
        reasons.append(say("your notes on them"))
    if any(seen.get(address) for address in person.addresses):
        reasons.append(say("has written of it"))
    fit = 0.0 if found.bearing.personal else _points(wanted, person, fold(notes), seen)
    return Way(found, step_for(aim, found), "; ".join(reasons), fit)


def _points(wanted: list[str], person: Person, notes: str, seen: dict[str, int]) -> float:
    """How well somebody fits: by their work, by what the user has noted, and by what they write of."""
    mail = sum(seen.get(address, 0) for address in person.addresses)
    points = _AT_WORK if _any(wanted, _at_work(person)) else 0.0
    points += _NOTED if _any(wanted, f"{_known(person)} {notes}") else 0.0
    return points + (1.0 + min(1.0, mail / 5) if mail else 0.0)


def _wanted(topic: str) -> list[str]:
    return [fold(word) for word in topic.split() if len(word) > 1]


def _at_work(person: Person) -> str:
    return fold(f"{person.org} {person.title}")


def _known(person: Person) -> str:
    return fold(" ".join((*person.tags, person.met)))


def _any(wanted: Iterable[str], text: str) -> bool:
    return any(word in text for word in wanted)
