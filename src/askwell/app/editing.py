"""A draft as it stands in an editor: whom it names, where its letter begins, and what to mark in it.

A mail names people in its To. Any other text may have a line `askwell: to=kari, tom` anywhere among its
first or last five lines, in a comment or not, as editors' modelines do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from askwell.app.ahead import Reader, here
from askwell.app.check import check
from askwell.app.desk import Desk
from askwell.app.draft import Draft, parse_draft
from askwell.errors import AskwellError
from askwell.judge.case import Finding, Verdict
from askwell.text.reading import Span
from askwell.words import quoted, say

NEAR = 5
_MODELINE = re.compile(r"(?:^|\s)askwell:\s*to=([^\n]*)", re.IGNORECASE)
_TO = re.compile(r"^(?:To|Til):", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """A text in an editor: the draft in it, whom its modeline names, and where the letter begins.

    `start` is an offset in code points into the text as the editor has it (with `\\n` line ends), or -1 if
    the letter does not stand there as it is read (an encoded mail)."""

    source: str
    draft: Draft
    named: tuple[str, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to say of a place in the text. `level` is a finding's, or `trouble`."""

    span: Span
    level: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a page: the verdict (None if there was nothing to judge) and its marks."""

    page: Page
    verdict: Verdict | None
    marks: tuple[Mark, ...]

    @property
    def gentler(self) -> tuple[Span, str] | None:
        """The part of the source that the gentler letter takes the place of, and the letter."""
        if not self.verdict or not self.verdict.rewrite or self.page.start < 0:
            return None
        end = self.page.start + len(self.page.draft.text.rstrip())
        return (self.page.start, end), self.verdict.rewrite.rstrip()


def page(source: str) -> Page:
    """The draft in an editor's text. Raises AskwellError as `parse_draft` does."""
    source = source.replace("\r\n", "\n")
    named, plain = _modeline(source)
    draft = parse_draft(plain.encode("utf-8", "replace"))
    start = len(plain) - len(draft.text) if plain.endswith(draft.text) else -1
    skipped = len(draft.text) - len(draft.text.lstrip())
    if start >= 0 and skipped:  # what stands before the letter is no part of it
        draft, start = replace(draft, text=draft.text[skipped:]), start + skipped
    return Page(source, draft, named, start)


def look(desk: Desk, source: str, reader: Reader = here, to: Sequence[str] = (), subject: str = "") -> Looked:
    """Judge the draft in an editor's text, to those named in `to`, else in the text. What is wrong with it (a
    name that is nobody's) is a mark."""
    try:
        found = page(source)
    except AskwellError:  # empty, or headers alone: nothing has been written yet
        return Looked(Page(source, Draft(""), (), -1), None, ())
    if subject:
        found = replace(found, draft=replace(found.draft, subject=subject))
    try:
        verdict = check(desk, found.draft, to or found.named, reader)
    except AskwellError as error:
        told = "\n".join(say(one) for one in (error.message, error.hint) if one)
        return Looked(found, None, (Mark(_heading(found), "trouble", "askwell", told),))
    return Looked(found, verdict, tuple(_mark(found, one, verdict) for one in verdict.findings))


def _modeline(source: str) -> tuple[tuple[str, ...], str]:
    """Whom the modeline names, and the text with that line blanked, so that all places stay."""
    lines = source.split("\n")
    near = (*range(min(NEAR, len(lines))), *range(max(0, len(lines) - NEAR), len(lines)))
    for n in near:
        if found := _MODELINE.search(lines[n]):
            names = re.split(r"[,;]", re.sub(r"(?:-->|\*/|#\})\s*$", "", found[1]))
            lines[n] = " " * len(lines[n])
            return tuple(one.strip().strip("\"'") for one in names if one.strip()), "\n".join(lines)
    return (), source


def _mark(found: Page, finding: Finding, verdict: Verdict) -> Mark:
    parts = [finding.message, finding.why]
    for one in finding.evidence:
        quote = f" {quoted(one.quote)}" if one.quote else ""
        parts.append(f"{one.date.isoformat()}  {one.what}{quote}")
    parts.append(finding.suggest)
    return Mark(_place(found, finding, verdict), finding.level, finding.id, "\n".join(filter(None, parts)))


def _place(found: Page, finding: Finding, verdict: Verdict) -> Span:
    """Where a finding stands in the source; one on the whole letter stands at its first ask."""
    asks: Sequence[Span] = [act.span for act in verdict.acts if act.act in ("ask", "nudge")]
    span = finding.span or next(iter(asks), None)
    if span and found.start >= 0:
        return found.start + span[0], found.start + span[1]
    if span:
        words = found.draft.text[span[0] : span[1]]
        at = found.source.find(words)
        if at >= 0:
            return at, at + len(words)
    return _heading(found)


def _heading(found: Page) -> Span:
    """The line that names the addressee, else the first line."""
    at = next((one.start() for one in (_TO.search(found.source), _MODELINE.search(found.source)) if one), 0)
    end = found.source.find("\n", at + 1)
    return at, end if end >= 0 else len(found.source)
