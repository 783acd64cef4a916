"""`askwell who`: who has to do with something, or works somewhere, and what one may ask them now."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import log2
from typing import Any
from weakref import WeakKeyDictionary

from askwell.app.ask import aim_in
from askwell.app.desk import Desk
from askwell.app.network import Network, network
from askwell.errors import AskwellError
from askwell.judge.line import Line
from askwell.ledger.entries import WHO_KINDS, Said
from askwell.ledger.intros import Intro, life
from askwell.ledger.person import ME, Person
from askwell.ledger.rapport import rank
from askwell.store.contract import Store
from askwell.store.mentions import Passage, Passages
from askwell.text.clean import own_words
from askwell.text.forms import Word, word
from askwell.text.sentences import split
from askwell.words import say

SHOWN = 8
MOST_TERMS = 6
LONGEST = 20_000
_POINTS = {"title": 3.0, "org": 3.0, "tag": 2.0, "name": 2.0, "note": 1.5, "met": 1.0, "mail": 1.0}
_OFTEN = 1.5
"""What mail counts more at most, where somebody has written of it often."""
_NEAR = 0.5
"""What each stage nearer counts; against a pause that an ask calls for (_RESTS) and how well they fit."""
_RESTS = 1.5
_TOKEN = re.compile(r"[^\W_]+(?:[&'-][^\W_]+)*")
_DESCRIBED = ("title", "org", "tag", "name", "met")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody was found: `what` is one of title, org, tag, name, met, note, mail; the words, and for
    notes and mail the day, the sentence and its source. `messages` is how many of theirs speak of it."""

    what: str
    words: str
    day: date | None = None
    quote: str = ""
    source: str = ""
    messages: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "words": self.words,
            "date": self.day.isoformat() if self.day else None,
            "quote": self.quote,
            "source": self.source,
            "messages": self.messages,
        }


@dataclass(frozen=True, slots=True)
class Path:
    """Somebody who has introduced the user and them before."""

    by: Person
    day: date
    purpose: str
    source: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who was found: where things stand, why, and ways to them. `reconnect` says that the tie has
    been resting: write without an errand first."""

    line: Line
    why: tuple[Reason, ...]
    fit: float
    paths: tuple[Path, ...] = ()

    @property
    def reconnect(self) -> bool:
        return self.line.stage == "dormant"

    def to_json(self) -> dict[str, Any]:
        one = self.line
        return {
            "person": one.person.key,
            "name": one.person.name,
            "org": one.person.org,
            "title": one.person.title,
            "stage": one.stage,
            "was": one.was or None,
            "reconnect": self.reconnect,
            "last_contact": one.last.isoformat() if one.last else None,
            "ask_for": None if one.personal else one.bears or None,
            "too_much": None if one.personal else one.too_much or None,
            "not_before": one.until.isoformat() if one.until else None,
            "why": [reason.to_json() for reason in self.why],
            "paths": [
                {
                    "by": path.by.key,
                    "name": path.by.name,
                    "date": path.day.isoformat(),
                    "purpose": path.purpose,
                    "source": path.source,
                }
                for path in self.paths
            ],
        }


@dataclass(frozen=True, slots=True)
class Who:
    """Those who were found, the best first, and how many more there may be."""

    words: str
    at: str
    hits: tuple[Hit, ...]
    more: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "askwell.who/1",
            "words": self.words,
            "at": self.at,
            "people": [one.to_json() for one in self.hits],
            "more": self.more,
        }


def who(desk: Desk, words: str = "", *, at: str = "", shown: int = SHOWN) -> Who:
    """Who has to do with the words, in any of their forms, or works at a firm, or both.

    Looked through are names, firms, titles, tags, notes, and what others have written to the user. Ranked by
    how well they fit, how near they are, and whether an earlier ask still calls for a pause. Raises
    AskwellError where nothing is asked for.
    """
    if not words.strip() and not at.strip():
        raise AskwellError(say("Whom are you looking for?"), say('Say a word, or a firm: --at "Nordlys".'))
    every = _described_in(desk)
    pairs = [pair for pair in every if not at.strip() or _works_at(pair[0].person, at)]
    passages = desk.store.passages()
    wanted = [_Term(one, passages) for one in _terms(words)]
    if wanted:
        mail, noted = [_mail(passages, term) for term in wanted], _noted(desk)
        found = [hit for one, low in pairs if (hit := _hit(one, low, wanted, mail, noted))]
    elif not at.strip():
        found = []
    else:
        found = [Hit(one, (Reason("org", one.person.org),), _POINTS["org"]) for one, _ in pairs]
    found.sort(key=_order)
    return _shown(desk, Who(words.strip(), at.strip(), ()), found, wanted, shown)


_seen: WeakKeyDictionary[Store, tuple[Network, list[tuple[Line, str]]]] = WeakKeyDictionary()


def _described_in(desk: Desk) -> list[tuple[Line, str]]:
    """Everybody with all that is known of them in lower case, made once for each state of the ledger."""
    now = network(desk)
    before = _seen.get(desk.store)
    if before and before[0] is now:
        return before[1]
    made = [(one, _description(one.person)) for one in now.lines]
    _seen[desk.store] = (now, made)
    return made


def _description(person: Person) -> str:
    parts = (person.name, person.title, person.org, *person.tags, person.met)
    return " ".join(parts).casefold()


class _Term:
    """One word that is looked for, or some in a row, with the forms that stand in the user's mail."""

    def __init__(self, text: str, passages: Passages) -> None:
        self.text = text
        self.word: Word | None = None if " " in text else word(text)
        self.forms = frozenset({text})
        self._starts: tuple[str, ...] = (text,)
        if self.word:
            near = (one for start in self.word.beginnings for one in passages.words(start))
            self.forms = self.word.among(near)
            self._starts = (*self.word.beginnings, *self.word.irregular)
        self._phrase = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")

    def may_stand_in(self, low: str) -> bool:
        """Whether a text in lower case is worth a closer look."""
        return any(start in low for start in self._starts)

    def find(self, text: str) -> str:
        """The word of a text in which the term stands, or nothing."""
        low = text.casefold()
        if not self.may_stand_in(low):
            return ""
        if self.word is None:
            return self.text if self._phrase.search(low) else ""
        tokens = (token for match in _TOKEN.finditer(text) for token in _parts(match.group()))
        return next((token for token in tokens if self._is(token.casefold())), "")

    def _is(self, token: str) -> bool:
        if token in self.forms:
            return True
        return self.word is not None and token.startswith(self._starts) and self.word.stands_in(token)


def _parts(token: str) -> tuple[str, ...]:
    return (token, *token.split("-")) if "-" in token else (token,)


def _terms(words: str) -> list[str]:
    """The words and phrases (in quotes) that say something."""
    quoted = [" ".join(one.casefold().split()) for one in re.findall(r'"([^"]*)"', words)]
    rest = re.sub(r'"[^"]*"', " ", words).strip()
    topic = (aim_in(rest).topic or rest) if rest else ""
    single = [match.group().casefold() for match in _TOKEN.finditer(topic)]
    return [one for one in dict.fromkeys((*quoted, *single)) if one][:MOST_TERMS]


def _works_at(person: Person, at: str) -> bool:
    """Whether somebody works there, by the firm's name or the address of its mail."""
    firm = at.casefold().strip()
    if re.search(rf"(?<!\w){re.escape(firm)}", person.org.casefold()):
        return True
    plain = re.sub(r"\W", "", firm)
    return len(plain) > 2 and any(
        plain in part.replace("-", "") for one in person.addresses for part in _domain(one)
    )


def _domain(address: str) -> list[str]:
    """The parts of the domain of an address but the last, "nordlys" of kari@mail.nordlys.example."""
    return address.rpartition("@")[2].casefold().split(".")[:-1]


def _mail(passages: Passages, term: _Term) -> dict[str, tuple[int, date]]:
    """How often, and when last, each address has written of a term."""
    return {one.address: (one.messages, one.last.date()) for one in passages.mentions(term.forms)}


def _noted(desk: Desk) -> Mapping[str, list[Said]]:
    """What the user has noted, by those it is about."""
    found: dict[str, list[Said]] = defaultdict(list)
    for one in desk.store.said():
        if one.text and one.kind not in WHO_KINDS:
            for end in {one.by, *one.to} - {ME}:
                found[end].append(one)
    return found


def _hit(
    line: Line,
    low: str,
    wanted: list[_Term],
    mail: list[dict[str, tuple[int, date]]],
    noted: Mapping[str, list[Said]],
) -> Hit | None:
    """Why somebody fits; a term that nothing is found for takes from the fit."""
    person = line.person
    entries = [one for end in (person.key, *person.addresses) for one in noted[end]] if noted else []
    reasons: list[Reason] = []
    fit, terms = 0.0, 0
    for term, wrote in zip(wanted, mail, strict=True):
        own = list(_described(person, term)) if term.may_stand_in(low) else []
        own += _in_notes(entries, term) if entries else ()
        if seen := [wrote[one] for one in person.addresses if one in wrote]:
            count, last = sum(one for one, _ in seen), max(day for _, day in seen)
            own.append(Reason("mail", term.text, last, messages=count))
        if own:
            terms += 1
            fit += max(_POINTS[one.what] + _often(one.messages) for one in own)
            reasons += own
    return Hit(line, tuple(reasons), fit * terms / len(wanted) ** 2) if reasons else None


def _often(messages: int) -> float:
    return min(_OFTEN, log2(messages) / 4) if messages > 1 else 0.0


def _described(person: Person, term: _Term) -> Iterator[Reason]:
    fields = (person.title, person.org, ", ".join(person.tags), person.name, person.met)
    for what, text in zip(_DESCRIBED, fields, strict=True):
        if text and term.find(text):
            yield Reason(what, text)


def _in_notes(entries: Iterable[Said], term: _Term) -> Iterator[Reason]:
    for one in entries:
        if found := term.find(one.text):
            yield Reason("note", found, one.at.date(), one.text, one.id)


def _order(hit: Hit) -> tuple[float, str]:
    near = _NEAR * rank(hit.line.stage)
    return (-(hit.fit + near - (_RESTS if hit.line.until else 0.0)), hit.line.person.key)


def _shown(desk: Desk, asked: Who, found: list[Hit], wanted: list[_Term], shown: int) -> Who:
    """The first of those found, each with the words of their mail; who only quoted others is passed over."""
    intros = [one for one in life(desk.store.said()) if one.by != ME and ME in one.pair]
    hits: list[Hit] = []
    at = 0
    while at < len(found) and len(hits) < shown:
        part = found[at : at + shown - len(hits)]
        at += len(part)
        quotes = _quotes(desk, part, wanted)
        for hit in part:
            why = (
                quotes.get((hit.line.person.key, one.words)) if one.what == "mail" else one for one in hit.why
            )
            if kept := tuple(one for one in why if one):
                hits.append(replace(hit, why=kept, paths=_paths(desk, hit.line.person, intros)))
    return replace(asked, hits=tuple(hits), more=len(found) - at)


def _paths(desk: Desk, person: Person, intros: Iterable[Intro]) -> tuple[Path, ...]:
    """Who has brought the two together: as noted, and as letters of others to both say."""
    found = {
        by.key: Path(by, one.day, one.purpose, one.id)
        for one in intros
        if person.key in one.pair and (by := desk.store.person(one.by))
    }
    beside = {one.id: one.at for address in person.addresses for one in desk.store.passages().beside(address)}
    read = desk.store.texts(beside)
    made = [
        id for id, (_, reading) in read.items() if any(act.act == "introduction_made" for act in reading.acts)
    ]
    for id, sender in desk.store.senders(made).items():
        by = desk.store.owner(sender)
        if by and by.key != person.key and by.key not in found:
            found[by.key] = Path(by, beside[id].date(), "", id)
    return tuple(found.values())


def _quotes(desk: Desk, hits: list[Hit], wanted: list[_Term]) -> dict[tuple[str, str], Reason]:
    """By person and term: the sentence of their newest letter that speaks of it in their own words."""
    terms = {term.text: term for term in wanted}
    passages = desk.store.passages()
    looked_at: dict[tuple[str, str], list[Passage]] = {}
    for hit in hits:
        for reason in hit.why:
            if reason.what == "mail":
                forms = terms[reason.words].forms
                near = [one for address in hit.line.person.addresses for one in passages.of(address, forms)]
                looked_at[hit.line.person.key, reason.words] = near
    texts = desk.store.texts({one.id for near in looked_at.values() for one in near})
    own = {id: own_words(text[:LONGEST]) for id, (text, _) in texts.items()}
    found = {}
    for hit in hits:
        for reason in hit.why:
            key = hit.line.person.key, reason.words
            if reason.what == "mail" and (
                quoted := _quoted(desk, reason, terms[reason.words], looked_at[key], own)
            ):
                found[key] = quoted
    return found


def _quoted(
    desk: Desk, reason: Reason, term: _Term, near: list[Passage], own: Mapping[str, str]
) -> Reason | None:
    """A reason with the sentence that it rests on; None if nobody but a quoted letter says it."""
    for one in near:
        text = own.get(one.id, "")
        for start, end in split(text) if term.may_stand_in(text.casefold()) else ():
            if there := term.find(text[start:end]):
                quote = " ".join(text[start:end].split())
                return replace(reason, words=there, day=one.at.date(), quote=quote, source=one.id)
        message = desk.store.message(one.id)
        if message and (there := term.find(message.subject)):
            return replace(reason, words=there, day=one.at.date(), quote=message.subject, source=one.id)
    return None
