"""Accounts of the kind `imap`: new mail of a mailbox comes into the ledger. See app/accounts.py.

How far a folder has been read is a `Place`: its print is the folder's UIDVALIDITY, its offset the highest
UID that is in the ledger or was passed over, kept in one transaction with the letters. So a sync that is
killed goes on from there, one with nothing new asks one question a folder, and a server that numbers anew
is read anew: letters that are known are told by their Message-ID, before they are fetched. What became of
letters that were read is in app/imap_changes.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from askwell.app import leaving
from askwell.app.accounts import Account, Folder, Progress, place
from askwell.app.desk import Desk
from askwell.app.report import Report
from askwell.app.secrets import Secret
from askwell.errors import AskwellError
from askwell.sources.imap_fetch import Waiting, senders, status
from askwell.sources.imap_folders import Mailbox, mailboxes
from askwell.sources.imap_session import PORTS, Server, Session, signed_in
from askwell.words import later, say

ASKED = later("signing in, and asking for new mail")


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


def sent_from(account: Account, secret: Secret) -> tuple[str, ...]:
    """The addresses that the newest sent letters are from, the most frequent first; once is no habit."""
    with signed_in(server(account), secret.reveal()) as opened:
        found = [one.name for one in mailboxes(opened.client) if one.role == "sent"]
        counts = senders(opened.client, found[0]) if found else Counter[str]()
        return tuple(address for address, count in counts.most_common() if count > 1)


def sync_account(
    desk: Desk, account: Account, secret: Secret, progress: Progress | None = None, dry: bool = False
) -> Report:
    """Bring in the mail that is new. `progress` is told letters looked at, and how many there may be."""
    report = Report(dry=dry)
    touched: set[str] = set()
    try:
        with session(desk.home, account, secret, "sync") as opened:
            found = mailboxes(opened.client)
            chosen, gone = _chosen(account, found)
            folders = [_folder(desk, account, opened, name) for name in chosen]
            there = {place(account, one.name) for one in found}
            if _anything(desk, account, folders, there):
                from askwell.app.imap_changes import bring_all

                bring_all(desk, account, opened, folders, there, report, touched, progress)
    except AskwellError:
        _finish(desk, report, touched)
        raise
    _finish(desk, report, touched)
    if gone:
        raise _gone(account, gone[0])
    return report


def _finish(desk: Desk, report: Report, touched: set[str]) -> None:
    if report.action:
        from askwell.app.importing import finish

        finish(desk, report, touched)


def _chosen(account: Account, found: tuple[Mailbox, ...]) -> tuple[list[str], list[str]]:
    """The folders to read, and those that were chosen but are gone."""
    there = [one.name for one in found]
    if account.only:
        wanted = [name for name in there if name in account.only]
        gone = [name for name in account.only if name not in there]
    else:
        wanted, gone = [one.name for one in found if one.proposed], []
    return [name for name in wanted if name not in account.without], gone


def _folder(desk: Desk, account: Account, opened: Session, name: str) -> Waiting:
    """A folder, how it stands, and how far it has been read."""
    state = status(opened.client, name)
    source = place(account, name)
    known = desk.store.place(source)
    start = known.offset if known and known.print == str(state.validity) else 0
    return Waiting(name, source, start, state)


def _anything(desk: Desk, account: Account, folders: list[Waiting], there: set[str]) -> bool:
    """Whether there may be anything to do: new letters, others that changed, or folders that are gone."""
    if any(one.most > 0 or stirred(desk, one) for one in folders):
        return True
    return not there.issuperset(desk.store.sources(place(account, "")))


def stirred(desk: Desk, folder: Waiting) -> bool:
    """Whether anything may have changed among the letters of a folder that were read."""
    if folder.state.mark:
        return desk.store.mark(folder.source, folder.print) != folder.state.mark
    return desk.store.lying(folder.source, folder.print) != folder.state.messages


def _gone(account: Account, folder: str) -> AskwellError:
    return AskwellError(
        say(
            '{account}: there is no folder "{folder}" any more; the others were read.',
            account=account.name,
            folder=folder,
        ),
        say("See what there is and choose anew: askwell source add imap {account}", account=account.name),
    )
