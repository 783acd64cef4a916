"""The form of a person's page, `askwell.person/1`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from askwell.doors.web.api.answers import Form, When


class Event(Form):
    date: When
    what: str
    about: str | None
    by: Literal["me", "them", "both"]
    outcome: str | None
    quote: str
    source: str


class Favour(Form):
    date: When
    what: str
    thanked: bool
    told: bool
    quote: str
    source: str


class Page(Form):
    """`askwell.person/1`: what passed between the user and somebody, and where things stand."""

    schema_: Literal["askwell.person/1"] = Field(alias="schema")
    person: str
    name: str
    addresses: list[str]
    org: str
    title: str
    tags: list[str]
    circle: str
    stage: str
    was: str | None
    how_you_met: str | None
    first_contact: When | None
    last_contact: When | None
    usual_gap_days: float | None
    messages: dict[str, int]
    asked: list[Event]
    asked_of_me: list[Event]
    had_from_them: list[Favour]
    did_for_them: list[Favour]
    met: list[Event]
    thank: list[Favour]
    tell: list[Favour]
    needs: list[Event]
    notes: list[Event]
    bears: str | None
    too_much: str | None
    ask_nothing_until: When | None
    quiet: str
