"""`askwell people`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from askwell.app.names import name, reason_name
from askwell.doors.cli.frame import Frame, day, verb
from askwell.doors.cli.paper import bar
from askwell.ledger.person import STAGES
from askwell.words import say, say_many

if TYPE_CHECKING:
    from askwell.app.desk import Desk
    from askwell.judge.line import Line

SORTS = ("name", "firm", "stage", "last")


@verb("people")
@click.argument("words", nargs=-1)
@click.option("--tag", default="", help="Only those with this tag.")
@click.option("--stage", type=click.Choice(STAGES), help="Only those whom you know so well.")
@click.option("--sort", type=click.Choice(SORTS), default="name", help="How to sort.", show_default=True)
@click.option("--on", metavar="DATE", help="As they stood on another day.")
@click.option("--review", "reviewing", is_flag=True, help="Who may be one person? One key a decision.")
@click.option("--link", "links", nargs=2, metavar="PERSON OTHER", help="Say that OTHER is PERSON too.")
def command(
    frame: Frame,
    words: tuple[str, ...],
    tag: str,
    stage: str | None,
    sort: str,
    on: str | None,
    reviewing: bool,
    links: tuple[str, str] | None,
) -> None:
    """Who is in the ledger; with WORDS, those whose name, firm or address holds them.

    Each with how well you know them and when you were last in touch.

    Askwell never joins two people by itself. Where an address, or another person, is somebody you have
    already, say so with --link; it can be undone. `askwell people review` (or --review) shows pairs who may
    be one, with the reasons, and leaves the decision to you.
    """
    from askwell.app.people import as_json, link
    from askwell.sources.identity import shown

    if reviewing or words == ("review",):
        _review(frame)
        return
    with frame.desk(day(on)) as desk:
        if links:
            joined = link(desk, *links)
            if frame.json:
                frame.result({"schema": "askwell.people/1", "people": [as_json(joined)]})
                return
            addresses = ", ".join(shown(joined.addresses))
            frame.paper.put(say("{name} now has: {addresses}", name=joined.name, addresses=addresses))
            frame.paper.put(say("To take it back: askwell undo"), "quiet")
            return
        _list(frame, desk, " ".join(words), tag, stage or "", sort)


def _list(frame: Frame, desk: Desk, words: str, tag: str, stage: str, sort: str) -> None:
    """Those who fit, a line each."""
    from askwell.app.network import network
    from askwell.app.people import as_json, describe
    from askwell.app.roster import chosen

    with bar(say("Looking at everybody"), counts=True) as progress:
        found = chosen(network(desk, progress).lines, words, tag=tag, stage=stage, sort=sort)
    if frame.json:
        shown = [as_json(one.person) | one.contact_json() for one in found]
        frame.result({"schema": "askwell.people/1", "people": shown})
        return
    if found:
        rows = [(one.person.key, describe(one.person), _contact(one)) for one in found]
        frame.paper.rows(rows, 0)
        frame.paper.put(say_many("{count} person.", "{count} people.", len(found)), "quiet")
    elif words or tag or stage:
        frame.paper.put(say("Nobody fits that."))
    else:
        frame.paper.put(say("Nobody yet. People are made of those you have written to: askwell import."))


def _contact(one: Line) -> str:
    last = one.last.isoformat() if one.last else "–"
    return f"{last}  {name(one.stage)}"


def _review(frame: Frame) -> None:
    """Show pairs who may be one person, the surest first; one key a decision. In a pipe, list them."""
    import sys

    from askwell.app.likeness import accept, refuse, suggestions
    from askwell.app.people import describe

    with frame.desk() as desk:
        if frame.json or not sys.stdin.isatty():
            found = suggestions(desk)
            if frame.json:
                frame.result({"schema": "askwell.review/1", "pairs": [one.to_json() for one in found]})
                return
            frame.paper.rows(
                [(one.one.key, one.other.key, _reasons(one.reasons)) for one in found] or [("–",)], 0
            )
            return
        later: set[tuple[str, str]] = set()
        while one := next((s for s in suggestions(desk) if (s.one.key, s.other.key) not in later), None):
            frame.paper.put(say("Is this one person?"), "title")
            frame.paper.rows([(one.one.key, describe(one.one)), (one.other.key, describe(one.other))])
            frame.paper.put(_reasons(one.reasons), "quiet", 2)
            click.echo(say("y yes, n no, s later, q enough: "), nl=False)
            key = click.getchar(echo=True).lower()
            click.echo()
            if key == "y":
                accept(desk, one)
            elif key == "n":
                refuse(desk, one)
            elif key == "s":
                later.add((one.one.key, one.other.key))
            else:
                break
    frame.paper.put(say("Nothing more to decide. Each decision can be taken back: askwell undo"), "quiet")


def _reasons(reasons: tuple[tuple[str, str], ...]) -> str:
    return "; ".join(f"{reason_name(what)} ({value})" for what, value in reasons)
