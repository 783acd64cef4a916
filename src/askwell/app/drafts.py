"""`askwell drafts`: letters that lie in the mailbox's folder of drafts, each judged before it is sent.

What is found comes back as a keyword on the draft, and with `notes` as a mail of one's own in the folder
"Askwell". The draft itself is never touched. A note goes when its draft was changed, sent or thrown away.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from askwell.app import imap, leaving
from askwell.app.accounts import Account
from askwell.app.check import check, unknown_language
from askwell.app.desk import Desk, open_desk
from askwell.app.draft import Draft, of_mail
from askwell.app.names import verdict_name
from askwell.app.secrets import Secret
from askwell.errors import AskwellError
from askwell.judge.case import Finding, Verdict
from askwell.sources import imap_drafts
from askwell.sources.imap_drafts import KEYWORD, Found
from askwell.sources.imap_folders import drafts as drafts_folder
from askwell.sources.imap_folders import mailboxes
from askwell.sources.imap_session import AWAY, PORTS, Session
from askwell.sources.mail import LONGEST_TEXT, NOTE
from askwell.words import later, quoted, say

LOOKED = later("signing in, and asking for drafts")
NOTED = later("a note on a draft, into your own mailbox")
NOTHING_SAID = ("", "send")
PASSING = (AWAY, 503)
"""The statuses of troubles that pass: the server is away, or another program has the ledger locked."""
FRESH = 900.0
"""Seconds after which a watch judges anew what lies there unchanged."""
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds before a connection is tried again."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft and what is to be said of it: nothing where it has no words yet, or none that Askwell reads.
    `changed` says that the keyword on it was set anew; `trouble` why it could not be judged."""

    account: str
    key: str
    subject: str
    to: tuple[str, ...]
    verdict: Verdict | None = None
    changed: bool = False
    trouble: str = ""

    @property
    def word(self) -> str:
        return self.verdict.verdict if self.verdict else ""

    def to_json(self) -> dict[str, Any]:
        return {
            "account": self.account,
            "draft": self.key,
            "subject": self.subject,
            "to": list(self.to),
            "verdict": self.verdict.to_json() if self.verdict else None,
            "trouble": self.trouble or None,
        }


@dataclass(frozen=True, slots=True)
class Round:
    """What one look brought. `keywords` is false where the server keeps none, so that only notes tell.
    `away` is the trouble that a watch waits out."""

    drafts: tuple[Judged, ...] = ()
    keywords: bool = True
    away: AskwellError | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "askwell.drafts/1",
            "drafts": [one.to_json() for one in self.drafts],
            "keywords": self.keywords,
            "trouble": self.away.message if self.away else None,
        }


@dataclass(slots=True)
class Known:
    """What was said of drafts in a watch, by their keys: a mail program may save one every minute. It holds
    for the day, and for FRESH seconds, since the ledger learns meanwhile."""

    day: date = date.min
    since: float = 0.0
    judged: dict[str, Judged] = field(default_factory=dict)

    def of(self, today: date) -> dict[str, Judged]:
        """What still holds."""
        now = time.monotonic()
        if today != self.day or now - self.since > FRESH:
            self.day, self.since, self.judged = today, now, {}
        return self.judged


def drafts(desk: Desk, account: Account, secret: Secret, *, notes: bool = False) -> Round:
    """Judge all drafts of an account and mark them, once. Raises AskwellError."""
    with imap.session(desk.home, account, secret, "drafts", LOOKED) as opened:
        found, _ = _round(desk, account, opened, _folder(account, opened), notes, {})
        return found


def watch(
    home: Path,
    account: Account,
    secret: Callable[[], Secret],
    today: Callable[[], date],
    lang: str,
    *,
    notes: bool = False,
) -> Iterator[Round]:
    """Judge the drafts now, and again whenever one changes; never ends. The ledger is open only while
    drafts are judged. A connection that breaks is made anew, with pauses. Raises AskwellError where trying
    again is no use (the password is wrong, there is no folder of drafts)."""
    pause = FIRST_PAUSE
    known = Known()
    while True:
        try:
            with imap.session(home, account, secret(), "drafts", LOOKED) as opened:
                folder = _folder(account, opened)
                while True:
                    with open_desk(home, today(), lang) as desk:
                        judged = known.of(desk.today)
                        found, uids = _round(desk, account, opened, folder, notes, judged)
                    pause = FIRST_PAUSE
                    yield found
                    imap_drafts.wait(opened.client, uids)
        except AskwellError as error:
            if error.http_status not in PASSING:
                raise
            yield Round(away=error)
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def _folder(account: Account, opened: Session) -> str:
    found = drafts_folder(mailboxes(opened.client))
    if not found:
        raise AskwellError(
            f"{account.name}: " + say("there is no folder of drafts."),
            say("Save a letter as a draft in your mail program first: it makes the folder."),
        )
    return found


def _round(
    desk: Desk, account: Account, opened: Session, folder: str, notes: bool, known: dict[str, Judged]
) -> tuple[Round, list[int]]:
    """One look at the folder, which is open at the end of it, and the numbers of what is there. What is
    `known` is not judged again."""
    there, keywords = imap_drafts.read(opened.client, folder, known)
    judged = []
    for one in there:
        said = known[one.key] = known.get(one.key) or _judged(desk, account, one)
        if keywords:
            word = KEYWORD + said.word.capitalize() if said.word else ""
            said = replace(said, changed=imap_drafts.mark(opened.client, one, word))
        judged.append(said)
    _keep_notes(desk, account, opened, judged, notes)
    opened.client.select_folder(folder)
    return Round(tuple(judged), keywords), [one.uid for one in there]


def _judged(desk: Desk, account: Account, found: Found) -> Judged:
    draft = of_mail(found.data)
    draft = replace(draft, text=draft.text[:LONGEST_TEXT])
    one = Judged(account.name, found.key, draft.subject, draft.to)
    if not _to_others(desk, draft) or not draft.text.strip() or unknown_language(draft.text):
        return one
    try:
        return replace(one, verdict=check(desk, draft))
    except AskwellError as error:  # a name in To that is nobody's, or several people's
        return replace(one, trouble=error.message)


def _to_others(desk: Desk, draft: Draft) -> bool:
    """Whether it is for somebody besides the user; one without an address may be."""
    return not draft.to or any(one not in desk.mine for one in draft.to)


def _keep_notes(desk: Desk, account: Account, opened: Session, judged: Sequence[Judged], new: bool) -> None:
    """Remove notes whose draft is gone or judged otherwise now; with `new` put those that are missing."""
    wanted = {}
    for one in judged:
        if one.word not in NOTHING_SAID:
            text = in_words(one)
            wanted[f"{one.key}.{hashlib.sha256(text.encode()).hexdigest()[:12]}"] = (one, text)
    there = imap_drafts.notes(opened.client)
    old = [uid for key, uids in there.items() for uid in (uids if key not in wanted else uids[1:])]
    imap_drafts.remove_notes(opened.client, old)
    for key, (one, text) in wanted.items():
        if new and key not in there:
            mail = _note(account, one, key, text)
            host = f"{account.host}:{account.port or PORTS[account.security]}"
            leaving.note(desk.home, datetime.now(UTC), "drafts", host, NOTED, len(mail))
            imap_drafts.add_note(opened.client, mail)


def _note(account: Account, one: Judged, key: str, text: str) -> bytes:
    """The note as a mail from the user to themselves. Its header tells any import that it is no letter."""
    mail = EmailMessage(policy=SMTP.clone(max_line_length=998))
    mine = account.user if "@" in account.user else f"{account.user}@{account.host}"
    mail["From"] = f"Askwell <{mine}>"
    mail["To"] = mine
    mail["Subject"] = f"{verdict_name(one.word)}: {one.subject or '–'}"
    mail["Date"] = datetime.now(UTC)
    mail["Message-ID"] = f"<{key}@askwell.invalid>"
    mail[NOTE.title()] = key
    mail.set_content(text)
    return mail.as_bytes()


def in_words(one: Judged) -> str:
    """The verdict on a draft as plain text."""
    verdict = one.verdict
    if verdict is None:
        return ""
    parts = [verdict.summary]
    for finding in verdict.findings:
        parts.append("\n".join(filter(None, (finding.message, finding.why, *_evidence(finding)))))
        parts.append(finding.suggest)
    parts += [step.draft for step in verdict.first if step.draft]
    if verdict.not_before:
        parts.append(say("Not before {day}.", day=verdict.not_before.isoformat()))
    if verdict.rewrite:
        parts.append(f"{say('A gentler letter')}:\n\n{verdict.rewrite}")
    parts.append(say("This is advice: you can always send. Your draft is as you left it."))
    return "\n\n".join(filter(None, parts)) + "\n"


def _evidence(finding: Finding) -> list[str]:
    return [
        f"  {one.date.isoformat()}  {one.what}"
        + (f": {quoted(' '.join(one.quote.split()))}" if one.quote else "")
        for one in finding.evidence
    ]
