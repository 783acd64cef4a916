"""`askwell told`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import Frame, day, verb
from askwell.words import LANGUAGES, say


@verb("told")
@click.argument("who", nargs=-1, required=True)
@click.argument("words")
@click.option("--about", metavar="KIND", help="Which help it came of, such as referral or contact_detail.")
@click.option("--already", is_flag=True, help="They know: note it, and write no letter.")
@click.option("--in", "written", type=click.Choice(LANGUAGES), help="The letter's language.")
@click.option("--on", metavar="DATE", help="Act as if it were this day.")
def command(
    frame: Frame,
    who: tuple[str, ...],
    words: str,
    about: str | None,
    already: bool,
    written: str | None,
    on: str | None,
) -> None:
    """Note what came of WHO's help, and write the letter that tells them: askwell told kari "got the job".

    Several people may have helped: name them all, and each gets a letter of their own.
    """
    from askwell.app.told import told
    from askwell.doors.cli.notes import show

    with frame.desk(day(on)) as desk:
        found = told(desk, who, words, about=about or "", already=already, lang=written or "")
    if frame.json:
        frame.result({"schema": "askwell.told/1", "told": [one.to_json() for one in found]})
        return
    paper = frame.paper
    paper.put(say("Noted."))
    paper.put(say("To take it back: askwell undo"), "quiet")
    for one in found:
        paper.put()
        show(paper, one, say("To {name}", name=one.person.name))
