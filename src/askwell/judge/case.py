"""What the judge is given and what it answers: values, and their JSON form `askwell.verdict/1`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from askwell.ledger.history import Event, History
from askwell.ledger.person import Profile
from askwell.text.reading import Act, Reading, Span

VERDICTS = ("send", "soften", "wait", "dont")
LEVELS = ("note", "soften", "wait", "stop")


@dataclass(frozen=True, slots=True)
class Case:
    """A draft, the people it is addressed to with all that passed between, and the day it would be sent.

    `lang` is the language that the user reads verdicts in (en, nb, nn); the draft has its own.
    `elsewhere` are the user's asks of others for the way to the same person, their `subject` naming whom.
    `off` names rules that the user has switched off. `reader` reads the letters that the judge writes, by
    itself `askwell.text.read.read`.
    """

    draft: str
    reading: Reading
    to: tuple[History, ...]
    today: date
    subject: str = ""
    profile: Profile = field(default_factory=Profile)
    lang: str = "en"
    off: frozenset[str] = frozenset()
    reader: Callable[..., Reading] | None = field(default=None, compare=False)
    elsewhere: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a finding rests on: a real message (its Message-ID) or an entry that the user has made."""

    date: date
    what: str
    source: str
    quote: str = ""

    def to_json(self) -> dict[str, Any]:
        said = {"date": self.date.isoformat(), "what": self.what, "source": self.source}
        return said | ({"quote": self.quote} if self.quote else {})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say of a draft. `level` is one of `LEVELS`; `span` is empty for the whole letter."""

    id: str
    pattern: str
    level: str
    message: str
    why: str
    suggest: str = ""
    span: Span | None = None
    evidence: tuple[Evidence, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "pattern": self.pattern,
            "level": self.level,
            "span": list(self.span) if self.span else None,
            "message": self.message,
            "why": self.why,
            "suggest": self.suggest,
            "evidence": [one.to_json() for one in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Step:
    """What to do before the ask: `do` is thank, report_back, wait or offer; `draft` a letter for it."""

    do: str
    about: str
    draft: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"do": self.do, "for": self.about} | ({"draft": self.draft} if self.draft else {})


@dataclass(frozen=True, slots=True)
class Addressee:
    """One person the draft goes to, as the verdict names them. `last_contact` is None if there was none."""

    person: str
    name: str
    stage: str
    last_contact: date | None = None

    def to_json(self) -> dict[str, Any]:
        last = self.last_contact.isoformat() if self.last_contact else None
        return {"person": self.person, "name": self.name, "stage": self.stage, "last_contact": last}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says: one of `VERDICTS`, one sentence, and what it rests on. It is advice.

    `weight` holds the components behind `--why` (MODEL.md 3.3, 3.4); it is no part of the JSON form
    unless asked for.
    """

    verdict: str
    summary: str
    language: str
    to: tuple[Addressee, ...] = ()
    acts: tuple[Act, ...] = ()
    findings: tuple[Finding, ...] = ()
    first: tuple[Step, ...] = ()
    rewrite: str | None = None
    not_before: date | None = None
    weight: tuple[tuple[str, float], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "askwell.verdict/1",
            "verdict": self.verdict,
            "summary": self.summary,
            "language": self.language,
            "to": [one.to_json() for one in self.to],
            "acts": [act.to_json() for act in self.acts],
            "findings": [finding.to_json() for finding in self.findings],
            "first": [step.to_json() for step in self.first],
            "rewrite": self.rewrite,
            "not_before": self.not_before.isoformat() if self.not_before else None,
        }
