"""WhatsApp's "Export chat": a text file, from Android or iPhone, in English, Norwegian and kindred forms.

A line that begins with a date and time begins a message; others go on with the one before. Dates come in
the order that the telephone's language has; where a file leaves it open, its own order of time tells. Times
have no zone and are taken as UTC. WhatsApp's own lines (who joined, what is encrypted) and pictures are
left out and counted. Who the user is, no such file says: people are kept under stand-ins made from the
names they stand under, and `--me NAME` says which is one's own.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from askwell.ledger.entries import Message
from askwell.sources.contentlines import decoded
from askwell.sources.identity import chat_address
from askwell.sources.record import Contact, Item, Skipped
from askwell.words import later

LARGEST = 256 << 20
LONGEST = 100_000
LONGEST_NAME = 80
MOST_NAMES = 7
"""Nobody has more names than this; a sentence with a colon has."""
CROWD = 8
"""From so many writers on a chat is a list rather than a talk: kept, but not read."""
_SPACES = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u200e": "", "\u200f": "", "\ufeff": ""})
_MARK = "\u200e"
_WHEN = (
    r"(\d{1,4})([./-])(\d{1,2})[./-](\d{2,4}),?(?: kl\.?)? +(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?"
    r"(?: ?([AaPp])\.? ?[Mm]\.?)?"
)
_LINE = re.compile(rf"(?:\[{_WHEN}\] |{_WHEN} [-\u2013] )")
_SENDER = re.compile(r"([^:\u201c\u201d\u00ab\u00bb\"]{1,80}?):(?!//) ?")
_MEDIA = re.compile(
    r"<[^<>\n]{3,40}(?:omitted|utelatt|ute|utelämnad|udeladt)>|<(?:attached|vedlagt|vedlegg): [^<>\n]{1,200}>"
    r"|(?:image|video|audio|sticker|GIF|document|Contact card|bilde|lyd|dokument|klistremerke) "
    r"(?:omitted|utelatt|er utelatt)|[^\n]{1,200}\((?:file attached|fil vedlagt|vedlagt fil)\)",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"(?:This message was deleted|You deleted this message|(?:Denne|Du) ?(?:meldingen|meldinga)? ?"
    r"(?:ble|blei|vart|har)? ?slett(?:et|a) ?(?:denne meldingen|denne meldinga)?)\.?",
    re.IGNORECASE,
)
_EDITED = re.compile(r" ?<(?:This message was edited|Denne meldingen ble redigert)>$", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d ()\u2011-]{7,24}")


class WhatsApp:
    """One exported chat as text, also inside the zip that an iPhone makes."""

    name = "whatsapp"

    def recognises(self, path: Path, head: bytes) -> bool:  # noqa: ARG002
        return _LINE.match(_plain(decoded(head[:600])).lstrip("\n")) is not None and b"\x00" not in head[:600]

    def read(self, path: Path, start: int = 0) -> Iterator[Item]:  # noqa: ARG002
        if path.stat().st_size > LARGEST:
            yield Skipped(path.name, later("a chat of over 256 MB"))
            return
        yield from chat(decoded(path.read_bytes()), path.name)


@dataclass(frozen=True, slots=True)
class _Line:
    """A message as it stands: the three numbers of its date with their separator, the time, and the rest."""

    date: tuple[int, int, int]
    between: str
    time: tuple[int, int, int]
    half: str
    text: str
    number: int


def chat(text: str, name: str) -> Iterator[Item]:
    """The people of a chat as contacts, then its messages, oldest first as they stand."""
    lines = list(_lines(text))
    order = _order([one for one in lines if one.date[0] < 1000])
    said = [(one, *_sender(one.text)) for one in lines]
    people = list(dict.fromkeys(sender for _, sender, _ in said if sender))
    crowd = len(people) > CROWD
    for person in () if crowd else people:
        yield _contact(person, name)
    named = {chat_address(one): one for one in people}
    talk = _digest("talk", *sorted(people))
    again: Counter[str] = Counter()
    for line, sender, words in said:
        where = f"{name}, line {line.number}"
        at = _at(line, order)
        why = _why_not(sender, words, at)
        if why or at is None:
            yield Skipped(where, why)
            continue
        twin = _digest(sender, at.isoformat(), words)
        again[twin] += 1
        yield Message(
            id=f"whatsapp:{_digest(twin, str(again[twin]))}",
            at=at,
            sender=chat_address(sender),
            to=() if crowd else tuple(chat_address(one) for one in people if one != sender),
            text=_EDITED.sub("", words)[:LONGEST],
            references=(f"whatsapp:{talk}",),
            bulk="list" if crowd else "",
            names=((chat_address(sender), sender),) if crowd else tuple(named.items()),
        )


def people_of(text: str) -> tuple[str, ...]:
    """The names that the writers of a chat stand under, in the order of their first word."""
    return tuple(dict.fromkeys(name for one in _lines(text) if (name := _sender(one.text)[0])))


def _lines(text: str) -> Iterator[_Line]:
    started: re.Match[str] | None = None
    number, parts = 0, [""]
    for n, raw in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        marked = raw.lstrip("\ufeff\u200f")
        begins = _LINE.match(_plain(marked[:60]))
        if begins is None:
            parts.append(raw.replace("\x00", ""))
            continue
        if started:
            yield _line(started, parts, number)
        started, number = begins, n
        # A mark that says that the text is WhatsApp's own stands before it, or before its sender.
        parts = [_cut(marked, begins.end())]
    if started:
        yield _line(started, parts, number)


def _cut(raw: str, plain: int) -> str:
    """The line without its first letters, so many when marks are not counted."""
    seen = at = 0
    while seen < plain and at < len(raw):
        seen += len(_plain(raw[at]))
        at += 1
    return raw[at:]


def _line(begins: re.Match[str], parts: Sequence[str], number: int) -> _Line:
    first = 0 if begins[1] else 8
    one, between, two, three, hour, minute, second, half = (begins[first + n] for n in range(1, 9))
    return _Line(
        (int(one), int(two), int(three)),
        between,
        (int(hour), int(minute), int(second or 0)),
        (half or "").upper(),
        "\n".join(parts).strip(" \n"),
        number,
    )


def _sender(text: str) -> tuple[str, str]:
    """Who a line is from, and its words; nobody where it is WhatsApp's own."""
    found = _SENDER.match(_plain(text[: LONGEST_NAME + 10]))
    if found is None or len(found[1].split()) > MOST_NAMES:
        return "", text
    words = _cut(text, found.end()).strip(" ")
    return found[1].strip(" ~"), words


def _why_not(sender: str, words: str, at: datetime | None) -> str:
    plain = _plain(words).strip()
    media = _MEDIA.fullmatch(plain.partition("\n")[0]) is not None and "\n" not in plain
    reasons = {
        later("a line of WhatsApp's own"): not sender,
        later("no date"): at is None,
        later("a picture, a sound or another file"): media,
        later("a message that was taken back"): _GONE.fullmatch(plain) is not None,
        later("a message without words"): not plain,
    }
    own = later("a line of WhatsApp's own")
    return next((why for why, holds in reasons.items() if holds), own if words.startswith(_MARK) else "")


def _order(lines: Sequence[_Line]) -> str:
    """`dmy` or `mdy`: by a number over 12, else by how the file is written, else by its order of time."""
    if any(one.date[0] > 12 for one in lines):
        return "dmy"
    if any(one.date[1] > 12 for one in lines):
        return "mdy"
    if any(one.between == "." for one in lines):
        return "dmy"
    rising = {order: _is_rising(lines, order) for order in ("dmy", "mdy")}
    if rising["dmy"] != rising["mdy"]:
        return "dmy" if rising["dmy"] else "mdy"
    return "mdy" if any(one.half for one in lines) else "dmy"


def _is_rising(lines: Sequence[_Line], order: str) -> bool:
    times = [at for one in lines if (at := _at(one, order))]
    return all(before <= after for before, after in pairwise(times))


def _at(line: _Line, order: str) -> datetime | None:
    one, two, three = line.date
    year, month, day = (
        (one, two, three) if one > 1000 else (three, two, one) if order == "dmy" else (three, one, two)
    )
    hour, minute, second = line.time
    if line.half:
        hour = hour % 12 + (12 if line.half == "P" else 0)
    try:
        return datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _contact(person: str, name: str) -> Contact:
    number = _PHONE.fullmatch(person) is not None
    return Contact(
        name="" if number else person,
        identity=chat_address(person),
        phones=(person,) if number else (),
        nickname=person if number else "",
        where=f"{name}, {person}",
    )


def _plain(text: str) -> str:
    return text.translate(_SPACES)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


SOURCE = WhatsApp()
