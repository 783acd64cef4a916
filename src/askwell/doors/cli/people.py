"""`askwell people`."""

from __future__ import annotations

import click

from askwell.app.names import reason_name
from askwell.doors.cli.frame import Frame, verb
from askwell.words import say, say_many


@verb("people")
@click.argument("words", nargs=-1)
@click.option("--tag", default="", help="Only those with this tag.")
@click.option("--review", "reviewing", is_flag=True, help="Who may be one person? One key a decision.")
@click.option("--link", "links", nargs=2, metavar="PERSON OTHER", help="Say that OTHER is PERSON too.")
def command(
    frame: Frame, words: tuple[str, ...], tag: str, reviewing: bool, links: tuple[str, str] | None
) -> None:
    """Who is in the ledger; with WORDS, those whose name, firm or address holds them.

    Askwell never joins two people by itself. Where an address, or another person, is somebody you have
    already, say so with --link; it can be undone. `askwell people review` (or --review) shows pairs who may
    be one, with the reasons, and leaves the decision to you.
    """
    from askwell.app.people import as_json, describe, link, people
    from askwell.sources.identity import shown

    if reviewing or words == ("review",):
        _review(frame)
        return
    with frame.desk() as desk:
        if links:
            joined = link(desk, *links)
            if frame.json:
                frame.result({"schema": "askwell.people/1", "people": [as_json(joined)]})
                return
            addresses = ", ".join(shown(joined.addresses))
            frame.paper.put(say("{name} now has: {addresses}", name=joined.name, addresses=addresses))
            frame.paper.put(say("To take it back: askwell undo"), "quiet")
            return
        found = people(desk, " ".join(words), tag)
    if frame.json:
        frame.result({"schema": "askwell.people/1", "people": [as_json(one) for one in found]})
        return
    if found:
        frame.paper.rows([(one.key, describe(one)) for one in found], 0)
        frame.paper.put(say_many("{count} person.", "{count} people.", len(found)), "quiet")
    else:
        frame.paper.put(say("Nobody yet. People are made of those you have written to: askwell import."))


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
