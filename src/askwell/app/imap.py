"""Accounts of the kind `imap`: new mail of a mailbox comes into the ledger. See app/accounts.py.

How far a folder has been read is a `Place`: its print is the folder's UIDVALIDITY, its offset the highest
UID that is in the ledger or was passed over, kept in one transaction with the letters. So a sync that is
killed goes on from there, one with nothing new asks one question a folder, and a server that numbers anew
is read anew: letters that are known are told by their Message-ID, before they are fetched.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from askwell.app import leaving
from askwell.app.accounts import Account, Folder, Progress, place
from askwell.app.desk import Desk
from askwell.app.importing import CHUNK, UNDERWAY, finish, fresh, kept, parsed
from askwell.app.reading import Chunk
from askwell.app.report import Report
from askwell.app.secrets import Secret
from askwell.errors import AskwellError
from askwell.ledger.entries import Message
from askwell.sources.imap_fetch import (
    DRAFT,
    GONE,
    Head,
    Status,
    heads,
    letters,
    numbers,
    status,
)
from askwell.sources.imap_folders import Mailbox, mailboxes
from askwell.sources.imap_session import PORTS, Server, Session, signed_in
from askwell.sources.mail import message_id
from askwell.sources.record import Skipped
from askwell.store.contract import Place
from askwell.words import later, say

ASKED = later("signing in, and asking for new mail")
WORTH_SIFTING = 20
"""Letters are looked up by their id before they are fetched while one in so many is known."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A folder with something new in it: how far it has been read, and how it stands."""

    name: str
    source: str
    start: int
    state: Status

    @property
    def most(self) -> int:
        """How many letters may be new, at most."""
        return min(self.state.messages, self.state.next - 1 - self.start)


def server(account: Account) -> Server:
    """Where the account's mailbox lies, for sources/imap_session.py."""
    return Server(
        account.name,
        account.host,
        account.port,
        account.user,
        account.auth == "xoauth2",
        account.security,
        account.certificate,
    )


@contextmanager
def session(home: Path, account: Account, secret: Secret, door: str, what: str = ASKED) -> Iterator[Session]:
    """The account's mailbox, signed in; it is noted that something leaves. Raises AskwellError."""
    there = f"{account.host}:{account.port or PORTS[account.security]}"
    leaving.note(home, datetime.now(UTC), door, there, what)
    with signed_in(server(account), secret.reveal()) as opened:
        yield opened


def look(account: Account, secret: Secret) -> tuple[Folder, ...]:
    """The folders of the mailbox."""
    with signed_in(server(account), secret.reveal()) as opened:
        found = mailboxes(opened.client)
        return tuple(
            Folder(one.name, one.role, one.proposed, status(opened.client, one.name).messages)
            for one in found
        )


def sync_account(
    desk: Desk, account: Account, secret: Secret, progress: Progress | None = None, dry: bool = False
) -> Report:
    """Bring in the mail that is new. `progress` is told letters looked at, and how many there may be."""
    report = Report(dry=dry)
    touched: set[str] = set()
    try:
        gone = _bring(desk, account, secret, report, touched, progress)
    except AskwellError:
        if report.action:
            finish(desk, report, touched)
        raise
    if report.action:
        finish(desk, report, touched)
    if gone:
        raise _gone(account, gone[0])
    return report


def _bring(
    desk: Desk,
    account: Account,
    secret: Secret,
    report: Report,
    touched: set[str],
    progress: Progress | None,
) -> list[str]:
    """Keep what is new; returns the folders that were chosen and are not there any more."""
    with session(desk.home, account, secret, "sync") as opened:
        chosen, gone = _chosen(account, mailboxes(opened.client))
        waiting = [one for name in chosen if (one := _waiting(desk, account, opened, name))]
        total = sum(one.most for one in waiting)
        chunks = _begun(desk, account, _chunks(desk, account, opened, waiting, report), report)
        for chunk in _counted(chunks, report) if report.dry else kept(desk, chunks, report, touched):
            if progress:
                progress(min(chunk.done, total), total)
    return gone


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


def _chosen(account: Account, found: tuple[Mailbox, ...]) -> tuple[list[str], list[str]]:
    """The folders to read, and those that were chosen but are gone."""
    there = [one.name for one in found]
    if account.only:
        wanted = [name for name in there if name in account.only]
        gone = [name for name in account.only if name not in there]
    else:
        wanted, gone = [one.name for one in found if one.proposed], []
    return [name for name in wanted if name not in account.without], gone


def _waiting(desk: Desk, account: Account, opened: Session, name: str) -> _Waiting | None:
    """A folder, if there may be something new in it."""
    state = status(opened.client, name)
    source = place(account, name)
    known = desk.store.place(source)
    start = known.offset if known and known.print == str(state.validity) else 0
    one = _Waiting(name, source, start, state)
    return one if one.most > 0 else None


def _chunks(
    desk: Desk, account: Account, opened: Session, waiting: list[_Waiting], report: Report
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
    folder: _Waiting,
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


def _gone(account: Account, folder: str) -> AskwellError:
    return AskwellError(
        say(
            '{account}: there is no folder "{folder}" any more; the others were read.',
            account=account.name,
            folder=folder,
        ),
        say("See what there is and choose anew: askwell source add imap {account}", account=account.name),
    )
