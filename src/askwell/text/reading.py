"""What the reader finds in one message: values only, and their JSON form `askwell.reading/1`.

Spans are half-open offsets in code points into the text as it was given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Language = Literal["en", "nb", "nn"]
Span = tuple[int, int]

ACTS = (
    "ask",
    "nudge",
    "thanks",
    "offer",
    "grant",
    "hold",
    "decline",
    "commit",
    "introduction_made",
    "report_back",
    "apology",
)
ABOUTS = (
    "job",
    "interview",
    "referral",
    "reference",
    "specific_introduction",
    "open_introduction",
    "forward_cv",
    "cv_review",
    "document_review",
    "chat",
    "meeting",
    "advice",
    "tip",
    "info",
    "contact_detail",
    "endorsement",
    "money_or_free_work",
    "routine_work",
    "other",
)
BENEFICIARIES = ("self", "third_party", "both", "addressee", "organisation")
PATTERNS = (
    "third_party_ask",
    "hidden_goal",
    "contact_fishing",
    "entitlement_press",
    "pressure",
    "urgency",
    "minimiser",
    "debt_guilt",
)
POSITIVES = ("thanks", "offer", "easy_out", "interest_opener", "one_specific_ask", "loop_closing")
OUTCOMES = ("granted", "partly", "declined", "holding", "answered", "none")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a message does, in the writer's own words.

    `about`, `beneficiary`, `favour`, `size` and `deadline` are set on asks only. `size` is the base
    imposition of MODEL.md 3.3, 0 to 10. `deadline` is an ISO date, `deadline_text` the words it came from.
    `confidence` lies between 0 and 1. `why` says in a few words what was seen.
    """

    act: str
    span: Span
    text: str
    confidence: float = 1.0
    why: tuple[str, ...] = ()
    about: str | None = None
    beneficiary: str | None = None
    favour: bool | None = None
    size: float | None = None
    deadline: str | None = None
    deadline_text: str | None = None

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"act": self.act}
        if self.act == "ask":
            found |= {
                "about": self.about,
                "beneficiary": self.beneficiary,
                "favour": self.favour,
                "size": self.size,
            }
            if self.deadline_text:
                found |= {"deadline": self.deadline, "deadline_text": self.deadline_text}
        return found | {
            "span": list(self.span),
            "text": self.text,
            "confidence": round(self.confidence, 2),
            "why": list(self.why),
        }


@dataclass(frozen=True, slots=True)
class Pattern:
    """A harmful way of asking, one of `PATTERNS`, and the words that show it."""

    id: str
    span: Span
    text: str
    confidence: float = 1.0
    why: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "span": list(self.span),
            "text": self.text,
            "confidence": round(self.confidence, 2),
            "why": list(self.why),
        }


@dataclass(frozen=True, slots=True)
class Positive:
    """A good way of asking, one of `POSITIVES`, and the words that show it."""

    id: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Need:
    """Something that the writer says they look for or lack, which somebody could offer to help with."""

    span: Span
    text: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one message. `outcome` is how it answers an earlier ask (`OUTCOMES`), and
    `answer` the words that say so.

    `bluntness` is None without an ask, else 0 (courteous) to 1 (blunt), with the words that make it so.
    """

    language: Language
    acts: tuple[Act, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    positives: tuple[Positive, ...] = ()
    outcome: str = "none"
    needs: tuple[Need, ...] = ()
    bluntness: float | None = None
    blunt_words: tuple[Span, ...] = field(default=())
    answer: str = ""

    @property
    def asks(self) -> tuple[Act, ...]:
        return tuple(act for act in self.acts if act.act == "ask")

    @property
    def positive(self) -> tuple[str, ...]:
        """The kinds of good wording found, each once, in the order of `POSITIVES`."""
        found = {positive.id for positive in self.positives}
        return tuple(kind for kind in POSITIVES if kind in found)

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "askwell.reading/1",
            "language": self.language,
            "acts": [act.to_json() for act in self.acts],
            "patterns": [pattern.to_json() for pattern in self.patterns],
            "positive": list(self.positive),
            "outcome": self.outcome,
            "needs": [{"span": list(n.span), "text": n.text} for n in self.needs],
        }
