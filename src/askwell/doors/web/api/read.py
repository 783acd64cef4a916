"""What a text asks, offers and thanks for. The answer is what `askwell read --json` prints."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from askwell.app.read import read_text
from askwell.doors.web.api.answers import Day, Form, Span, Text, When, json, says

router = APIRouter(tags=["read"])
Language = Literal["en", "nb", "nn"]


class Words(Form):
    """A text to read. Without `lang` its language is told by its words."""

    text: Text
    lang: Language | None = None
    on: Day | None = None


class Act(Form):
    """One thing that a text does. What follows `why` is set on asks only."""

    act: str
    span: Span
    text: str
    confidence: float = Field(ge=0, le=1)
    why: list[str]
    about: str | None = None
    beneficiary: str | None = None
    favour: bool | None = None
    size: float | None = None
    deadline: When | None = None
    deadline_text: str | None = None


class Pattern(Form):
    id: str
    span: Span
    text: str
    confidence: float = Field(ge=0, le=1)
    why: list[str]


class Need(Form):
    span: Span
    text: str


class Reading(Form):
    """`askwell.reading/1`."""

    schema_: Literal["askwell.reading/1"] = Field(alias="schema")
    language: Language
    acts: list[Act]
    patterns: list[Pattern]
    positive: list[str]
    outcome: str
    needs: list[Need]


@router.post("/read", **says(Reading))
def read(words: Words) -> Response:
    """Read a text. No ledger is needed for it."""
    return json(read_text(words.text, words.lang, words.on).to_json())
