"""`askwell correct`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import Frame, verb
from askwell.ledger.entries import CORRECTIONS
from askwell.words import say


@verb("correct")
@click.argument("message")
@click.argument("words")
@click.argument("what", type=click.Choice(CORRECTIONS))
def command(frame: Frame, message: str, words: str, what: str) -> None:
    """Say what is right where Askwell read it wrong.

    MESSAGE is the id behind a quote, WORDS (some of) the words of the act, WHAT what is right: that it is
    no_ask, was for_me and not for a friend, was granted, and so on. It holds for newer readers too.
    """
    from askwell.app.log import correct

    with frame.desk() as desk:
        kept = correct(desk, message, words, what)
    if frame.json:
        frame.result({"schema": "askwell.correct/1", "id": kept.id, "message": kept.message, "what": what})
        return
    frame.paper.put(say("Noted. It counts from now on, whatever a reader thinks."))
    frame.paper.put(say("To take it back: askwell undo"), "quiet")
