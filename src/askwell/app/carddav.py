"""Accounts of the kind `carddav`: address books on a server. See app/accounts.py for the two functions."""

from __future__ import annotations

from askwell.app import dav
from askwell.app.accounts import Account, Folder, Progress
from askwell.app.desk import Desk
from askwell.app.report import Report
from askwell.app.secrets import Secret
from askwell.sources.dav_xml import CARD


def look(account: Account, secret: Secret) -> tuple[Folder, ...]:
    """The account's address books."""
    return dav.look(account, secret, CARD)


def sync_account(
    desk: Desk, account: Account, secret: Secret, progress: Progress | None = None, dry: bool = False
) -> Report:
    """Bring in the cards that are new or changed."""
    return dav.sync(desk, account, secret, CARD, progress, dry)
