"""A received letter as a message: from a file, from the ledger by its Message-ID, or its bare text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from askwell.app.desk import Desk
from askwell.app.draft import parse_draft
from askwell.app.people import find
from askwell.errors import AskwellError
from askwell.ledger.entries import Message
from askwell.sources.addresses import clean_address
from askwell.sources.mail import UnreadableError, parse
from askwell.words import say


def letter_in(desk: Desk, name: str, read: Callable[[str], bytes], sender: str = "") -> Message:
    """The letter that `name` names: a Message-ID that is kept, else a file, or `-`, which `read` reads.

    A text without headers needs its `sender`, a person or an address, and counts as of today. Raises
    AskwellError.
    """
    kept = desk.store.message(name.strip().strip("<>"))
    if kept and (name.startswith("<") or not Path(name).exists()):
        return kept
    if name.startswith("<"):
        raise AskwellError(
            say("There is no message {id}.", id=name), say("The id stands behind each quote: <…>.")
        )
    return letter_of(desk, read(name), name, sender)


def letter_of(desk: Desk, data: bytes, name: str = "the letter", sender: str = "") -> Message:
    """A letter from its bytes: a whole mail, or a text and who sent it. Raises AskwellError."""
    if not sender:
        try:
            message = parse(data)
        except UnreadableError:
            raise AskwellError(
                say("{name} does not say who wrote it.", name=name),
                say("Give the whole mail with its headers, or --from WHO."),
            ) from None
        return desk.store.message(message.id) or message
    draft = parse_draft(data, name)
    address = _address(desk, sender)
    digest = hashlib.sha256(f"{address}\n{draft.text}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return Message(f"hash:{digest}", desk.now, address, subject=draft.subject, text=draft.text)


def _address(desk: Desk, who: str) -> str:
    try:
        person = find(desk, who)
    except AskwellError:
        address = clean_address(who)
        if "@" not in address:
            raise
        return address
    return person.addresses[0] if person.addresses else person.key
