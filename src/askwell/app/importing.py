"""`askwell import`: from files to the ledger. Loud about what was used and why the rest was not.

Mail is split and parsed here, read by a crew of processes, and kept in chunks, each chunk with the
place that the import has come to in one transaction. So an import that was killed goes on from there,
and ends as if it had not been.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from askwell import plugins
from askwell.app import columns, crew, cut
from askwell.app.answers import link
from askwell.app.at_hand import at_hand
from askwell.app.contacts import Keeper, keeper
from askwell.app.desk import Desk, own_addresses
from askwell.app.forgotten import gone, without
from askwell.app.network import work_out
from askwell.app.newcomers import expect, meet
from askwell.app.priors import relearn
from askwell.app.reading import Chunk, Letter, letters, ours, read_letters, ready, with_readings
from askwell.app.report import UNFINISHED, Report
from askwell.app.reread import reread
from askwell.app.telling import tell
from askwell.errors import AskwellError
from askwell.ledger.entries import Message
from askwell.ledger.story import Story
from askwell.sources.folder import find
from askwell.sources.mail import UnreadableError, parse
from askwell.sources.record import Item, Raw, Skipped, Source
from askwell.store.contract import Kept, Place
from askwell.words import say

CHUNK = 250
WORTH_LEARNING = 50
"""What is usual is learned anew when one in so many messages is new."""
MANY = 1000
"""After so many new messages everybody is looked at as part of the import."""
READ_FOR = "read_for"
"""The setting that says whose mail was read."""
UNDERWAY = 4 * crew.MOST * crew.AHEAD
FUTURE = timedelta(days=2)
_PRINT = 1 << 16

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Part:
    """A file or folder to import, the source that knows it, and where to go on."""

    source: Source
    path: Path
    name: str
    print: str
    start: int
    size: int


def sources() -> tuple[tuple[Source, ...], tuple[plugins.Broken, ...]]:
    """All formats that can be imported; the strictest to recognise first."""
    found, broken = plugins.load()
    good = [one for one in found if hasattr(one, "recognises") and hasattr(one, "read")]
    order = {"maildir": 0, "vcard": 0, "ics": 0, "mbox": 1, "eml": 2, "story": 3, "linkedin": 4, "archive": 5}
    return tuple(sorted(good, key=lambda one: order.get(one.name, 9))), broken  # type: ignore[arg-type]


def import_(
    desk: Desk,
    paths: Sequence[Path],
    progress: Progress | None = None,
    dry: bool = False,
    tables: Sequence[Source] = (),
) -> Report:
    """Import files or folders. Raises AskwellError where nothing is there or another import runs.

    `progress` is told bytes done and bytes in all. `dry` counts only and keeps nothing. `tables` are
    sources for tables that the user has just explained (app/columns.py), beside those that are kept.
    """
    known_sources, broken = sources()
    home = desk.home if desk.home != Path() else None
    known_sources = (*tables, *columns.kept(home), *known_sources)
    report = Report(broken=broken, dry=dry)
    parts = _parts(desk, paths, known_sources, report)
    if dry:
        _count(desk, parts, report, progress)
        return report
    if not parts:
        return report  # nothing to keep, so nothing to take back
    with desk.store.lock():
        action = report.action = desk.store.begin(desk.now, "import", ", ".join(str(one) for one in paths))
        total = sum(part.size - part.start for part in parts)
        touched: set[str] = set()
        for done in _keep(desk, parts, action, report, touched):
            if progress:
                progress(done, total)
        finish(desk, report, touched)
    return report


def finish(desk: Desk, report: Report, touched: set[str]) -> None:
    """What follows when the mail of an action is in: threads, new people, answers, what is usual.
    `touched` are the addresses that mail was exchanged with."""
    with crew.seldom_swept():
        desk.store.settle()
        report.people = tuple(sorted({*report.people, *meet(desk, report.action)}))
        learns = report.personal * WORTH_LEARNING >= desk.store.counts()["personal"]
        looks = report.personal >= MANY
        anew = _mine_changed(desk)
        if anew:
            reread(desk, everything=False)
        mail = at_hand(desk) if learns or looks else None
        if not anew:
            link(desk, None if report.resumed else touched, mail)
        desk.store.set(UNFINISHED, "")
        if learns:
            relearn(desk, mail)
        if looks:
            work_out(desk, mail)  # now, while something is seen to go on, and not when somebody looks


def _mine(desk: Desk) -> frozenset[str]:
    return frozenset(own_addresses(desk.store))


def _mine_changed(desk: Desk) -> bool:
    """Whether the user has named another address of theirs since the mail was read: then letters that
    were others' may be theirs."""
    now = json.dumps(sorted(own_addresses(desk.store)))
    before = desk.store.get(READ_FOR)
    desk.store.set(READ_FOR, now)
    return before is not None and before != now


def _parts(desk: Desk, paths: Sequence[Path], known: Sequence[Source], report: Report) -> list[_Part]:
    parts = []
    for path in paths:
        for found in find(path, known):
            if isinstance(found, Skipped):
                report.read += 1
                report.skip(found)
                continue
            source, inside = found
            size = _size(source, inside)
            print_ = _print(inside)
            place = desk.store.place(str(inside.resolve()))
            start = place.offset if place and place.print == print_ and place.offset < size else 0
            parts.append(_Part(source, inside, str(inside.resolve()), print_, start, size))
    return parts


def _size(source: Source, path: Path) -> int:
    if extent := getattr(source, "extent", None):  # of an archive: offsets count what is unpacked
        return int(extent(path))
    return path.stat().st_size if path.is_file() else 0


def _print(path: Path) -> str:
    """What tells a file from another at the same place: a digest of how it begins."""
    if not path.is_file():
        return "folder"
    with path.open("rb") as file:
        return hashlib.sha256(file.read(_PRINT)).hexdigest()[:16]


def _keep(
    desk: Desk, parts: Sequence[_Part], action: int, report: Report, touched: set[str]
) -> Iterator[int]:
    """Keep what is in the parts, chunk by chunk; yields how many bytes are done after each that is safe.
    `touched` gets the addresses that mail was exchanged with."""
    placed: set[str] = set()
    for chunk in kept(desk, _chunks(desk, parts, action, report), report, touched):
        placed |= {chunk.place.source} if chunk.place else set()
        yield chunk.done
    for part in parts:
        if part.name in placed or part.start:
            desk.store.add(action, (), Place(part.name, part.print, 0))


def kept(desk: Desk, chunks: Iterable[Chunk], report: Report, touched: set[str]) -> Iterator[Chunk]:
    """Have the crew read the chunks, and keep each with its place; yields those that are safe. They belong
    to `report.action`, which must have begun when the first of them comes. `finish` must follow."""
    begun = False
    with crew.seldom_swept():
        for chunk in _read(chunks, crew.size(desk.settings.readers)):
            if not begun:
                begun = True
                report.resumed = report.resumed or bool(desk.store.get(UNFINISHED))
                desk.store.set(UNFINISHED, str(report.action))
            cut.mend(desk, chunk, report)  # before its place is kept, so that a kill leaves none out
            new = desk.store.add(report.action, chunk.kept, chunk.place, chunk.spots)
            bulk = sum(1 for one in chunk.kept if one.message.bulk)
            report.bulk += bulk
            report.personal += new - bulk
            cut.mend(desk, chunk, report)  # and what came twice in it
            for one in (*chunk.kept, *chunk.longer):
                touched.update((one.message.sender, *one.message.to))
            yield chunk


def _read(chunks: Iterable[Chunk], readers: int) -> Iterator[Chunk]:
    """The chunks with their readings, made by a crew, in order."""
    waiting: deque[Chunk] = deque()

    def pieces() -> Iterator[list[Letter]]:
        for chunk in chunks:
            waiting.append(chunk)
            yield letters(chunk)

    for told in crew.in_order(read_letters, pieces(), readers, ready):
        yield with_readings(waiting.popleft(), told)


def _chunks(desk: Desk, parts: Sequence[_Part], action: int, report: Report) -> Iterator[Chunk]:
    """New messages of the parts in chunks, which may go over several of them. Counts what is not used."""
    waiting: list[Message] = []
    seen: deque[dict[str, str]] = deque(maxlen=None if report.dry else UNDERWAY)
    before = 0
    for part in parts:
        for item in _items(part):
            if isinstance(item, Story):
                waiting += tell(desk, action, item, report)
                report.told.update(item.profile.addresses, *(one.addresses for one in item.people))
                report.keeper = report.keeper if report.dry else None  # it may have told of people
                continue
            if not isinstance(item, Skipped | Raw | Message):
                keeper(desk, action, report).take(item)
                continue
            report.read += 1
            if isinstance(item, Skipped):
                report.skip(item)
            elif message := parsed(item, desk, report):
                waiting.append(message)
            if len(waiting) >= CHUNK:
                # What is before this place in the part is in this chunk or an earlier one.
                offset = part.start if isinstance(item, Message) else item.offset
                place = Place(part.name, part.print, offset) if part.path.is_file() else None
                done = before + max(0, offset - part.start)
                if report.keeper:
                    report.keeper.flush()  # cards before this place in an archive
                yield fresh(desk, waiting, seen, report, place, done)
                waiting = []
        if report.keeper:
            report.keeper.flush()
        before += part.size - part.start
    yield fresh(desk, waiting, seen, report, None, before)


def _items(part: _Part) -> Iterator[Item]:
    try:
        yield from part.source.read(part.path, part.start)
    except OSError as error:
        raise AskwellError(
            say("{name} cannot be read: {why}.", name=part.path, why=error.strerror),
            say("What was read so far is kept; run the import again when the file can be read."),
        ) from None


def parsed(item: Raw | Message, desk: Desk, report: Report) -> Message | None:
    """The message, or None where it cannot be used; then the report says why."""
    where = item.where if isinstance(item, Raw) else item.id
    try:
        message = parse(item.data) if isinstance(item, Raw) else item
    except UnreadableError as error:
        report.skip(Skipped(where, str(error)))
        return None
    if message.at > desk.now + FUTURE:
        report.skip(Skipped(where, "dated in the future"))
        return None
    return message


def fresh(
    desk: Desk,
    chunk: list[Message],
    seen: deque[dict[str, str]],
    report: Report,
    place: Place | None,
    done: int,
) -> Chunk:
    """Those of the messages that the ledger does not have yet, without people who were forgotten.
    `seen` are the ids, with senders, of chunks that may not be in the ledger yet."""
    seen.append({})
    mine = _mine(desk)  # a story may just have said
    if report.dry:
        mine |= desk.mine | (report.keeper.mine if isinstance(report.keeper, Keeper) else frozenset())
    known = desk.store.known([one.id for one in chunk])
    absent = gone(desk, chunk)
    new: list[Kept] = []
    again: list[Kept] = []
    for message in chunk:
        if message.id in known or any(message.id in ids for ids in seen):
            report.known += 1
            if isinstance(left := without(message, absent), Message):
                again.append(Kept(left, by_me=message.sender in mine))
        elif isinstance(left := without(message, absent) if absent else message, str):
            report.skip(Skipped(message.id, left))
        else:
            seen[-1][message.id] = message.sender
            new.append(Kept(left, by_me=message.sender in mine))
    more = cut.longer(desk, again)
    return Chunk(new, place, done, _others(desk, [*new, *more], seen, mine), longer=more)


def _others(
    desk: Desk, letters: list[Kept], seen: deque[dict[str, str]], mine: frozenset[str]
) -> frozenset[str]:
    """The ids of letters that others wrote to each other: kept, but not read."""
    bare = [one.message.reply_to for one in letters if not (one.message.to or one.message.cc)]
    asked = desk.store.senders([one for one in bare if one]) if mine else {}
    for ids in seen:
        asked |= {one: ids[one] for one in bare if one in ids}
    messages = (one.message for one in letters)
    return frozenset(one.id for one in messages if not ours(one, mine, asked.get(one.reply_to, "")))


def _count(desk: Desk, parts: Sequence[_Part], report: Report, progress: Progress | None) -> None:
    total = sum(part.size - part.start for part in parts)
    written: dict[str, str] = {}
    for chunk in _chunks(desk, parts, 0, report):
        cut.mend(desk, chunk, report)
        report.bulk += sum(1 for one in chunk.kept if one.message.bulk)
        report.personal += sum(1 for one in chunk.kept if not one.message.bulk)
        for one in (one.message for one in chunk.kept if one.by_me and not one.message.bulk):
            names = dict(one.names)
            written |= {to: names.get(to, "") for to in (*one.to, *one.cc) if not written.get(to)}
        if progress:
            progress(chunk.done, total)
    mine, owned = frozenset[str](), frozenset[str]()
    if isinstance(report.keeper, Keeper):
        mine, owned = report.keeper.mine, report.keeper.owned
    report.people = (*report.people, *expect(desk, written, owned | report.told, mine))
