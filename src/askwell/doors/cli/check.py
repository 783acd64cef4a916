"""`askwell check`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from askwell.app.names import step_name, verdict_name
from askwell.doors.cli.frame import Frame, day, read_file, verb
from askwell.settings import CHOICES
from askwell.words import say

if TYPE_CHECKING:
    from askwell.doors.cli.paper import Paper
    from askwell.judge.case import Finding, Verdict


@verb("check")
@click.argument("draft")
@click.option("--to", multiple=True, metavar="PERSON", help="Whom it goes to; else the draft's own To.")
@click.option("--on", metavar="DATE", help="The day it would be sent (else today).")
@click.option("--fail-on", type=click.Choice(CHOICES["fail_on"]), help="From which verdict to exit with 1.")
@click.option("--why", is_flag=True, help="Show what the verdict was weighed from.")
@click.option("--model", is_flag=True, help="Let the model of your settings write the letter.")
@click.option("--show-what-leaves", is_flag=True, help="Only show what would go to that model.")
def command(
    frame: Frame,
    draft: str,
    to: tuple[str, ...],
    on: str | None,
    fail_on: str | None,
    why: bool,
    model: bool,
    show_what_leaves: bool,
) -> int:
    """Is this draft wise to send, to this person, today?

    DRAFT is a file (text, or a mail with its own To) or - for standard input. Exits with 0 if the verdict
    is milder than --fail-on (usually wait), with 1 if not, with 2 if something is wrong. It is advice:
    you can always send.
    """
    from askwell.app.ahead import reader
    from askwell.app.draft import parse_draft

    letter = parse_draft(read_file(draft), draft if draft != "-" else say("the draft"))
    with reader(letter.text) as read:  # first: it loads while the ledger is opened
        from askwell.app.check import check, fails, unknown_language

        with frame.desk(day(on)) as desk:
            verdict = check(desk, letter, to, read)
            level = fail_on or desk.settings.fail_on
            if show_what_leaves:
                from askwell.doors.cli.model import show_leaving

                return show_leaving(frame, desk, letter, verdict)
            written = None
            if model:
                from askwell.app.model import endpoint, rewritten

                written = rewritten(desk, letter, to, verdict, endpoint(desk))
                verdict = replace(verdict, rewrite=written.text) if written else verdict
    if frame.json:
        result = verdict.to_json() | ({"rewrite_by": written.to_json()} if written else {})
        frame.result(result | {"weight": dict(verdict.weight)} if why else result)
    else:
        if strange := unknown_language(letter.text):
            paper = frame.paper
            paper.put(say("This looks like {lang}, which Askwell does not read.", lang=strange), "quiet")
            paper.put(say("It reads English, bokmål and nynorsk; take what follows with care."), "quiet")
        show(frame.paper, verdict, why)
        if written:
            frame.paper.put()
            frame.paper.put(written.said(), "quiet")
    return 1 if fails(verdict.verdict, level) else 0


def show(paper: Paper, verdict: Verdict, why: bool = False) -> None:
    """A verdict in words: the word, why, what to do first, a better letter; what it was weighed from."""
    paper.put(verdict_name(verdict.verdict), verdict.verdict)
    paper.put(verdict.summary)
    for finding in verdict.findings:
        paper.put()
        _finding(paper, finding)
    if verdict.first:
        paper.put()
        paper.put(say("First"), "title")
    for step in verdict.first:
        paper.put(f"{step_name(step.do)}: {step.about}", indent=2)
        if step.draft:
            paper.letter(step.draft)
    if verdict.not_before:
        paper.put()
        paper.put(say("Not before {day}.", day=verdict.not_before.isoformat()))
    if verdict.rewrite:
        paper.put()
        paper.put(say("A gentler letter"), "title")
        paper.letter(verdict.rewrite)
    if why:
        paper.put()
        paper.put(say("Weighed from"), "title")
        paper.rows([(name.replace("_", " "), f"{value:g}") for name, value in verdict.weight])


def _finding(paper: Paper, finding: Finding) -> None:
    paper.put(finding.message, "title")
    paper.put(finding.why, indent=2)
    for one in finding.evidence:
        paper.put(f"{one.date.isoformat()}  {one.what}", indent=2)
        if one.quote:
            paper.quote(one.quote, 14)
        paper.put(f"<{one.source}>", "quiet", 14)
    if finding.suggest:
        paper.put(finding.suggest, indent=2)
    paper.put(finding.id, "quiet", 2)
