"""New letters of a mailbox on their way into the ledger: apart from app/imap.py, which also has to be quick
where there are none.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from askwell.app import cut
from askwell.app.accounts import Account, Progress
from askwell.app.desk import Desk
from askwell.app.importing import CHUNK, UNDERWAY, fresh, kept, parsed
from askwell.app.reading import Chunk
from askwell.app.report import Report
from askwell.ledger.entries import Message
from askwell.sources.imap_fetch import (
    GONE,
    GROUP,
    WHOLE,
    Head,
    Waiting,
    heads,
    letters,
    numbers,
    to_its_end,
)
from askwell.sources.imap_session import Session
from askwell.sources.mail import message_id
from askwell.sources.record import Raw, Skipped
from askwell.store.contract import ASIDE, Place, Spot, Spots

WORTH_SIFTING = 20
"""Letters are looked up by their id before they are fetched while one in so many is known."""


def bring(
    desk: Desk,
    account: Account,
    opened: Session,
    waiting: Sequence[Waiting],
    report: Report,
    touched: set[str],
    progress: Progress | None,
) -> None:
    """Keep what is new in these folders, or only count it in a dry run."""
    total = sum(one.most for one in waiting)
    chunks = _begun(desk, account, _chunks(desk, account, opened, waiting, report), report)
    for chunk in _counted(desk, chunks, report) if report.dry else kept(desk, chunks, report, touched):
        if progress:
            progress(min(chunk.done, total), total)


def _begun(desk: Desk, account: Account, chunks: Iterator[Chunk], report: Report) -> Iterator[Chunk]:
    """The chunks, with an action that begins when the first of them is there."""
    for chunk in chunks:
        if not report.action and not report.dry:
            report.action = desk.store.begin(desk.now, "sync", account.name)
        yield chunk


def _counted(desk: Desk, chunks: Iterator[Chunk], report: Report) -> Iterator[Chunk]:
    for chunk in chunks:
        cut.mend(desk, chunk, report)
        report.bulk += sum(1 for one in chunk.kept if one.message.bulk)
        report.personal += sum(1 for one in chunk.kept if not one.message.bulk)
        yield chunk


def _chunks(
    desk: Desk, account: Account, opened: Session, waiting: Sequence[Waiting], report: Report
) -> Iterator[Chunk]:
    """What is new in these folders, in chunks with the place up to which each folder is in them, and where
    their letters lie. Counts what is not used."""
    seen: deque[dict[str, str]] = deque(maxlen=None if report.dry else UNDERWAY)
    done = 0
    for folder in waiting:
        opened.client.select_folder(folder.name, readonly=True)
        sift = not folder.start and desk.store.counts()["messages"] > 0
        for uids in _groups(opened, folder):
            wanted, spots = _wanted(desk, account, opened, folder, uids, sift, report)
            sift = sift and (len(uids) - len(wanted)) * WORTH_SIFTING >= len(uids)
            messages: list[Message] = []
            for item in letters(opened.client, wanted, f"{account.name}/{folder.name}"):
                if message := _taken(desk, opened, item, spots, report):
                    messages.append(message)
                if len(messages) >= CHUNK:
                    yield _chunk(desk, folder, messages, spots, item.offset, seen, report, done)
                    messages, spots = [], []
            done += len(uids)
            yield _chunk(desk, folder, messages, spots, uids[-1], seen, report, done)


def _groups(opened: Session, folder: Waiting) -> Iterator[list[int]]:
    if not folder.only:
        yield from numbers(opened.client, folder.start, folder.state)
    for at in range(0, len(folder.only), GROUP):
        yield list(folder.only[at : at + GROUP])


def _taken(
    desk: Desk, opened: Session, item: Raw | Skipped, spots: list[Spot], report: Report
) -> Message | None:
    """The message, if it can be used; its spot is noted, unless it went away meanwhile."""
    report.read += 1
    message = None
    if isinstance(item, Skipped):
        report.skip(item)
    else:
        message = parsed(item, desk, report)
        if (
            message and not message.text and len(item.data) >= WHOLE
        ):  # its text stands behind what is attached
            message = parsed(to_its_end(opened.client, item), desk, report)
    if not (isinstance(item, Skipped) and item.why == GONE):
        spots.append(Spot(item.offset, message.id if message else ""))
    return message


def _chunk(
    desk: Desk,
    folder: Waiting,
    messages: list[Message],
    spots: list[Spot],
    last: int,
    seen: deque[dict[str, str]],
    report: Report,
    done: int,
) -> Chunk:
    here = None if folder.only else Place(folder.source, folder.print, last)
    chunk = fresh(desk, messages, seen, report, here, done)
    return replace(chunk, spots=Spots(folder.source, folder.print, tuple(spots)))


def _wanted(
    desk: Desk,
    account: Account,
    opened: Session,
    folder: Waiting,
    uids: list[int],
    sift: bool,
    report: Report,
) -> tuple[list[Head], list[Spot]]:
    """Those of the letters that are to be fetched: no drafts, none that are marked as deleted, and with
    `sift` none that are known; and the spots of the others."""
    found, missing = heads(opened.client, uids, gmail=opened.gmail, ids=sift)
    where = f"{account.name}/{folder.name} UID"
    aside = [(one.uid, one.aside) for one in found if one.aside]
    for uid, why in (*((uid, GONE) for uid in missing), *aside):
        report.read += 1
        report.skip(Skipped(f"{where} {uid}", why))
    spots = [Spot(uid, "", ASIDE) for uid, _ in aside]
    sent = [one for one in found if not one.aside]
    if not sift:
        return sent, spots
    ids = {one.uid: message_id(one.id.decode("utf-8", "replace")) for one in sent}
    known = desk.store.known([one for one in ids.values() if one])
    new = [one for one in sent if ids[one.uid] not in known]
    spots += [Spot(uid, id) for uid, id in ids.items() if id in known]
    report.read += len(sent) - len(new)
    report.known += len(sent) - len(new)
    return new, spots
