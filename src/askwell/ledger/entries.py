"""What a ledger holds: messages, and what the user has said. Facts, never guessed.

Endpoints (`by`, `to`, `sender`) are `me`, a person's key, or an address (it has an `@` in it).
Times are aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SAID_KINDS = (
    "meeting",
    "note",
    "ask",
    "nudge",
    "favour",
    "thanks",
    "offer",
    "grant",
    "hold",
    "decline",
    "commit",
    "report_back",
    "apology",
    "intro",
    "outcome",
    "vouch",
)
WHO_KINDS = ("card", "apart")
"""Kinds that say who somebody is: what a card of an address book says, and that two are not one."""

CORRECTIONS = (
    "no_ask",
    "for_me",
    "for_third_party",
    "routine",
    "favour",
    "granted",
    "partly",
    "declined",
    "answered",
    "withdrawn",
    "no_thanks",
    "no_favour",
)


@dataclass(frozen=True, slots=True)
class Message:
    """One mail as it was sent. `id` is the Message-ID without brackets, or `hash:` and a digest.

    `text` is the plain text with quotes and signature still in it, so that a newer reader can read it
    again. `bulk` says why a message is not personal (`list`, `bulk`, `automatic`, `noreply`,
    `calendar`), and is empty for mail between people. `names` are the display names seen with addresses.
    """

    id: str
    at: datetime
    sender: str
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    reply_to: str = ""
    references: tuple[str, ...] = ()
    bulk: str = ""
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that the user has noted: a meeting, a favour, an ask made by telephone.

    `more` holds named extras (`purpose`, `actually`, `outcome`). A `vouch` says whether the user vouches for
    somebody's work: `about` is yes or no. `whole_day` means that only the date
    of `at` counts. `id` is given by the store.
    """

    at: datetime
    kind: str
    by: str
    to: tuple[str, ...] = ()
    about: str = ""
    text: str = ""
    more: tuple[tuple[str, str], ...] = ()
    whole_day: bool = True
    id: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What the user says of a reading: `what` is one of `CORRECTIONS`, of the act with these `words`.

    A correction names the message and the words, not a position, so that it holds for a newer reader.
    """

    at: datetime
    message: str
    words: str
    what: str
    id: str = ""


Entry = Message | Said | Correction
