"""`askwell offer`: what somebody has said that they look for, and told, and what one could do about it."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from importlib import resources
from typing import Any

from askwell.app.desk import Desk
from askwell.app.histories import between_us
from askwell.app.letters import stands, tongue
from askwell.app.people import find
from askwell.app.who import Hit, who
from askwell.judge.bearing import kin
from askwell.judge.clauses import Note
from askwell.judge.imposition import ceiling
from askwell.judge.offering import Chance, letter, speaks_of
from askwell.judge.standing import Standing
from askwell.ledger.history import MINE, THEIRS, Event
from askwell.ledger.person import Person
from askwell.text.clean import own_words
from askwell.text.forms import word
from askwell.text.language import guess
from askwell.text.news import news
from askwell.text.sentences import split
from askwell.text.sizes import BASE

NEEDS_FOR = timedelta(days=180)
NEWS_FOR = timedelta(days=60)
FADES = 45.0
"""Days after which a need counts half."""
MOST_LETTERS = 60
LONGEST = 20_000
LEAST_LETTERS = 4
OTHERS = 3
MOST_INTRODUCTIONS = 2
"""Introductions asked of one person in a year from which no other is asked for."""
_SOLID = ("title", "org", "tag", "note")
"""Why somebody may be named as one who could help: what is known of them, not a word in a mail."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One reason to write, with the people who could be asked first, and a letter that asks for nothing."""

    chance: Chance
    others: tuple[Person, ...]
    note: Note

    def to_json(self) -> dict[str, Any]:
        one = self.chance
        return {
            "kind": one.kind,
            "date": one.day.isoformat(),
            "quote": one.words,
            "source": one.source,
            "offer": one.offer or None,
            "could_be_asked_first": [{"person": who.key, "name": who.name} for who in self.others],
            "letter": self.note.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Offers:
    """What one could do for a person, the most concrete and newest first."""

    person: Person
    offers: tuple[Offer, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "askwell.offer/1",
            "person": self.person.key,
            "name": self.person.name,
            "offers": [one.to_json() for one in self.offers],
        }


def offer(desk: Desk, who: str, *, lang: str = "") -> Offers:
    """What one could do for somebody: for each need that they have voiced in half a year and the user has not
    answered, and for good news of two months. No letter asks for anything, and none comes as payment.

    Raises AskwellError if nobody or several people fit, or for a language that Askwell does not write.
    """
    person = find(desk, who)
    found = stands(desk, person)
    spoken = tongue(desk, person, lang)
    chances = [*_needs(desk, found, person, spoken), *_news(desk, person, spoken)]
    chances.sort(key=lambda pair: (-_weight(desk, *pair), pair[0].source))
    return Offers(
        person,
        tuple(
            Offer(chance, others, letter(found.bearing, chance, spoken, desk.profile.name))
            for chance, others in chances
        ),
    )


def _weight(desk: Desk, chance: Chance, others: tuple[Person, ...]) -> float:
    """How concrete and how new it is: a number in it, something on the user's list, somebody to ask."""
    concrete = (
        1.0 + 0.5 * any(sign.isdigit() for sign in chance.words) + 0.5 * (len(chance.words.split()) > 7)
    )
    concrete += 1.0 * bool(chance.offer) + 0.5 * bool(others)
    return concrete * math.exp2(-(desk.today - chance.day).days / FADES)


# -- needs -----------------------------------------------------------------------------------------
def _needs(desk: Desk, found: Standing, person: Person, lang: str) -> list[tuple[Chance, tuple[Person, ...]]]:
    """The needs that the user has not answered, each once, with what could be done."""
    history = found.bearing.history
    seen: dict[str, Event] = {}
    for one in history.of("need", by=THEIRS):
        recent = desk.today - NEEDS_FOR <= one.at.date() <= desk.today
        if recent and not _answered(found, one):
            seen[" ".join(one.text.casefold().split())] = one
    chances = []
    for one in seen.values():
        words = _content(one.text)
        mine = _mine(desk, words, lang)
        hits = () if mine else _others(desk, words, person)
        known = tuple(source for hit in hits for source in _sources(hit))
        chance = Chance("need", one.at.date(), one.text, one.source, mine, known)
        chances.append((chance, tuple(hit.line.person for hit in hits)))
    return chances


def _answered(found: Standing, need: Event) -> bool:
    """Whether the user has written in the need's thread since, or offered something."""
    return any(
        one.at > need.at and (one.thread == need.thread if one.kind == "message" else one.kind == "offer")
        for one in found.bearing.history.of("message", "offer", by=MINE)
    )


def _content(text: str) -> list[str]:
    """The words of a text that say what it is about."""
    low = "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()
    small = _small()
    return [one for one in dict.fromkeys(low) if len(one) >= LEAST_LETTERS and one not in small]


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    file = resources.files("askwell.text") / "data" / "small_words.toml"
    return frozenset(" ".join(tomllib.loads(file.read_text("utf-8")).values()).split())


def _mine(desk: Desk, words: list[str], lang: str) -> str:
    """What the user can offer that has to do with it, best in the letter's language."""
    wanted = [word(one) for one in words]

    def fits(text: str) -> int:
        known = [word(one) for one in _content(text)]
        return sum(any(a.stands_in(b.word) or b.stands_in(a.word) for b in known) for a in wanted)

    near = ("en",) if lang == "en" else ("nb", "nn", "da")
    scored = [(fits(one), guess(one)[0] in near, one) for one in desk.profile.offers]
    good = [one for one in scored if one[0] > 0]
    return max(good, key=lambda one: one[:2])[2] if good else ""


def _others(desk: Desk, words: list[str], person: Person) -> tuple[Hit, ...]:
    """People of whom it is known that they have to do with it, and who would not mind being asked for an
    introduction: near enough for one, and not asked of late."""
    if not words:
        return ()
    hits = who(desk, " ".join(words[:6]), shown=3 * OTHERS).hits
    solid = (replace(one, why=tuple(why for why in one.why if why.what in _SOLID)) for one in hits)
    return tuple(
        one for one in solid if one.why and one.line.person.key != person.key and _would_not_mind(desk, one)
    )[:OTHERS]


def _would_not_mind(desk: Desk, hit: Hit) -> bool:
    """Whether somebody is near enough, waited for by nothing, and not asked for introductions all year."""
    line = hit.line
    near = ceiling(line.stage, line.was) >= BASE["specific_introduction"]
    if not near or line.personal or line.until is not None or line.quiet != "in_touch":
        return False
    year = desk.today - timedelta(days=365)
    asked = [one for one in stands(desk, line.person).bearing.asks if one.at.date() > year]
    return sum(kin(one.about) == "introduction" for one in asked) < MOST_INTRODUCTIONS


def _sources(hit: Hit) -> tuple[str, ...]:
    return tuple(why.source or f"person:{hit.line.person.key}" for why in hit.why)


# -- news ------------------------------------------------------------------------------------------
def _news(desk: Desk, person: Person, lang: str) -> list[tuple[Chance, tuple[Person, ...]]]:
    """Good news of theirs on which the user has not written since."""
    mail = list(between_us(desk.store, person.addresses)) if person.addresses else []
    recent = [one for one in mail if desk.today - NEWS_FOR <= one.at.date() <= desk.today]
    theirs = [one for one in recent if not one.by_me and not one.pause][-MOST_LETTERS:]
    texts = desk.store.texts([one.id for one in theirs])
    found: dict[str, Chance] = {}
    for one in theirs:
        if one.id not in texts or any(later.by_me and later.at > one.at for later in recent):
            continue
        text, reading = texts[one.id]
        own = own_words(text[:LONGEST])
        for piece in news(own, reading.language, split(own)):
            if speaks_of(piece.kind, lang):
                words = " ".join(piece.text.split())
                found[piece.kind] = Chance(piece.kind, one.at.date(), words, one.id)
    return [(one, ()) for one in found.values()]
