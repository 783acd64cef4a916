"""A ledger in memory: for demonstrations and tests, and gone when the program ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from askwell.ledger.entries import Correction, Message, Said
from askwell.ledger.person import ME, Person
from askwell.store.absent import refer, unaddressed, without
from askwell.store.addressing import digest, encodable, lower, naming, opened, participants, plain
from askwell.store.contract import Action, Correspondent, Exchange, Hit, Kept, Place, Spots
from askwell.store.finding import Scan, find
from askwell.store.locking import Lock
from askwell.store.refusals import aware, existing, may_be_undone, nobody, still_wanted
from askwell.store.remembered import Remembered, Remembering, counting
from askwell.store.remembered_spots import RememberedSpots
from askwell.store.threads import Card, answers, link
from askwell.text.reading import Reading

_SALT = "00" * 16  # nothing is written down, so there is nothing to hide


@dataclass(frozen=True, slots=True)
class _Version:
    action: int
    person: Person
    dropped: bool


@counting
class MemoryStore(Remembering, RememberedSpots):
    """The contract over dictionaries. Not for large ledgers: most questions look at every message."""

    def __init__(self) -> None:
        super().__init__()
        self._actions: dict[int, Action] = {}
        self._kept: dict[str, tuple[int, Kept]] = {}
        self._threads: dict[str, str] | None = {}
        self._places: list[tuple[int, Place]] = []
        self._versions: list[_Version] = []
        self._said: dict[str, tuple[int, Said]] = {}
        self._corrections: dict[str, tuple[int, Correction]] = {}
        self._settings: dict[str, str] = {}
        self._forgotten: set[str] = set()
        self._lock = Lock(None)
        self._last = 0
        self.remembered = Remembered()

    # -- actions -------------------------------------------------------------------------------
    def begin(self, at: datetime, verb: str, what: str) -> int:
        number = len(self._actions) + 1
        self._actions[number] = Action(number, aware(at).astimezone(UTC), verb, what)
        return number

    def actions(self, limit: int = 20) -> tuple[Action, ...]:
        return tuple(reversed(self._actions.values()))[:limit]

    def lock(self) -> AbstractContextManager[None]:
        return self._lock.hold()

    def undo(self, action: int) -> Action:
        undone = replace(may_be_undone(self._actions.get(action), action), undone=True)
        self._actions[action] = undone
        self._kept = {mid: row for mid, row in self._kept.items() if row[0] != action}
        sources = {place.source for by, place in self._places if by == action}
        self._places = [(by, p) for by, p in self._places if p.source not in sources or by < action]
        self._threads = None
        self.settle()
        return undone

    def _counts(self, action: int) -> bool:
        return not self._actions[action].undone

    # -- messages ------------------------------------------------------------------------------
    def known(self, ids: Collection[str]) -> frozenset[str]:
        return frozenset(ids) & self._kept.keys()

    def senders(self, ids: Collection[str]) -> dict[str, str]:
        return {each: self._kept[each][1].message.sender for each in ids if each in self._kept}

    def texts(self, ids: Collection[str]) -> dict[str, tuple[str, Reading]]:
        found = ((each, self._kept[each][1]) for each in ids if each in self._kept)
        return {each: (kept.message.text, kept.reading) for each, kept in found if kept.reading}

    def add(
        self, action: int, kept: Sequence[Kept], place: Place | None = None, spots: Spots | None = None
    ) -> int:
        for each in kept:
            aware(each.message.at)
        still_wanted(self._actions.get(action), action)
        before = len(self._kept)
        for each in map(encodable, kept):
            if each.message.id not in self._kept:
                self._kept[each.message.id] = (action, replace(opened(each), message=plain(each.message)))
                self._threads = None
        if place is not None:
            self._places = [(by, p) for by, p in self._places if (by, p.source) != (action, place.source)]
            self._places.append((action, place))
        if spots is not None:
            self.put_spots(spots)
        return len(self._kept) - before

    def lengths(self, ids: Collection[str]) -> dict[str, int]:
        return {each: len(self._kept[each][1].message.text) for each in ids if each in self._kept}

    def lengthen(self, kept: Sequence[Kept]) -> int:
        found = [one for one in map(encodable, kept) if one.message.id in self._kept]
        for each in found:
            action, _ = self._kept[each.message.id]
            self._kept[each.message.id] = (action, replace(opened(each), message=plain(each.message)))
        self._threads = None if found else self._threads
        return len(found)

    def remove(self, ids: Collection[str]) -> int:
        gone = [self._kept.pop(each) for each in set(ids) if each in self._kept]
        self._threads = None
        self.settle()
        return len(gone)

    def place(self, source: str) -> Place | None:
        found = [(by, place) for by, place in self._places if place.source == source]
        return max(found, key=lambda row: row[0])[1] if found else None

    def message(self, message_id: str) -> Message | None:
        row = self._kept.get(message_id)
        return None if row is None else row[1].message

    def messages(self, after: str = "") -> Iterator[Message]:
        start = self.message(after)
        for kept in self._in_order():
            found = kept.message
            if start is None or (found.at, found.id) > (start.at, start.id):
                yield found

    def _in_order(self) -> list[Kept]:
        every = [kept for _, kept in self._kept.values()]
        return sorted(every, key=lambda kept: (kept.message.at, kept.message.id))

    def thread_of(self, message_id: str) -> str:
        return (self._threads or {}).get(message_id, message_id) if message_id in self._kept else ""

    def settle(self) -> None:
        if self._threads is None:
            self._threads = link(_card(kept) for _, kept in self._kept.values())

    def exchanges(
        self, addresses: Collection[str] | None = None, since: datetime | None = None
    ) -> Iterator[Exchange]:
        wanted = None if addresses is None else lower(addresses)
        for found in map(self._exchange, self._personal()):
            others = set(found.to) if found.by_me else {found.sender}
            if (wanted is None or wanted & others) and (since is None or found.at >= since):
                yield found

    def introducing(self, addresses: Collection[str] | None = None) -> Iterator[Exchange]:
        return (each for each in self.exchanges(addresses) if each.introduces)

    def _personal(self) -> list[Kept]:
        return [kept for kept in self._in_order() if not kept.message.bulk]

    def _to(self, message: Message) -> tuple[str, ...]:
        """Whom a message went to; if it names nobody, whom it answers (settling.py says why)."""
        to = message.to + message.cc
        asked = self._kept.get(message.reply_to) if message.reply_to and not to else None
        if asked is None or asked[1].message.sender == message.sender:
            return to
        return (asked[1].message.sender,)

    def _exchange(self, kept: Kept) -> Exchange:
        message = kept.message
        who = (message.id, message.at, kept.by_me, message.sender, self._to(message))
        what = (message.subject, self.thread_of(message.id), kept.words, kept.pause, kept.reading)
        return Exchange(*who, *what)

    def correspondents(self) -> Iterator[Correspondent]:
        mail: dict[str, list[Exchange]] = defaultdict(list)
        # Backwards, so that of several names at one time the first by alphabet remains.
        seen = [(kept.message.at, *pair) for _, kept in self._kept.values() for pair in kept.message.names]
        by_name = sorted(seen, key=lambda row: row[2], reverse=True)
        names = {address: name for _, address, name in sorted(by_name, key=lambda row: row[0])}
        for exchange in self.exchanges():
            for address in set(exchange.to) if exchange.by_me else {exchange.sender}:
                mail[address].append(exchange)
        for address, passed in sorted(mail.items()):
            wrote = [each for each in passed if each.by_me]
            first = wrote[0].at if wrote else None
            name, received = names.get(address, ""), len(passed) - len(wrote)
            yield Correspondent(address, name, len(wrote), received, first, passed[-1].at)

    def claim(self, mine: Collection[str]) -> int:
        changed, addresses = 0, lower(mine)
        for mid, (action, kept) in self._kept.items():
            by_me = kept.message.sender in addresses
            if by_me != kept.by_me:
                self._kept[mid] = (action, replace(kept, by_me=by_me))
                changed += 1
        return changed

    def search(self, words: str, limit: int = 20) -> tuple[Hit, ...]:
        return find((kept.message for kept in self._in_order()), words, limit)

    def passages(self) -> Scan:
        return Scan(lambda: (kept.message for kept in self._personal() if not kept.by_me))

    # -- readings ------------------------------------------------------------------------------
    def reading(self, message_id: str) -> Reading | None:
        row = self._kept.get(message_id)
        return None if row is None else row[1].reading

    def unread(self, reader: str) -> Iterator[Message]:
        for _, kept in list(self._kept.values()):
            if not kept.message.bulk and (kept.reading is None or kept.reader != reader):
                yield kept.message

    def put_readings(self, reader: str, items: Iterable[tuple[str, Reading, int]]) -> int:
        put = 0
        for mid, reading, words in items:
            if mid in self._kept:
                action, kept = self._kept[mid]
                self._kept[mid] = (action, replace(kept, reading=reading, reader=reader, words=words))
                put += 1
        return put

    # -- people --------------------------------------------------------------------------------
    def _current(self) -> dict[str, Person]:
        newest = {row.person.key: row for row in self._versions if self._counts(row.action)}
        return {key: row.person for key, row in sorted(newest.items()) if not row.dropped}

    def people(self) -> tuple[Person, ...]:
        return tuple(self._current().values())

    def person(self, key: str) -> Person | None:
        return self._current().get(key)

    def owner(self, address: str) -> Person | None:
        wanted, people = address.strip().lower(), self._current()
        for row in reversed(self._versions):
            if people.get(row.person.key) is row.person and wanted in row.person.addresses:
                return row.person
        return None

    def put_person(self, action: int, person: Person) -> None:
        addresses = tuple(dict.fromkeys(each.strip().lower() for each in person.addresses))
        self._versions.append(_Version(action, replace(person, addresses=addresses), dropped=False))

    def put_people(self, action: int, people: Sequence[Person], entries: Sequence[Said]) -> None:
        for person in people:
            self.put_person(action, person)
        for entry in entries:
            self.say(action, entry)

    def drop_person(self, action: int, key: str) -> None:
        self._versions.append(_Version(action, existing(self.person(key), key), dropped=True))

    # -- what the user said --------------------------------------------------------------------
    def say(self, action: int, entry: Said | Correction) -> str:
        at = aware(entry.at).astimezone(UTC)
        self._last += 1
        if isinstance(entry, Correction):
            name = f"correction:{self._last}"
            self._corrections[name] = (action, replace(entry, at=at, id=name))
        else:
            name = f"said:{self._last}"
            self._said[name] = (action, replace(entry, at=at, id=name))
        return name

    def said(self, key: str | None = None) -> tuple[Said, ...]:
        person = self.person(key) if key else None
        ends = {key, *(person.addresses if person else ())}
        found = [said for action, said in self._said.values() if self._counts(action)]
        found = [said for said in found if key is None or ends & {said.by, *said.to}]
        return tuple(sorted(found, key=lambda said: said.at))

    def corrections(self) -> tuple[Correction, ...]:
        return tuple(each for action, each in self._corrections.values() if self._counts(action))

    # -- the rest ------------------------------------------------------------------------------
    def get(self, name: str) -> str | None:
        return self._settings.get(name)

    def set(self, name: str, value: str) -> None:
        self._settings[name] = value

    def forget(self, key: str) -> dict[str, int]:
        versions = [row.person for row in self._versions if row.person.key == key]
        if not versions:
            raise nobody(key)
        others = {text for each in self.people() if each.key != key for text in each.addresses}
        earlier = {text for person in versions for text in person.addresses} - others
        addresses = earlier | set(versions[-1].addresses)
        named = naming({person.name for person in versions} | {key} | addresses)
        before = len(self._versions)
        removed = {
            "messages": self._forget_messages(addresses),
            "recipients": self._forget_recipients(addresses),
            "said": self._forget_said({key, *addresses}, lambda text: bool(named.search(text))),
        }
        self._forget_versions(key, addresses)
        removed["people"] = before - len(self._versions)
        naming_them = [action for action in self._actions.values() if named.search(action.what)]
        self._actions.update({each.id: replace(each, what="") for each in naming_them})
        self._places = [(by, place) for by, place in self._places if not named.search(place.source)]
        self._folders = {key: one for key, one in self._folders.items() if not named.search(key[0])}
        self._forgotten |= {digest(_SALT, address) for address in addresses}
        self._threads = None
        self.settle()
        summaries = self.remembered.forget({key, *self.stale().keys})
        return removed | {"actions": len(naming_them), "summaries": summaries}

    def _forget_messages(self, addresses: AbstractSet[str]) -> int:
        mine = {kept.message.sender for _, kept in self._kept.values() if kept.by_me}

        def goes(kept: Kept) -> bool:
            to = set(self._to(kept.message))
            alone = bool(to & addresses) and not (to - addresses - (mine if kept.by_me else set()))
            return kept.message.sender in addresses or alone

        gone = {mid for mid, (_, kept) in self._kept.items() if goes(kept)}
        alias = {mid: f"forgotten:{digest(_SALT, mid)}" for mid in gone}
        self._kept = {mid: row for mid, row in self._kept.items() if mid not in gone}
        self._change(lambda message: refer(message, alias))
        self._corrections = {n: row for n, row in self._corrections.items() if row[1].message not in gone}
        return len(gone)

    def _forget_recipients(self, addresses: AbstractSet[str]) -> int:
        rows = [each for _, kept in self._kept.values() for each in participants(kept.message)[1]]
        self._change(lambda message: without(message, addresses))
        return sum(address in addresses for _, address, _ in rows)

    def _change(self, change: Callable[[Message], Message]) -> None:
        for mid, (action, kept) in self._kept.items():
            self._kept[mid] = (action, replace(kept, message=change(kept.message)))

    def _forget_said(self, ends: AbstractSet[str], named: Callable[[str], bool]) -> int:
        touched = {name: row for name, row in self._said.items() if ends & {row[1].by, *row[1].to}}
        for name, (action, said) in touched.items():
            to = tuple(each for each in said.to if each not in ends)
            if said.by in ends or {said.by, *to} <= {ME}:
                del self._said[name]
            else:
                more = tuple(pair for pair in said.more if not named(pair[1]))
                text = "" if named(said.text) else said.text
                self._said[name] = (action, replace(said, to=to, text=text, more=more))
        return len(touched)

    def _forget_versions(self, key: str, addresses: AbstractSet[str]) -> None:
        people = self._current()
        sharing = {row.person.key for row in self._versions if addresses & set(row.person.addresses)}
        gone = {each for each in sharing if each not in people} | {key}
        self._versions = [
            replace(row, person=unaddressed(row.person, addresses))
            for row in self._versions
            if row.person.key not in gone
        ]

    def forgotten(self, addresses: Collection[str]) -> frozenset[str]:
        return frozenset(each for each in addresses if digest(_SALT, each) in self._forgotten)

    def counts(self) -> dict[str, int]:
        kept = [kept for _, kept in self._kept.values()]
        bulk = sum(bool(each.message.bulk) for each in kept)
        return {
            "messages": len(kept),
            "personal": len(kept) - bulk,
            "bulk": bulk,
            "people": len(self._current()),
            "said": len(self.said()),
            "readings": sum(each.reading is not None for each in kept),
            "actions": len(self._actions),
        }

    def trouble(self) -> tuple[str, ...]:
        return ()

    def mend(self) -> None:
        self._threads = None
        self.settle()

    def close(self) -> None:
        """Nothing is open."""


def _card(kept: Kept) -> Card:
    message = kept.message
    refs = message.references + ((message.reply_to,) if message.reply_to else ())
    topic = "" if message.bulk else kept.topic
    people = (message.sender, *message.to, *message.cc) if message.sender else ()
    return Card(message.id, message.at, refs, topic, answers(message.subject, topic), people)
