"""What every store refuses, in the same words. Pure."""

from __future__ import annotations

from datetime import datetime

from askwell.errors import AskwellError
from askwell.ledger.person import Person
from askwell.store.contract import Action
from askwell.words import say

FINAL = ("forget",)


def aware(at: datetime) -> datetime:
    """The time itself; ValueError if it has no time zone."""
    if at.tzinfo is None:
        raise ValueError(f"a time without a time zone: {at.isoformat()}")
    return at


def existing(person: Person | None, key: str) -> Person:
    """The person; AskwellError if there is none."""
    if person is None:
        raise nobody(key)
    return person


def nobody(key: str) -> AskwellError:
    """What is said where a key is nobody's."""
    return AskwellError(
        say("there is nobody called {key}", key=key),
        say("`askwell people` lists whom you know."),
        http_status=404,
    )


def may_be_undone(action: Action | None, number: int) -> Action:
    """The action; AskwellError if it is unknown, undone already, or for good."""
    if action is None:
        raise AskwellError(
            say("there is no action {number}", number=number),
            say("`askwell undo --list` shows them."),
            http_status=404,
        )
    if action.undone:
        raise AskwellError(
            say("action {number} ({verb}) is undone already", number=number, verb=action.verb),
            http_status=409,
        )
    if action.verb in FINAL:
        raise AskwellError(
            say(
                "action {number} ({verb}) cannot be undone: what it removed is gone for good",
                number=number,
                verb=action.verb,
            ),
            say("Import the mail again if you want it back."),
            http_status=409,
        )
    return action


def still_wanted(action: Action | None, number: int) -> None:
    """AskwellError if the action that something is added to is unknown, or was undone meanwhile."""
    if action is None or action.undone:
        raise AskwellError(
            say("action {number} is unknown, so nothing is added to it", number=number)
            if action is None
            else say("action {number} is undone, so nothing is added to it", number=number),
            say("Run the import again."),
            http_status=409,
        )
