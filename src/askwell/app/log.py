"""`askwell log`: noting what mail does not show, as story lines; and `askwell correct`, over a reading."""

from __future__ import annotations

from dataclasses import replace

from askwell.app.desk import Desk
from askwell.app.people import find
from askwell.errors import AskwellError
from askwell.ledger.entries import CORRECTIONS, Correction, Message, Said
from askwell.ledger.person import ME
from askwell.ledger.story import parse
from askwell.words import say


def log(desk: Desk, text: str) -> tuple[Said | Correction, ...]:
    """Keep entries written as in a story; a line without a date is of today. Raises AskwellError."""
    lines = [_dated(line, desk) for line in text.splitlines() if line.strip()]
    story = parse("\n".join(lines), "log", whole=False)
    if story.people:
        raise AskwellError(
            say("`log` takes entries, not people."), say("Put people in a story file and import it.")
        )
    if any(isinstance(one, Message) for one in story.entries):
        raise AskwellError(
            say("`log` takes no messages."), say("Import the mail, or note what was said in it.")
        )
    if not story.entries:
        raise AskwellError(say("There is nothing to note."), say('Write askwell log "thanks me -> kari".'))
    entries = [_named(one, desk) for one in story.entries if not isinstance(one, Message)]
    action = desk.store.begin(desk.now, "log", f"{entries[0].at:%Y-%m-%d} {_what(entries)}")
    return tuple(replace(one, id=desk.store.say(action, one)) for one in entries)


def correct(desk: Desk, message: str, words: str, what: str) -> Correction:
    """Say what is right of an act that was read in a message. Holds for newer readers too."""
    id = message.strip().strip("<>")
    if what not in CORRECTIONS:
        raise AskwellError(
            say('"{what}" is no correction.', what=what),
            say("Choose one of {choices}.", choices=", ".join(CORRECTIONS)),
        )
    reading = desk.store.reading(id)
    if desk.store.message(id) is None:
        raise AskwellError(
            say("There is no message {id}.", id=message), say("The id stands behind each quote: <…>.")
        )
    found = [act.text for act in reading.acts] if reading else []
    if not any(words in act or act in words for act in found):
        listed = "".join(f'\n  "{act}"' for act in found) or f" {say('nothing')}"
        raise AskwellError(
            say("No act with these words was read there. Read were:") + listed,
            say("Use the words of one of these."),
        )
    one = Correction(desk.now, id, words, what)
    return replace(
        one, id=desk.store.say(desk.store.begin(desk.now, "correct", f"{what}: {words[:60]}"), one)
    )


def _dated(line: str, desk: Desk) -> str:
    first = line.split(maxsplit=1)[0]
    return line if first[:1].isdigit() or first == "person" else f"{desk.today.isoformat()} {line.strip()}"


def _named(entry: Said | Correction, desk: Desk) -> Said | Correction:
    if isinstance(entry, Correction):
        return entry
    return replace(entry, by=_key(entry.by, desk), to=tuple(_key(one, desk) for one in entry.to))


def _key(who: str, desk: Desk) -> str:
    return ME if who == ME else find(desk, who).key


def _what(entries: list[Said | Correction]) -> str:
    kinds = ", ".join(dict.fromkeys(one.kind if isinstance(one, Said) else one.what for one in entries))
    return f"{kinds} ({len(entries)})" if len(entries) > 1 else kinds
