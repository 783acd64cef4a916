"""`askwell sync`: what is new in all accounts, one after another. One account's trouble stops no other."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from askwell.app.accounts import Account, account, accounts, kind
from askwell.app.desk import Desk
from askwell.app.gone import look
from askwell.app.report import UNFINISHED, Report
from askwell.app.secrets import secret
from askwell.errors import AskwellError
from askwell.words import say

LOOKED_BACK = 1000
_RELEASED = "again:"
"""With an account's name, the setting that holds which of its undone syncs may come again."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Synced:
    """What came of one account: a report, or what is in the way. `paused` is the number of a sync
    that the user took back. `gone` is how many letters of the ledger lie on the server no longer, where
    this sync found more of them."""

    account: Account
    report: Report | None = None
    trouble: AskwellError | None = None
    paused: int = 0
    gone: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "account": self.account.name,
            "kind": self.account.kind,
            "report": self.report.to_json() if self.report else None,
            "trouble": {"message": self.trouble.message, "hint": self.trouble.hint} if self.trouble else None,
            "paused": self.paused or None,
            "gone": {"new": self.report.gone, "all": self.gone} if self.report else None,
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

    An account of which a sync was taken back (`askwell undo`) is passed over until `again`: what was
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
    if again and not dry:
        _release(desk, one.name)
    if not again and (paused := taken_back(desk, one.name)):
        return Synced(one, paused=paused)
    try:
        word = secret(desk.home, one)
        told = (lambda done, total: progress(one.name, done, total)) if progress else None
        report = kind(one).sync_account(desk, one, word, told, dry)
        return Synced(one, report, gone=len(look(desk, [one]).letters) if report.gone else 0)
    except AskwellError as error:
        return Synced(one, trouble=error)


def taken_back(desk: Desk, name: str) -> int:
    """The number of the newest sync of this account that the user took back, and has not asked for again;
    0 if there is none. An older one counts as well: to read on would bring its mail again too."""
    released = json.loads(desk.store.get(_RELEASED + name) or "[]")
    return max((number for number in _undone(desk, name) if number not in released), default=0)


def _release(desk: Desk, name: str) -> None:
    """From now on the mail of syncs that were taken back may come again."""
    desk.store.set(_RELEASED + name, json.dumps(_undone(desk, name)))


def _undone(desk: Desk, name: str) -> list[int]:
    every = desk.store.actions(LOOKED_BACK)
    return [one.id for one in every if one.undone and (one.verb, one.what) == ("sync", name)]


def _resume(desk: Desk) -> None:
    """Bring to its end what was killed after its mail was in."""
    number = int(desk.store.get(UNFINISHED) or 0)
    if not number:
        return
    from askwell.app.importing import finish

    counts = any(one.id == number and not one.undone for one in desk.store.actions(LOOKED_BACK))
    if counts:
        finish(desk, Report(action=number, resumed=True), set())
    else:
        desk.store.set(UNFINISHED, "")
