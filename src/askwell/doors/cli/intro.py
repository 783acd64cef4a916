"""`askwell intro`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from askwell.doors.cli.frame import Frame, day, read_file, verb
from askwell.doors.cli.proofs import proofs
from askwell.errors import AskwellError
from askwell.words import quoted, say

if TYPE_CHECKING:
    from askwell.app.desk import Desk
    from askwell.app.intro import Told
    from askwell.doors.cli.paper import Paper

DO = ("list", "propose", "ask", "agreed", "declined", "made", "met", "told", "drop", "apology")
WORDS = ("asked_by", "purpose", "actually", "outcome")


@verb("intro")
@click.argument("do", type=click.Choice(DO), default="list")
@click.argument("people", nargs=-1)
@click.option("--by", default="me", help="Who introduces the two; usually you.")
@click.option("--for", "wish", metavar="WHO", help="Whose wish it is.")
@click.option("--asked-by", metavar="WHO", help="Who came with the wish, if it was somebody else.")
@click.option("--side", metavar="WHO", help="Which of the two was asked, agreed or declined.")
@click.option("--purpose", metavar="WORDS", help="What it is said to be for.")
@click.option("--actually", metavar="WORDS", help="What was asked in the end.")
@click.option("--outcome", metavar="WORDS", help="What came of it.")
@click.option("--text", metavar="FILE", help="The text that may be passed on; - is standard input.")
@click.option("--open", "only_open", is_flag=True, help="With list: those that are on their way.")
@click.option("--on", metavar="DATE", help="The day of the step; else today.")
def command(frame: Frame, do: str, people: tuple[str, ...], **given: Any) -> None:
    """Introductions, from the first wish to what came of them.

    DO is list, propose, ask, agreed, declined, made, met, told, drop or apology; PEOPLE are the two, or for
    list one or none. Steps that your mail shows are there by themselves. With ask, agreed and told you get
    the letter that belongs to the step. Nothing is sent.
    """
    from askwell.app import intro

    words = {"for": given["wish"]} | {name: given[name] for name in WORDS}
    more = {name: value for name, value in words.items() if value}
    if given["text"]:
        more["blurb"] = read_file(given["text"]).decode("utf-8", "replace").strip()
    with frame.desk(day(given["on"])) as desk:
        if do == "list":
            found = tuple(
                intro.Told(one)
                for one in intro.listed(desk, people[0] if people else "", not given["only_open"])
            )
        elif do == "apology":
            found = (intro.apology(desk, _two(people)),)
        else:
            found = (
                intro.intro(desk, do, _two(people), by=given["by"], side=given["side"] or "", more=more),
            )
        if frame.json:
            frame.result(intro.to_json(desk, found))
            return
        if not found:
            frame.paper.put(say("No introductions are known."))
        for one in found:
            _show(frame.paper, desk, one)
        if do not in ("list", "apology"):
            frame.paper.put(say("Noted. To take it back: askwell undo"), "quiet")


def _two(people: tuple[str, ...]) -> tuple[str, ...]:
    if len(people) != 2 or people[0] == people[1]:
        raise AskwellError(
            say("An introduction is of two people."), say("Name both: askwell intro made ONE OTHER.")
        )
    return people


def _show(paper: Paper, desk: Desk, told: Told) -> None:
    from askwell.app.intro import STAGE_NAMES, STEP_NAMES, name_of

    one = told.intro
    names = [name_of(desk, end) for end in (one.one, one.other)]
    by = "" if one.by == "me" else f", {say('by {name}', name=name_of(desk, one.by))}"
    paper.put(f"{names[0]} / {names[1]}{by}: {say(STAGE_NAMES[one.stage])}", "title")
    if one.purpose:
        paper.put(say("What for: {words}", words=quoted(one.purpose)), indent=2)
    if one.actually:
        paper.put(say("In the end: {words}", words=quoted(one.actually)), indent=2)
    if one.outcome:
        paper.put(say("What came of it: {words}", words=quoted(one.outcome)), indent=2)
    for step in one.steps:
        who = f" ({name_of(desk, step.side)})" if step.side else ""
        mail = f"  <{step.source}>" if step.read else ""
        paper.put(f"{step.day.isoformat()}  {say(STEP_NAMES[step.state])}{who}{mail}", "quiet", 2)
    for each in told.cautions:
        paper.put(each.message, "soften", 2)
        proofs(paper, each.evidence)
    if told.letter:
        whom = say("both") if told.to == "both" else name_of(desk, told.to)
        paper.put()
        paper.put(say("A letter to {name}", name=whom), "title")
        paper.put(say("Subject: {subject}", subject=told.letter.subject), indent=4)
        paper.put()
        paper.letter(told.letter.text.rstrip())
    paper.put()
