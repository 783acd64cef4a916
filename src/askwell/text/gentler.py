"""A gentler way to put one ask: an order or a blunt question as "Could you …?", "Kunne du …?" (MODEL.md 2f).

Only what is sure is turned: one sentence, one clause, a verb that `lexicons/gentler.toml` knows. All else
is left to the writer.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_LONGEST = 300  # code points; a longer sentence says more than one thing


@dataclass(frozen=True, slots=True)
class _Turn:
    opening: re.Pattern[str]
    have: re.Pattern[str]
    verbs: Mapping[str, str]
    courteous: re.Pattern[str]
    drop: re.Pattern[str]
    clause: re.Pattern[str]
    lead: re.Pattern[str]
    could: str
    may: str


def gentler(ask_text: str, lang: str) -> str | None:
    """`ask_text` as a "could you" question, or None where it is courteous already or not safe to turn."""
    turn = _turn(lang)
    text = " ".join(ask_text[: _LONGEST + 1].split())
    body = text.rstrip(".!? ")
    if not body or len(text) > _LONGEST or re.search(r"[.!?]\s|\n", body) or turn.courteous.search(text):
        return None
    lead = turn.lead.match(body)
    body = body[lead.end() :] if lead else body
    before = ""
    while before != body:
        before, body = body, turn.drop.sub("", body).rstrip(" ,")
    if turn.clause.search(body):
        return None
    if wish := turn.have.match(body):
        return f"{turn.may}{body[wish.end() :]}?"
    return _as_question(turn, body)


def _as_question(turn: _Turn, body: str) -> str | None:
    opening = turn.opening.match(body)
    rest = body[opening.end() :] if opening else body
    verb, _, others = rest.partition(" ")
    infinitives = turn.verbs.values()
    if opening:
        asked = verb.lower() if verb.lower() in infinitives else None
    else:
        asked = turn.verbs.get(verb.lower())
    if not asked or not others:
        return None
    return f"{turn.could}{asked} {others}?"


@lru_cache(maxsize=3)
def _turn(lang: str) -> _Turn:
    file = resources.files("askwell.text") / "lexicons/gentler.toml"
    row = tomllib.loads(file.read_text(encoding="utf-8"))[lang if lang in ("nb", "nn") else "en"]
    verbs = row["verbs"]
    return _Turn(
        opening=re.compile(row["question"], re.IGNORECASE),
        have=re.compile(row["have"], re.IGNORECASE),
        verbs=verbs if isinstance(verbs, dict) else {verb: verb for verb in verbs.split()},
        courteous=re.compile(row["courteous"], re.IGNORECASE),
        drop=re.compile(row["drop"], re.IGNORECASE),
        clause=re.compile(row["clause"], re.IGNORECASE),
        lead=re.compile(row["lead"], re.IGNORECASE),
        could=row["could"],
        may=row["may"],
    )
