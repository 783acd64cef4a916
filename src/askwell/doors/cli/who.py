"""`askwell who`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from askwell.doors.cli.frame import Frame, day, verb
from askwell.words import say, say_many

if TYPE_CHECKING:
    from askwell.app.who import Hit, Reason
    from askwell.doors.cli.paper import Paper


@verb("who")
@click.argument("words", nargs=-1)
@click.option("--at", metavar="FIRM", help="Only those who work there.")
@click.option("--all", "every", is_flag=True, help="Everybody who was found.")
@click.option("--on", metavar="DATE", help="Act as if it were this day.")
def command(frame: Frame, words: tuple[str, ...], at: str | None, every: bool, on: str | None) -> None:
    """Who has to do with WORDS, or works at a firm, and what one may ask them as things stand.

    Words are found in all their forms, and in compounds: "vindkraft" in "vindkraftprosjektene". Several in a
    row stand in quotes.
    """
    from askwell.app.who import SHOWN, who

    with frame.desk(day(on)) as desk:
        found = who(desk, " ".join(words), at=at or "", shown=100_000 if every else SHOWN)
    if frame.json:
        frame.result(found.to_json())
        return
    paper = frame.paper
    if not found.hits:
        paper.put(say("Nobody in the ledger has to do with this, as far as is known."))
        return
    for hit in found.hits:
        _show(paper, hit)
        paper.put()
    if found.more:
        paper.put(say_many("There is one more: --all", "There are {count} more: --all", found.more), "quiet")


def _show(paper: Paper, hit: Hit) -> None:
    from askwell.app.names import name

    one = hit.line
    work = ", ".join(part for part in (one.person.title, one.person.org) if part)
    paper.put(one.person.name + (f", {work}" if work else ""), "title")
    before = ", " + say("earlier {stage}", stage=name(one.was)) if one.was else ""
    paper.put(say("As far as is known: {stage}.", stage=name(one.stage) + before), indent=2)
    if hit.reconnect:
        paper.put(say("Say hello first, without an errand."), indent=2)
    if not one.personal:
        _bears(paper, hit)
    for path in hit.paths:
        day = path.day.isoformat()
        paper.put(say("{name} introduced you on {day}.", name=path.by.name, day=day), indent=2)
    for reason in hit.why:
        _why(paper, reason)


def _bears(paper: Paper, hit: Hit) -> None:
    from askwell.app.names import name

    one = hit.line
    if one.bears:
        paper.put(say("It bears: {what}.", what=name(one.bears)), indent=2)
    if one.too_much:
        paper.put(say("Too much as yet: {what}.", what=name(one.too_much)), indent=2)
    if one.until:
        paper.put(say("Ask nothing new before {day}.", day=one.until.isoformat()), indent=2)


def _why(paper: Paper, reason: Reason) -> None:
    if not reason.quote:
        if reason.what == "tag":
            paper.put(say("Tags: {words}", words=reason.words), indent=2)
        if reason.what == "met":
            paper.put(say("How you met: {words}", words=reason.words), indent=2)
        return
    paper.put(reason.day.isoformat() if reason.day else "", indent=2)
    paper.quote(reason.quote[:200], 14)
    paper.put(f"<{reason.source}>", "quiet", 14)
