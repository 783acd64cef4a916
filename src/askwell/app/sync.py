"""`askwell sync`: what is new in all accounts, one after another. One account's trouble stops no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from askwell.app.accounts import Account, account, accounts, kind
from askwell.app.desk import Desk
from askwell.app.importing import UNFINISHED, finish
from askwell.app.report import Report
from askwell.app.secrets import secret
from askwell.errors import AskwellError
from askwell.words import say

LOOKED_BACK = 1000

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Synced:
    """What came of one account: a report, or what is in the way. `paused` is the number of its last sync,
    where the user took that back."""

    account: Account
    report: Report | None = None
    trouble: AskwellError | None = None
    paused: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "account": self.account.name,
            "kind": self.account.kind,
            "report": self.report.to_json() if self.report else None,
            "trouble": {"message": self.trouble.message, "hint": self.trouble.hint} if self.trouble else None,
            "paused": self.paused or None,
        }


def sync(
    desk: Desk,
    names: Sequence[str] = (),
    progress: Progress | None = None,
    *,
    dry: bool = False,
    again: bool = False,
) -> tuple[Synced, ...]:
    """Bring in what is new in these accounts, in all for none. `progress` is told the account, how much of
    it is done, and how much there is. `dry` counts the same and keeps nothing.

    An account whose last sync was taken back (`askwell undo`) is passed over until `again`: what was
    taken out does not come back by itself. Raises AskwellError for a name that there is not, where there
    is no account at all, and where another import is running.
    """
    chosen = [account(desk.home, name) for name in names] or list(accounts(desk.home))
    if not chosen:
        raise AskwellError(
            say("There is no account to sync."), say("Add one: askwell source add imap NAME --user ADDRESS")
        )
    with nullcontext() if dry else desk.store.lock():
        if not dry:
            _resume(desk)
        return tuple(_one(desk, one, progress, dry, again) for one in chosen)


def _one(desk: Desk, one: Account, progress: Progress | None, dry: bool, again: bool) -> Synced:
    paused = 0 if again else taken_back(desk, one.name)
    if paused:
        return Synced(one, paused=paused)
    try:
        word = secret(desk.home, one)
        told = (lambda done, total: progress(one.name, done, total)) if progress else None
        return Synced(one, kind(one).sync_account(desk, one, word, told, dry))
    except AskwellError as error:
        return Synced(one, trouble=error)


def taken_back(desk: Desk, name: str) -> int:
    """The number of the account's last sync if the user took it back, else 0."""
    for action in desk.store.actions(LOOKED_BACK):
        if action.verb == "sync" and action.what == name:
            return action.id if action.undone else 0
    return 0


def _resume(desk: Desk) -> None:
    """Bring to its end what was killed after its mail was in."""
    number = int(desk.store.get(UNFINISHED) or 0)
    if not number:
        return
    counts = any(one.id == number and not one.undone for one in desk.store.actions(LOOKED_BACK))
    if counts:
        finish(desk, Report(action=number, resumed=True), set())
    else:
        desk.store.set(UNFINISHED, "")
