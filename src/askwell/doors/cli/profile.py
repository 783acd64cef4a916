"""`askwell profile`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import Frame, verb
from askwell.words import say


@verb("profile")
@click.option("--name", default="", help="Your name.")
@click.option("--goal", "goals", multiple=True, help="Something you are aiming at.")
@click.option("--interest", "interests", multiple=True, help="Something you are curious about.")
@click.option("--offer", "offers", multiple=True, help="Something you can offer others.")
@click.option("--language", "languages", multiple=True, help="A language you write in: en, nb or nn.")
@click.option("--address", "addresses", multiple=True, help="Another address of yours.")
@click.option("--remove", multiple=True, help="Words to take out again.")
def command(frame: Frame, name: str, remove: tuple[str, ...], **lists: tuple[str, ...]) -> None:
    """Who you are: aims, interests, what you can offer. Shows it, or puts in what you give.

    It is a plain file with comments, which you can edit by hand too.
    """
    from askwell.app.profile import Change, edit, path_of

    add = tuple((kind, words) for kind, given in lists.items() for words in given)
    with frame.desk() as desk:
        known = edit(desk, Change(name, add, remove)) if (name or add or remove) else desk.profile
        path = path_of(desk)
    shown = {
        say("Name"): (known.name,) if known.name else (),
        say("Addresses"): known.addresses,
        say("Goals"): known.goals,
        say("Interests"): known.interests,
        say("Offers"): known.offers,
        say("Languages"): known.languages,
    }
    if frame.json:
        frame.result(
            {
                "schema": "askwell.profile/1",
                "name": known.name,
                "addresses": list(known.addresses),
                "goals": list(known.goals),
                "interests": list(known.interests),
                "offers": list(known.offers),
                "languages": list(known.languages),
            }
        )
        return
    for heading, words in shown.items():
        frame.paper.put(f"{heading}: {'; '.join(words) or '–'}")
    frame.paper.put(say("Kept in {home}", home=path), "quiet")
