"""New letters of a mailbox on their way into the ledger: apart from app/imap.py, which also has to be quick
where there are none.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from askwell.app.accounts import Account, Progress
from askwell.app.desk import Desk
from askwell.app.importing import CHUNK, UNDERWAY, fresh, kept, parsed
from askwell.app.reading import Chunk
from askwell.app.report import Report
from askwell.ledger.entries import Message
from askwell.sources.imap_fetch import DRAFT, GONE, Head, Waiting, heads, letters, numbers
from askwell.sources.imap_session import Session
from askwell.sources.mail import message_id
from askwell.sources.record import Skipped
from askwell.store.contract import Place

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
    for chunk in _counted(chunks, report) if report.dry else kept(desk, chunks, report, touched):
        if progress:
            progress(min(chunk.done, total), total)


def _begun(desk: Desk, account: Account, chunks: Iterator[Chunk], report: Report) -> Iterator[Chunk]:
    """The chunks, with an action that begins when the first of them is there."""
    for chunk in chunks:
        if not report.action and not report.dry:
            report.action = desk.store.begin(desk.now, "sync", account.name)
        yield chunk


def _counted(chunks: Iterator[Chunk], report: Report) -> Iterator[Chunk]:
    for chunk in chunks:
        report.bulk += sum(1 for one in chunk.kept if one.message.bulk)
        report.personal += sum(1 for one in chunk.kept if not one.message.bulk)
        yield chunk


def _chunks(
    desk: Desk, account: Account, opened: Session, waiting: Sequence[Waiting], report: Report
) -> Iterator[Chunk]:
    """What is new in these folders, in chunks with the place up to which each folder is in them. Counts
    what is not used."""
    seen: deque[dict[str, str]] = deque(maxlen=None if report.dry else UNDERWAY)
    done = 0
    for folder in waiting:
        opened.client.select_folder(folder.name, readonly=True)
        sift = not folder.start and desk.store.counts()["messages"] > 0
        for uids in numbers(opened.client, folder.start, folder.state):
            wanted = _wanted(desk, account, opened, folder, uids, sift, report)
            sift = sift and (len(uids) - len(wanted)) * WORTH_SIFTING >= len(uids)
            messages: list[Message] = []
            for item in letters(opened.client, wanted, f"{account.name}/{folder.name}"):
                report.read += 1
                if isinstance(item, Skipped):
                    report.skip(item)
                elif message := parsed(item, desk, report):
                    messages.append(message)
                if len(messages) >= CHUNK:
                    here = Place(folder.source, str(folder.state.validity), item.offset)
                    yield fresh(desk, messages, seen, report, here, done)
                    messages = []
            done += len(uids)
            here = Place(folder.source, str(folder.state.validity), uids[-1])
            yield fresh(desk, messages, seen, report, here, done)


def _wanted(
    desk: Desk,
    account: Account,
    opened: Session,
    folder: Waiting,
    uids: list[int],
    sift: bool,
    report: Report,
) -> list[Head]:
    """Those of the letters that are to be fetched: no drafts, and with `sift` none that are known."""
    found, missing = heads(opened.client, uids, gmail=opened.gmail, ids=sift)
    where = f"{account.name}/{folder.name} UID"
    drafts = [one.uid for one in found if one.draft]
    for uid, why in (*((uid, GONE) for uid in missing), *((uid, DRAFT) for uid in drafts)):
        report.read += 1
        report.skip(Skipped(f"{where} {uid}", why))
    sent = [one for one in found if not one.draft]
    if not sift:
        return sent
    ids = {one.uid: message_id(one.id.decode("utf-8", "replace")) for one in sent}
    known = desk.store.known([one for one in ids.values() if one])
    new = [one for one in sent if ids[one.uid] not in known]
    report.read += len(sent) - len(new)
    report.known += len(sent) - len(new)
    return new
