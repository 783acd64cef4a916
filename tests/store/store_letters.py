"""Short ways to write down messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from askwell.ledger.entries import Message
from askwell.store.contract import Kept, Store
from askwell.text.reading import Act, Reading

ME = "ingrid@example.no"
KARI = "kari@nordlys.example"
OLA = "ola@havn.example"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ASK = Reading("nb", (Act("ask", (0, 12), "Kan du hjelpe", 0.9, ("kan du",), "advice", "self", True, 3.0),))


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def letter(  # noqa: PLR0913
    mid: str,
    sender: str = ME,
    to: str | tuple[str, ...] = (),
    at: float = 0,
    *,
    subject: str = "Hei",
    text: str = "Hei!",
    refs: tuple[str, ...] = (),
    bulk: str = "",
    cc: tuple[str, ...] = (),
    names: tuple[tuple[str, str], ...] = (),
) -> Message:
    to = (to,) if isinstance(to, str) else to
    reply_to = refs[-1] if refs else ""
    return Message(mid, day(at), sender, to, cc, subject, text, reply_to, refs, bulk, names)


def keep(message: Message, reading: Reading | None = None, **more: object) -> Kept:
    """The message as an import hands it over; the topic is the subject without one `Re: `."""
    topic = message.subject.lower().removeprefix("re: ")
    reader = "1" if reading else ""
    return Kept(message, message.sender == ME, reading, reader, topic=topic, **more)  # type: ignore[arg-type]


def add(store: Store, *messages: Message, reading: Reading | None = None) -> int:
    """Bring messages in by an action of their own and settle them; returns its number."""
    action = store.begin(day(100), "import", "some mail")
    store.add(action, [keep(each, None if each.bulk else reading, words=2) for each in messages])
    store.settle()
    return action


def partition(store: Store) -> dict[str, str]:
    """The thread of every message."""
    return {each.id: store.thread_of(each.id) for each in store.messages()}
