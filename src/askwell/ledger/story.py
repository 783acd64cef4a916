"""The story form: a ledger as plain text, one entry a line. Its grammar is in docs/story.md.

`parse` and `write` are inverse: parsing what was written gives the same story.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from askwell.errors import AskwellError
from askwell.ledger.entries import CORRECTIONS, SAID_KINDS, WHO_KINDS, Correction, Entry, Message, Said
from askwell.ledger.intros import ROLES, STATES
from askwell.ledger.person import CIRCLES, ME, STAGES, Person, Profile
from askwell.ledger.tokens import LineError, Tokens, quoted

NOON = time(12, tzinfo=UTC)
MISTAKES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Story:
    """What a story file says: who the user is, the people, and the entries in order of time."""

    profile: Profile = field(default_factory=Profile)
    people: tuple[Person, ...] = ()
    entries: tuple[Entry, ...] = ()


def parse(text: str, name: str = "story", *, whole: bool = True) -> Story:
    """Read a story. Raises AskwellError naming `name:line: what is wrong; what was expected`.

    A `whole` story names everybody in it; single entries for a ledger need not.
    """
    profile, people, entries = Profile(), dict[str, Person](), list[Entry]()
    mistakes: list[str] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            tokens = Tokens(line)
            first = tokens.word("a date, `me`, `person`, `goal`, `interest` or `offer`")
            if first == "person":
                person = _person(tokens)
                if person.key in people:
                    raise LineError(f"person {person.key} stands twice", "one line a person")
                people[person.key] = person
            elif first in _ABOUT_ME:
                profile = _ABOUT_ME[first](profile, tokens)
            else:
                entries.append(_entry(_when(first), tokens))
            tokens.end()
        except LineError as mistake:
            mistakes.append(f"{name}:{number}: {mistake.what}; expected {mistake.expected}")
    if whole and not mistakes:
        mistakes = _strangers(text, name, people, entries)
    if mistakes:
        more = len(mistakes) - MISTAKES_SHOWN
        shown = mistakes[:MISTAKES_SHOWN] + ([f"… and {more} more"] if more > 0 else [])
        raise AskwellError("\n".join(shown), "The grammar is in docs/story.md.")
    return Story(profile, tuple(people[key] for key in sorted(people)), in_order(entries))


def write(story: Story) -> str:
    """The story as text, in canonical order."""
    blocks = [_write_me(story.profile)] if story.profile != Profile() else []
    blocks += [[_write_person(one) for one in sorted(story.people, key=lambda one: one.key)]]
    blocks += [[_write_entry(one) for one in in_order(story.entries)]]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries in order of time; what has the same time stays in a fixed order."""
    return tuple(sorted(entries, key=lambda one: (one.at, _write_entry(one))))


# -- reading ----------------------------------------------------------------------------------


def _when(word: str) -> tuple[datetime, bool]:
    """A date (whole day, kept as noon UTC) or a time such as 2026-03-02T09:30:00Z."""
    try:
        if "T" not in word:
            return datetime.combine(date.fromisoformat(word), NOON), True
        at = datetime.fromisoformat(word)
    except ValueError:
        raise LineError(f"`{word}` is no date", "2026-03-02 or 2026-03-02T09:30:00Z") from None
    if at.tzinfo is None:
        raise LineError(f"`{word}` has no time zone", "a Z at the end for UTC")
    return at.astimezone(UTC), False


def _person(tokens: Tokens) -> Person:
    key = tokens.word("a short name for the person, such as kari")
    if key == ME or "@" in key or key != key.lower():
        raise LineError(f"`{key}` cannot name a person", "a short name in lower case, such as kari")
    name = tokens.string("the person's name in quotes")
    addresses = tuple(tokens.angles())
    said = tokens.attributes("org", "title", "tags", "circle", "floor", "say", "met")
    circle, floor = said.get("circle", "professional"), said.get("floor", "")
    if circle not in CIRCLES:
        raise LineError(f"circle `{circle}` is unknown", " or ".join(CIRCLES))
    if floor and floor not in STAGES:
        raise LineError(f"floor `{floor}` is unknown", ", ".join(STAGES))
    return Person(
        key,
        name,
        addresses,
        org=said.get("org", ""),
        title=said.get("title", ""),
        tags=tuple(tag for tag in said.get("tags", "").split(",") if tag),
        circle=circle,
        floor=floor,
        say=_say(said.get("say", "1")),
        met=said.get("met", ""),
    )


def _say(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = -1
    if not 0 <= value <= 2:
        raise LineError(f"say `{word}` is out of range", "a number from 0 to 2")
    return value


def _me(profile: Profile, tokens: Tokens) -> Profile:
    words = tokens.words()
    languages = tokens.attributes_after_angles("languages")
    return replace(
        profile,
        name=" ".join(words),
        addresses=languages.angles,
        languages=tuple(code for code in languages.said.get("languages", "").split(",") if code),
    )


def _goal(profile: Profile, tokens: Tokens) -> Profile:
    return replace(profile, goals=(*profile.goals, tokens.string("a goal in quotes")))


def _interest(profile: Profile, tokens: Tokens) -> Profile:
    return replace(profile, interests=(*profile.interests, tokens.string("an interest in quotes")))


def _offer(profile: Profile, tokens: Tokens) -> Profile:
    return replace(profile, offers=(*profile.offers, tokens.string("what you can offer, in quotes")))


_ABOUT_ME: dict[str, Callable[[Profile, Tokens], Profile]] = {
    "me": _me,
    "goal": _goal,
    "interest": _interest,
    "offer": _offer,
}


def _entry(when: tuple[datetime, bool], tokens: Tokens) -> Entry:
    at, whole_day = when
    kind = tokens.word("what happened: message, correct, " + ", ".join(SAID_KINDS))
    if kind == "message":
        return _message(at, tokens)
    if kind == "correct":
        return _correction(at, tokens)
    if kind not in (*SAID_KINDS, *WHO_KINDS):
        raise LineError(f"`{kind}` is unknown", "message, correct, " + ", ".join(SAID_KINDS))
    if kind == "meeting":
        people = tokens.endpoints("who met, such as me, kari")
        return Said(at, kind, people[0], people[1:], text=tokens.maybe_string(), whole_day=whole_day)
    if kind == "note":
        whom = tokens.endpoints("whom the note is about")
        return Said(at, kind, ME, whom, text=tokens.maybe_string(), whole_day=whole_day)
    if kind == "intro":
        by = tokens.word("who introduces, such as kari:")
        tokens.mark(":", "a colon after the one who introduces")
        return _intro(at, whole_day, by, tokens)
    by = tokens.word("who, such as me")
    tokens.mark("->", "`->` and to whom")
    to = tokens.endpoints("to whom, such as kari")
    about = tokens.maybe_word()
    text = tokens.maybe_string()
    more = tokens.attributes("outcome", "for", "favour", "size", "of")
    return Said(at, kind, by, to, about, text, _pairs(more), whole_day)


def _intro(at: datetime, whole_day: bool, by: str, tokens: Tokens) -> Said:
    """A step of an introduction. Somebody who was forgotten leaves the other side alone."""
    sides = [tokens.endpoint("the one side")]
    if tokens.maybe_mark("<->"):
        sides.append(tokens.endpoint("the other side"))
    text = tokens.maybe_string()
    more = tokens.attributes("purpose", "actually", "consent", "outcome", "state", *ROLES, "blurb")
    if more.get("state", "made") not in STATES:
        raise LineError(f"state `{more['state']}` is unknown", ", ".join(STATES))
    return Said(at, "intro", by, tuple(sides), text=text, more=_pairs(more), whole_day=whole_day)


def _message(at: datetime, tokens: Tokens) -> Message:
    sender = tokens.endpoint("who wrote, such as me")
    to: tuple[str, ...] = ()
    if tokens.maybe_mark("->"):
        to = tokens.endpoints("to whom, such as kari")
    text = tokens.maybe_string()
    more = tokens.attributes("id", "subject", "reply_to", "references", "cc", "bulk", "names")
    words = quoted(f"{at.isoformat()} {sender} {','.join(to)} {text}")
    return Message(
        id=more.get("id") or f"story:{_digest(words)}",
        at=at,
        sender=sender,
        to=to,
        cc=tuple(more.get("cc", "").split()),
        subject=more.get("subject", ""),
        text=text,
        reply_to=more.get("reply_to", ""),
        references=tuple(more.get("references", "").split()),
        bulk=more.get("bulk", ""),
        names=tuple(_name(one) for one in more.get("names", "").split("\n") if one),
    )


def _name(line: str) -> tuple[str, str]:
    address, _, name = line.partition(" ")
    return address, name


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _correction(at: datetime, tokens: Tokens) -> Correction:
    what = tokens.word("what is right: " + ", ".join(CORRECTIONS))
    if what not in CORRECTIONS:
        raise LineError(f"`{what}` is unknown", ", ".join(CORRECTIONS))
    words = tokens.string("the words of the act, in quotes")
    more = tokens.attributes("of")
    if "of" not in more:
        raise LineError("a correction names no message", 'of="its Message-ID"')
    return Correction(at, more["of"], words, what)


def _pairs(more: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(more.items()))


def _strangers(text: str, name: str, people: dict[str, Person], entries: list[Entry]) -> list[str]:
    """Endpoints that are neither `me`, a person of this story, nor an address."""
    used = {who for one in entries if not isinstance(one, Correction) for who in _endpoints(one)}
    unknown = sorted(who for who in used if who != ME and "@" not in who and who not in people)
    lines = text.split("\n")
    return [
        f"{name}:{_line_of(who, lines)}: {who} is nobody in this story; "
        f'expected me, an address, or a line: person {who} "Name" <address>'
        for who in unknown
    ]


def _line_of(who: str, lines: list[str]) -> int:
    found = (n for n, line in enumerate(lines, 1) if line[:1].isdigit() and who in line.split('"')[0])
    return next(found, 1)


def _endpoints(entry: Message | Said) -> tuple[str, ...]:
    if isinstance(entry, Message):
        return (entry.sender, *entry.to, *entry.cc)
    return (entry.by, *entry.to)


# -- writing ----------------------------------------------------------------------------------


def _write_me(profile: Profile) -> list[str]:
    words = ["me", *profile.name.split(), *(f"<{one}>" for one in profile.addresses)]
    words += [f"languages={quoted(','.join(profile.languages))}"] if profile.languages else []
    lines = [" ".join(words)]
    lines += [f"goal {quoted(one)}" for one in profile.goals]
    lines += [f"interest {quoted(one)}" for one in profile.interests]
    return lines + [f"offer {quoted(one)}" for one in profile.offers]


def _write_person(person: Person) -> str:
    more = {
        "org": person.org,
        "title": person.title,
        "tags": ",".join(person.tags),
        "circle": "" if person.circle == "professional" else person.circle,
        "floor": person.floor,
        "say": "" if person.say == 1 else f"{person.say:g}",
        "met": person.met,
    }
    addresses = "".join(f" <{one}>" for one in person.addresses)
    return f"person {person.key} {quoted(person.name)}{addresses}{_attributes(more)}"


def _write_entry(entry: Entry) -> str:
    if isinstance(entry, Message):
        return _write_message(entry)
    if isinstance(entry, Correction):
        return f"{_stamp(entry.at)} correct {entry.what} {quoted(entry.words)} of={quoted(entry.message)}"
    day = entry.at.date().isoformat() if entry.whole_day else _stamp(entry.at)
    text = f" {quoted(entry.text)}" if entry.text else ""
    if entry.kind == "meeting":
        return f"{day} meeting {', '.join((entry.by, *entry.to))}{text}"
    if entry.kind == "note":
        return f"{day} note {', '.join(entry.to)}{text}"
    more = _attributes(dict(entry.more))
    if entry.kind == "intro":
        return f"{day} intro {entry.by}: {' <-> '.join(entry.to)}{text}{more}"
    about = f" {entry.about}" if entry.about else ""
    return f"{day} {entry.kind} {entry.by} -> {', '.join(entry.to)}{about}{text}{more}"


def _write_message(message: Message) -> str:
    to = f" -> {', '.join(_endpoint(one) for one in message.to)}" if message.to else ""
    text = f" {quoted(message.text)}" if message.text else ""
    more = {
        "id": message.id,
        "subject": message.subject,
        "reply_to": message.reply_to,
        "references": " ".join(message.references),
        "cc": " ".join(message.cc),
        "bulk": message.bulk,
        "names": "\n".join(f"{address} {name}" for address, name in message.names),
    }
    return f"{_stamp(message.at)} message {_endpoint(message.sender)}{to}{text}{_attributes(more)}"


def _endpoint(who: str) -> str:
    return f"<{who}>" if "@" in who else who


def _attributes(more: dict[str, str]) -> str:
    return "".join(f" {name}={quoted(value)}" for name, value in more.items() if value)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
