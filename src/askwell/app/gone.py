"""`askwell sync --forget-gone`: letters that lie on the server no longer are taken out of the ledger as well.

Never by itself: whoever clears out a mailbox has not asked to forget who helped them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from askwell.app.accounts import Account, place
from askwell.app.desk import Desk
from askwell.errors import AskwellError
from askwell.words import say, say_many

FEW = 10
SHARE = 10
"""More than FEW letters, and more than one in SHARE of all: nobody takes out so many without being asked."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The letters of some accounts that are gone from the server, by Message-ID, and how many letters the
    ledger has in all."""

    letters: frozenset[str]
    of: int

    @property
    def many(self) -> bool:
        """Whether the user should be asked before they are taken out."""
        return len(self.letters) > FEW and len(self.letters) * SHARE > self.of


def look(desk: Desk, accounts: Sequence[Account]) -> Gone:
    """What is gone from the servers of these accounts, as the last syncs found it. What other accounts or
    files hold, or brought, is not among it."""
    found = frozenset[str]().union(
        *(desk.store.vanished(place(one, "")) for one in accounts if one.kind == "imap")
    )
    return Gone(found, desk.store.counts()["messages"])


def forget(desk: Desk, gone: Gone, *, yes: bool = False) -> int:
    """Take these letters out, for good; returns how many they were. Raises AskwellError for many, unless
    the user has said `yes`."""
    if gone.many and not yes:
        raise AskwellError(question(gone), say("If so, say it with --yes."), http_status=409)
    return desk.store.remove(gone.letters) if gone.letters else 0


def question(gone: Gone) -> str:
    """What the user is asked."""
    return say_many(
        "Take {count} message that is gone from the server out of the ledger, of {of}?",
        "Take {count} messages that are gone from the server out of the ledger, of {of}?",
        len(gone.letters),
        of=f"{gone.of:,}",
    )
