"""`askwell ask`: from an aim to whom to ask for what, as each relationship bears it, with a first draft."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from askwell.app.desk import Desk
from askwell.app.histories import history
from askwell.app.network import network
from askwell.app.people import fold
from askwell.app.priors import priors
from askwell.errors import AskwellError
from askwell.judge import wording
from askwell.judge.line import Line
from askwell.judge.naming import place
from askwell.judge.opening import Aim, aim_of, first_letter, for_another, step_for, too_much
from askwell.judge.standing import standing
from askwell.ledger.person import Person
from askwell.store.contract import Exchange
from askwell.text.language import identify
from askwell.words import say

SHOWN = 5
HITS = 200
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
    """One way towards an aim: whom to ask for which step, why them, and how well they fit."""

    found: Line
    step: str
    why: str
    fit: float

    def to_json(self, lang: str, aim: Aim) -> dict[str, Any]:
        person = self.found.person
        more = too_much(aim, self.found)
        return {
            "person": person.key,
            "name": person.name,
            "stage": self.found.stage,
            "ask_for": self.step,
            "in_words": wording.asked(lang, self.step),
            "too_much": more or None,
            "why": self.why,
            "not_before": self.found.until.isoformat() if self.found.until else None,
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
    ways = _ways(desk, aim)
    first = next((one for one in ways if not one.found.until), None)
    return Ladder(aim, ways, _letter(desk, first.found.person, aim, words) if first else "", desk.lang)


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
    return _letter(desk, person, aim_in(words), words)


def _letter(desk: Desk, person: Person, aim: Aim, words: str) -> str:
    mail = list(desk.store.exchanges(person.addresses)) if person.addresses else []
    found = standing(history(desk.store, person, mail), desk.today, priors(desk))
    lang = identify(words, usual=desk.lang) if len(words.split()) >= ENOUGH_WORDS else desk.lang
    return first_letter(aim, step_for(aim, found), found, desk.profile, _spoken(mail) or lang)


def _place(words: str) -> str:
    """The firm or place that an aim names, in whatever language."""
    found = (place(lang, words) for lang in ("en", "nb", "nn"))
    return next((one.partition(" ")[2] for one in found if one), "")


def _spoken(mail: Iterable[Exchange]) -> str:
    """The language that most of these letters are in, or nothing."""
    counts = Counter(one.reading.language for one in mail if one.reading)
    return counts.most_common(1)[0][0] if counts else ""


def _in_mail(desk: Desk, topic: str) -> dict[str, int]:
    """How often each address has written of the topic."""
    counts: dict[str, int] = {}
    for word in topic.split()[:5]:
        for hit in desk.store.search(word, HITS):
            counts[hit.sender] = counts.get(hit.sender, 0) + 1
    return counts


def _ways(desk: Desk, aim: Aim) -> tuple[Way, ...]:
    """The best of those whom anything connects with the topic. All that it takes stands in their lines and
    in what the user has noted, so that nobody's mail is read for it."""
    wanted, seen = _wanted(aim.topic), _in_mail(desk, aim.topic)
    notes = _noted(desk, wanted)
    found: list[tuple[float, Line, str]] = []
    for line in network(desk).lines:
        person = line.person
        noted = " ".join(notes[end] for end in (person.key, *person.addresses) if end in notes)
        fit = 0.0 if line.personal else _points(wanted, person, noted, seen)
        if fit:
            found.append((fit, line, noted))
    best = sorted(found, key=_order)[:SHOWN]
    return tuple(
        Way(line, step_for(aim, line), _why(wanted, line, noted, seen), fit) for fit, line, noted in best
    )


def _order(one: tuple[float, Line, str]) -> tuple[Any, ...]:
    """Those who wait for nothing first; then those who fit, and of them those who are near."""
    fit, line, _ = one
    return (line.until is not None, -fit, *(-part for part in line.rank), line.person.key)


def _noted(desk: Desk, wanted: list[str]) -> dict[str, str]:
    """What the user has noted with any of these words, by whom it was with."""
    found: dict[str, str] = {}
    for one in desk.store.said():
        if one.kind in ("note", "meeting") and _any(wanted, text := fold(one.text)):
            found |= {end: f"{found.get(end, '')} {text}" for end in {one.by, *one.to}}
    return found


def _why(wanted: list[str], line: Line, noted: str, seen: dict[str, int]) -> str:
    person = line.person
    reasons: list[str] = []
    if _any(wanted, _at_work(person)):
        reasons.append(", ".join(one for one in (person.title, person.org) if one))
    if _any(wanted, f"{_known(person)} {noted}"):
        reasons.append(say("your notes on them"))
    if any(seen.get(address) for address in person.addresses):
        reasons.append(say("has written of it"))
    return "; ".join(reasons)


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
