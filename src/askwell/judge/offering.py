"""Letters that offer something without asking for anything: to a need that was voiced, or on good news.

What is offered stands in the user's own list; of others it is said only that one could ask them first, and
nobody is named (MODEL.md 2d: offers come from *their* needs, not as payment).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from askwell.judge import wording
from askwell.judge.bearing import Bearing
from askwell.judge.clauses import Clause, Note, fact, filled, has, plain, word
from askwell.judge.compose import hello
from askwell.judge.telling import quote
from askwell.judge.templates import line

_FIRST_PERSON = re.compile(r"(?:I|I'm|We|My|Jeg|Vi|Min|Mitt|Eg|Me|Mi)\b")


@dataclass(frozen=True, slots=True)
class Chance:
    """A reason to write: a `need` that was voiced or a kind of news (`text.news`), on a day, in these words.

    `offer` is what the user can do about a need, from their own list, and `others` the sources of what is
    known of people who could help."""

    kind: str
    day: date
    words: str
    source: str
    offer: str = ""
    others: tuple[str, ...] = ()


def letter(bearing: Bearing, chance: Chance, lang: str, name: str) -> Note:
    """The letter to a need, or the congratulations on news."""
    news = chance.kind != "need"
    parts = _congratulations(lang, chance, bearing.today) if news else _to_need(lang, chance, bearing.today)
    hi, bye = hello(lang, bearing), line(lang, "closing") + "\n" + (name or "…")
    ends = [plain(lang, "end_more"), plain(lang, "well")]
    month = wording.on_day(lang, chance.day.replace(day=1), chance.day).split()[-1]
    subject = word(lang, "congratulate") if news else word(lang, "offer").format(month=month)
    body = filled(lang, f"{hi} {bye}", parts, ends)
    return Note(
        "offer", lang, subject, hi, body, bye, chance.kind, chance.day, chance.source, quote(chance.words)
    )


def speaks_of(kind: str, lang: str) -> bool:
    """Whether letters have words of their own for this kind of news."""
    return has(lang, "word", f"news.{kind}") and has(lang, "plain", f"wish.{kind}")


def _congratulations(lang: str, chance: Chance, today: date) -> list[list[Clause]]:
    day = wording.on_day(lang, chance.day, today)
    news = word(lang, f"news.{chance.kind}")
    return [
        [fact(lang, "congratulate", (chance.source,), news=news, date=day)],
        [plain(lang, f"wish.{chance.kind}")],
        [plain(lang, "no_errand")],
    ]


def _to_need(lang: str, chance: Chance, today: date) -> list[list[Clause]]:
    day = wording.on_day(lang, chance.day, today)
    first = fact(lang, "voiced", (chance.source,), date=day, quote=quote(chance.words))
    if chance.offer:
        key = "offer_own" if _FIRST_PERSON.match(chance.offer) else "offer"
        offer = fact(lang, key, ("profile:offers", chance.source), offer=chance.offer.rstrip("."))
        return [[first], [offer], [plain(lang, "end_offer")]]
    if chance.others:
        somebody = fact(lang, "somebody", (*chance.others, chance.source))
        return [[first], [somebody, plain(lang, "both")], [plain(lang, "end_offer")]]
    return [[first], [fact(lang, "wondered", (chance.source,))], [plain(lang, "no_errand")]]
