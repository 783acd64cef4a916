"""`askwell gate`: whether a letter that a mail program sends goes out, or is held with a reason.

Only what the ledger and the judge know is decided here; how letters come and go is the door's matter
(doors/gate). A letter that cannot be read, is for nobody but the user, or was held within the hour, passes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from askwell.app import held
from askwell.app.ahead import here
from askwell.app.check import check, fails, read_draft, unknown_language
from askwell.app.desk import Desk
from askwell.app.draft import Draft, of_mail
from askwell.judge.asking import could_ask
from askwell.judge.case import Verdict
from askwell.sources.addresses import clean_address
from askwell.sources.bulk import is_shared
from askwell.sources.mail import LONGEST_TEXT
from askwell.text.reading import Reading
from askwell.words import quoted, say

LONGEST_LINE = 490
"""Octets of a reply's text: RFC 5321 4.5.3.1.5 allows 512 with the codes and the line end."""
MOST_STRANGERS = 20
"""People not in the ledger of whom a letter to many is judged: it falls on all of them alike."""
_LETTERS = str.maketrans(
    {"å": "aa", "Å": "Aa", "ø": "oe", "Ø": "Oe", "æ": "ae", "Æ": "Ae", "“": '"', "”": '"', "«": '"', "»": '"'}
    | {"’": "'", "‘": "'", "–": "-", "—": "-", "…": "...", "ß": "ss", "\xa0": " "}
)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A letter on its way out: what of it can be read, its envelope, and when it came (aware)."""

    data: bytes
    sender: str
    to: tuple[str, ...]
    at: datetime
    utf8: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether it goes out. `verdict` is the word where it was judged. If it is held, `line` says why and what
    to do, in one line, and `note` the same at length. `again` marks one that passes since it was sent again;
    `trouble` says why it passes unjudged."""

    passes: bool
    verdict: str = ""
    line: str = ""
    note: str = ""
    subject: str = ""
    again: bool = False
    trouble: str = ""


def decide(desk: Desk, letter: Submitted, level: str) -> Decision:
    """Judge a letter for each of its recipients; hold it if the verdict is at `level` or above.

    What is held is kept in the home. Raises AskwellError if the ledger cannot be used.
    """
    draft = of_mail(letter.data)
    draft = replace(draft, text=draft.text[:LONGEST_TEXT])
    to = _others(desk, letter)
    if level == "never" or not draft.text.strip() or not to or unknown_language(draft.text):
        return Decision(True)
    reading = read_draft(desk, draft)
    if not could_ask(reading, draft.text):
        return Decision(True, "send")

    def reader(text: str, **more: Any) -> Reading:
        return reading if text == draft.text else here(text, **more)

    verdict = check(desk, draft, to, reader)
    if not fails(verdict.verdict, level):
        return Decision(True, verdict.verdict)
    return _held(desk, letter, draft, verdict)


def _others(desk: Desk, letter: Submitted) -> tuple[str, ...]:
    """The recipients that are people other than the user."""
    mine = desk.mine | {clean_address(letter.sender)}
    clean = dict.fromkeys(clean_address(one) for one in letter.to)
    others = [one for one in clean if one and one not in mine and not is_shared(one)]
    strangers = [one for one in others if desk.store.owner(one) is None][MOST_STRANGERS:]
    left_out = frozenset(strangers)
    return tuple(one for one in others if one not in left_out)


def _held(desk: Desk, letter: Submitted, draft: Draft, verdict: Verdict) -> Decision:
    key = held.key_of(letter.sender, letter.to, draft.text)
    before = held.find(desk.home, key)
    if before and abs(letter.at - before.at) <= held.AGAIN_WITHIN:
        held.keep(desk.home, replace(before, passed=letter.at.isoformat(timespec="seconds")))
        return Decision(True, verdict.verdict, again=True)
    kept = held.Held(key, letter.at, letter.sender, letter.to, draft.subject, draft.text, verdict.to_json())
    held.keep(desk.home, kept)
    held.tidy(desk.home, letter.at)
    return Decision(False, verdict.verdict, one_line(verdict, letter.utf8), at_length(kept), draft.subject)


def one_line(verdict: Verdict, utf8: bool) -> str:
    """Why a letter was held and what to do, for a mail program to show: at most LONGEST_LINE octets,
    ASCII unless the mail program speaks SMTPUTF8 (RFC 6531 3.7.4), without its last full stop, since mail
    programs put one behind it."""
    suggest = verdict.findings[0].suggest if verdict.findings else ""
    gentler = say("A gentler letter is ready: askwell gate --held.") if verdict.rewrite else ""
    as_it_is = say("To send this one as it is, send it again within an hour.").rstrip(".")
    for parts in ((suggest, gentler, as_it_is), (gentler, as_it_is), (as_it_is,)):
        line = plain(" ".join(filter(None, (f"Askwell: {verdict.summary}", *parts))), utf8)
        if len(line.encode()) <= LONGEST_LINE:
            return line
    rest = plain(as_it_is, utf8)
    head = plain(f"Askwell: {verdict.summary}", utf8).encode()[: LONGEST_LINE - len(rest.encode()) - 5]
    return f"{head.decode('utf-8', 'ignore')} ... {rest}"


def plain(text: str, utf8: bool = False) -> str:
    """Text as one line of ASCII, as Norwegians write it without their own letters; or of UTF-8."""
    text = " ".join("".join(" " if unicodedata.category(one)[0] == "C" else one for one in text).split())
    if utf8:
        return text
    bare = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return bare.encode("ascii", "ignore").decode()


def at_length(one: held.Held) -> str:
    """The verdict on a letter that was held as plain text: for a mail to oneself."""
    verdict = one.verdict
    parts = [say("Not sent: {subject}", subject=one.subject or "–"), str(verdict["summary"])]
    for finding in verdict["findings"]:
        parts.append("\n".join(filter(None, (finding["message"], finding["why"], *_evidence(finding)))))
        parts.append(finding["suggest"])
    parts += [step["draft"] for step in verdict["first"] if step.get("draft")]
    if verdict["rewrite"]:
        parts.append(f"{say('A gentler letter')}:\n\n{verdict['rewrite'].strip()}")
    parts.append(say("To send this one as it is, send it again within an hour."))
    return "\n\n".join(filter(None, parts)) + "\n"


def _evidence(finding: dict[str, Any]) -> list[str]:
    return [
        f"  {one['date']}  {one['what']}" + (f": {quoted(one['quote'])}" if one.get("quote") else "")
        for one in finding["evidence"]
    ]


def opened(desk: Desk, recipients: Sequence[str] = ()) -> None:
    """Load all that the first letter needs, so that it does not wait."""
    check(desk, Draft("Kunne du tenke deg å lese dette? Could you have a look at this?"), recipients)
