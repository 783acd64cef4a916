"""Whose mailbox it is: as the user says, else proposed from the mail and left to them to confirm."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from askwell.app.desk import Desk, own_addresses, profile
from askwell.app.importing import sources
from askwell.errors import AskwellError
from askwell.ledger.entries import Message
from askwell.sources import labels
from askwell.sources.addresses import clean_address
from askwell.sources.folder import find
from askwell.sources.identity import is_stand_in
from askwell.sources.mail import UnreadableError, parse
from askwell.sources.record import Raw, Skipped
from askwell.words import say

OWNERLESS = ("story", "linkedin", "vcard", "contacts", "whatsapp")
LOOKED_AT = 2000
ENOUGH = 1 / 3


class Proposal(NamedTuple):
    """An address and its share of the messages looked at, 0 to 1."""

    address: str
    share: float
    messages: int


def claim(desk: Desk, addresses: Iterable[str]) -> tuple[str, ...]:
    """Keep which addresses are the user's own, beside those known; returns all of them."""
    cleaned = [clean_address(one) for one in addresses]
    if wrong := [one for one in cleaned if "@" not in one]:
        raise AskwellError(
            say("{address} is no address.", address=wrong[0]), say("Write --me name@example.org")
        )
    mine = tuple(dict.fromkeys((*own_addresses(desk.store), *cleaned)))
    desk.store.set("me", json.dumps(mine))
    desk.store.claim(mine)
    return profile(desk.store, desk.home if desk.home != Path() else None).addresses


def propose(paths: Sequence[Path]) -> Proposal | None:
    """The address that is sender or receiver in most messages, if that is a third of them at least; where
    Gmail says what was sent, whoever sent it.

    Looks at the first LOOKED_AT messages. None where nobody stands out, as in the archive of a list.
    """
    senders: Counter[str] = Counter()
    receivers: Counter[str] = Counter()
    sent: Counter[str] = Counter()
    messages = 0
    for message, by_owner in islice(_messages(paths), LOOKED_AT):
        messages += 1
        senders[message.sender] += 1
        receivers.update({*message.to, *message.cc} - {message.sender})
        sent.update([message.sender] if by_owner else [])
    both = list(sent) or [one for one in senders if receivers[one]]
    if not both:
        return None
    best = max(sorted(both), key=lambda one: senders[one] + receivers[one])
    share = (senders[best] + receivers[best]) / messages
    return Proposal(best, min(share, 1.0), messages) if share >= ENOUGH or sent else None


def is_asked(desk: Desk, paths: Sequence[Path]) -> bool:
    """Whether the user has yet to say which addresses are theirs before these are imported: there is none
    known, and mail makes no sense without."""
    return not any(not is_stand_in(one) for one in desk.profile.addresses) and _has_mail(paths)


def _has_mail(paths: Sequence[Path]) -> bool:
    """Whether any of the paths holds what only makes sense when the user's addresses are known: not a
    story or an export, which name their own user, nor an address book, which needs none."""
    known, _ = sources()
    found = (one for path in paths for one in find(path, known))
    return any(isinstance(one, tuple) and one[0].name not in OWNERLESS for one in found)


def _messages(paths: Sequence[Path]) -> Iterable[tuple[Message, bool]]:
    """The mails, each with whether Gmail says that its owner sent it."""
    known, _ = sources()
    for path in paths:
        for found in find(path, known):
            if isinstance(found, Skipped):
                continue
            source, inside = found
            for item in source.read(inside):
                if isinstance(item, Raw):
                    try:
                        yield parse(item.data), "sent" in labels.roles(labels.of(item.data))
                    except UnreadableError:
                        continue
