"""`askwell triage`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from askwell.doors.cli.frame import Frame, day, read_file, verb
from askwell.doors.cli.proofs import proofs
from askwell.words import say, say_many

if TYPE_CHECKING:
    from askwell.app.desk import Desk
    from askwell.app.triage import Triage
    from askwell.doors.cli.paper import Paper


@verb("triage")
@click.argument("mail", required=False)
@click.option("--inbox", "whole_inbox", is_flag=True, help="The mail of the last days in the ledger.")
@click.option("--days", type=int, default=30, show_default=True, help="How many days --inbox looks back.")
@click.option("--all", "every", is_flag=True, help="With --inbox: those you have answered too.")
@click.option("--from", "sender", metavar="WHO", help="Who wrote it, where MAIL is only its text.")
@click.option("--who", metavar="WHO", help="Who would be asked, where the mail does not say it well.")
@click.option("--vouch", type=click.Choice(["yes", "no"]), help="Do you vouch for the one it is for?")
@click.option(
    "--choose",
    type=click.Choice(["decline", "question", "introduce"]),
    help="Note which answer you give; prints it.",
)
@click.option("--on", metavar="DATE", help="Act as if it were this day.")
def command(frame: Frame, mail: str | None, **given: Any) -> None:
    """Somebody asks for your contacts: what for, what speaks against it, and three answers.

    MAIL is a file, a Message-ID in the ledger, or - for standard input. The reasons are for you alone; none
    of the letters speaks of them. Nothing is sent.
    """
    from askwell.app import triage

    choose, brief = given["choose"] or "", given["whole_inbox"] or not mail
    with frame.desk(day(given["on"])) as desk:
        if brief:
            found, read = triage.inbox(desk, given["days"])
            found = tuple(one for one in found if given["every"] or not one.answered)
        else:
            one = _of_one(desk, str(mail), given)
            found, read = ((one,) if one else ()), 1
    if frame.json:
        frame.result(triage.to_json(found, read))
        return
    if not found:
        frame.paper.put(_nothing(read, brief))
    for one in found:
        _show(frame.paper, one, choose, brief)


def _of_one(desk: Desk, mail: str, given: dict[str, Any]) -> Triage | None:
    """The request of one mail, after what was said of it with the options."""
    from askwell.app.choice import answer, vouch_for
    from askwell.app.letters_in import letter_in
    from askwell.app.triage import triage

    message = letter_in(desk, mail, read_file, given["sender"] or "")
    found = triage(desk, message, given["who"] or "")
    if found and given["vouch"]:
        vouch_for(desk, found, given["vouch"] == "yes")
        found = triage(desk, message, given["who"] or "")
    if found and given["choose"]:
        answer(desk, found, given["choose"])
    return found


def _nothing(read: int, inbox: bool) -> str:
    if not inbox:
        return say("This mail asks for none of your contacts.")
    if not read:
        return say("No mail of these days is in the ledger.")
    return say_many(
        "None of your contacts is asked for in the one mail looked at.",
        "None of your contacts is asked for in the {count} mails looked at.",
        read,
    )


def _show(paper: Paper, found: Triage, choose: str, brief: bool) -> None:
    from askwell.app.triage import HEADINGS, in_a_line

    request = found.request
    paper.put(in_a_line(found), "title")
    paper.quote(request.quote, 2)
    paper.put(f"{request.day.isoformat()}  <{request.id}>", "quiet", 2)
    paper.put()
    paper.put(found.why, found.recommended if found.recommended == "introduce" else "")
    for reason in found.reasons:
        paper.put(reason.message, indent=2)
        proofs(paper, reason.evidence)
    if found.known.others and found.known.contact:
        others = ", ".join(f"{one.name} ({one.key})" for one in found.known.others)
        name = found.known.contact.person.name
        paper.put(
            say("Taken to be {name}; it could be {others}: --who", name=name, others=others), "quiet", 2
        )
    if not found.known.vouched:
        paper.put(say("Do you vouch for them? Say so: --vouch yes, or --vouch no."), "quiet", 2)
    paper.put()
    if brief:
        paper.put(say("The answers: askwell triage '{id}'", id=f"<{request.id}>"), "quiet")
        paper.put()
        return
    for note in found.drafts:
        if choose and note.do != choose:
            continue
        best = f"  ({say('recommended')})" if note.do == found.recommended and not choose else ""
        paper.put(say(HEADINGS[note.do]) + best, "title")
        paper.letter(note.text.rstrip())
        paper.put()
    if choose:
        paper.put(say("Noted. To take it back: askwell undo"), "quiet")
