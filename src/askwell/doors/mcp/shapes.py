"""What the tools answer, as types: the same JSON forms that the command line prints, for schemas."""

# Not `from __future__ import annotations`: the schemas are made from these when the server is built.
from typing import Any, NotRequired

from typing_extensions import TypedDict  # Python 3.11: pydantic wants this one


class To(TypedDict):
    person: str
    name: str
    stage: str
    last_contact: str | None


class Evidence(TypedDict):
    date: str
    what: str
    source: str
    quote: NotRequired[str]


class Finding(TypedDict):
    id: str
    pattern: str
    level: str
    span: list[int] | None
    message: str
    why: str
    suggest: str
    evidence: list[Evidence]


Step = TypedDict("Step", {"do": str, "for": str, "draft": NotRequired[str]})


class Verdict(TypedDict):
    """`askwell.verdict/1`."""

    schema: str
    verdict: str
    summary: str
    language: str
    to: list[To]
    acts: list[dict[str, Any]]
    findings: list[Finding]
    first: list[Step]
    rewrite: str | None
    not_before: str | None
    resource: str


class Pattern(TypedDict):
    id: str
    span: list[int]
    text: str
    confidence: float
    why: list[str]


class Reading(TypedDict):
    """`askwell.reading/1`."""

    schema: str
    language: str
    acts: list[dict[str, Any]]
    patterns: list[Pattern]
    positive: list[str]
    outcome: str
    needs: list[dict[str, Any]]


Item = TypedDict("Item", {"person": str, "name": str, "for": str, "date": str, "until": NotRequired[str]})


class Today(TypedDict):
    """`askwell.today/1`, without the quotes of mail: these are told of the person who is asked about."""

    schema: str
    date: str
    thank: list[Item]
    tell: list[Item]
    give_back: list[Item]
    reconnect: list[Item]
    leave_in_peace: list[Item]


class Page(TypedDict):
    """`askwell.person/1`."""

    schema: str
    person: str
    name: str
    stage: str
    addresses: list[str]
    org: str
    title: str
    tags: list[str]
    circle: str
    was: str | None
    how_you_met: str | None
    first_contact: str | None
    last_contact: str | None
    usual_gap_days: float | None
    messages: dict[str, int]
    asked: list[dict[str, Any]]
    asked_of_me: list[dict[str, Any]]
    had_from_them: list[dict[str, Any]]
    did_for_them: list[dict[str, Any]]
    met: list[dict[str, Any]]
    thank: list[dict[str, Any]]
    tell: list[dict[str, Any]]
    needs: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    bears: str | None
    too_much: str | None
    ask_nothing_until: str | None
    quiet: str


class Way(TypedDict):
    person: str
    name: str
    stage: str
    ask_for: str
    in_words: str
    too_much: str | None
    why: str
    not_before: str | None


class Ladder(TypedDict):
    """`askwell.ask/1`."""

    schema: str
    aim: dict[str, str]
    ways: list[Way]
    draft: str | None


class Kept(TypedDict):
    """What was noted, and how to take it back."""

    schema: str
    kept: list[str]
    undo: str


class Requests(TypedDict):
    """`askwell.triage/1`."""

    schema: str
    read: int
    requests: list[dict[str, Any]]


class Letters(TypedDict):
    """`askwell.letter/1`."""

    schema: str
    person: str
    name: str
    to: str | None
    letters: list[dict[str, Any]]
    more: int


class Intros(TypedDict):
    """`askwell.intro/1`."""

    schema: str
    intros: list[dict[str, Any]]


class Who(TypedDict):
    """`askwell.who/1`, without the quotes of mail."""

    schema: str
    words: str
    at: str
    people: list[dict[str, Any]]
    more: int


class Offers(TypedDict):
    """`askwell.offer/1`."""

    schema: str
    person: str
    name: str
    offers: list[dict[str, Any]]
