"""`askwell people`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import Frame, verb
from askwell.ledger.person import Person
from askwell.words import say, say_many


@verb("people")
@click.argument("words", nargs=-1)
@click.option("--tag", default="", help="Only those with this tag.")
@click.option("--link", "links", nargs=2, metavar="PERSON OTHER", help="Say that OTHER is PERSON too.")
def command(frame: Frame, words: tuple[str, ...], tag: str, links: tuple[str, str] | None) -> None:
    """Who is in the ledger; with WORDS, those whose name, firm or address holds them.

    Askwell never joins two people by itself. Where an address, or another person, is somebody you have
    already, say so with --link; it can be undone.
    """
    from askwell.app.people import describe, link, people
    from askwell.sources.identity import shown

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


def as_json(person: Person) -> dict[str, object]:
    """A person as the JSON of all commands shows them."""
    return {
        "person": person.key,
        "name": person.name,
        "addresses": list(person.addresses),
        "org": person.org,
        "title": person.title,
        "tags": list(person.tags),
        "circle": person.circle,
        "floor": person.floor or None,
        "say": person.say,
    }
