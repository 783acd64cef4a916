"""`askwell person`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from askwell.doors.cli.frame import Frame, day, verb
from askwell.doors.cli.names import name
from askwell.doors.cli.pictures import write
from askwell.ledger.person import CIRCLES, STAGES
from askwell.words import number, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from askwell.app.person import Page
    from askwell.doors.cli.paper import Paper
    from askwell.ledger.favours import Favour
    from askwell.ledger.history import Event


@verb("person")
@click.argument("who")
@click.option("--on", metavar="DATE", help="Act as if it were this day.")
@click.option("--floor", type=click.Choice(STAGES), help="How well you know each other at least.")
@click.option("--circle", type=click.Choice(CIRCLES), help="Personal contacts are not coached.")
@click.option("--say", type=float, help="How much say they have over you, 0 to 2; 1 is usual.")
@click.option("--met", metavar="WORDS", help="How you met.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Their tags, all of them; '' for none.")
@click.option("--why", is_flag=True, help="Show what the stage was worked out from.")
@click.option(
    "--svg",
    is_flag=False,
    flag_value="-",
    metavar="[FILE]",
    help="Draw the timeline and the rhythm into FILE, or to standard output.",
)
def command(frame: Frame, who: str, on: str | None, *, why: bool, svg: str | None, **said: Any) -> None:
    """What passed between you and WHO; read it before a meeting.

    WHO is a short name, a name or an address. With --floor, --circle, --say, --met or --tag
    you say what mail cannot know.
    """
    from askwell.app.people import setting
    from askwell.app.person import person

    with frame.desk(day(on)) as desk:
        said = {name: value for name, value in said.items() if value not in (None, ())}
        if said:
            setting(desk, who, **said)
        page = person(desk, who)
    if svg:
        from askwell.app.pictures import of_person

        write(frame, svg, page.person.name, of_person(page))
        return
    if frame.json:
        parts = {"weight": dict(page.standing.bearing.rapport.components)} if why else {}
        frame.result(page.to_json() | parts)
        return
    show(frame.paper, page)
    if why:
        frame.paper.rows(
            [(part.replace("_", " "), f"{n:g}") for part, n in page.standing.bearing.rapport.components]
        )


def show(paper: Paper, page: Page) -> None:
    """The page in words."""
    from askwell.sources.identity import shown

    person, tie = page.person, page.standing.bearing.rapport
    work = ", ".join(one for one in (person.title, person.org) if one)
    paper.put(person.name + (f", {work}" if work else ""), "title")
    paper.put(", ".join(shown(person.addresses)), "quiet")
    if not page.history.events:
        paper.put(say("Nothing has passed between you yet, as far as is known."))
        return
    before = ", " + say("earlier {stage}", stage=name(tie.was)) if tie.was else ""
    paper.put(say("As far as is known: {stage}.", stage=name(tie.stage) + before))
    _times(paper, page)
    if person.met:
        paper.put(say("How you met: {words}", words=person.met))
    _events(paper, say("You asked"), page.asked)
    _events(paper, say("You were asked"), page.asked_of_me)
    _favours(paper, say("They helped you"), page.standing.bearing.received)
    _favours(paper, say("You helped them"), page.standing.bearing.given)
    _events(paper, say("You met"), page.met)
    _events(paper, say("They look for"), page.standing.needs)
    _events(paper, say("Your notes"), page.history.of("note"))
    _now(paper, page)


def _times(paper: Paper, page: Page) -> None:
    tie, pace = page.standing.bearing.rapport, page.standing.pace
    first = page.history.events[0].at.date().isoformat()
    if tie.last:
        paper.put(say("First contact {first}, last {last}.", first=first, last=tie.last.isoformat()))
    if pace.usual_gap:
        paper.put(say("Usually {days} days between one contact and the next.", days=number(pace.usual_gap)))


def _events(paper: Paper, heading: str, events: Iterable[Event]) -> None:
    shown = list(events)
    if not shown:
        return
    paper.put()
    paper.put(heading, "title")
    for one in shown[:12]:
        what = name(one.about or one.kind)
        outcome = f": {name(one.outcome)}" if one.kind == "ask" and one.outcome else ""
        paper.put(f"{one.at.date().isoformat()}  {what}{outcome}", indent=2)
        if one.text:
            paper.quote(one.text[:200], 14)
        paper.put(f"<{one.source}>", "quiet", 14)
    if len(shown) > 12:
        paper.put(say("… and {count} more", count=len(shown) - 12), "quiet", 2)


def _favours(paper: Paper, heading: str, favours: Iterable[Favour]) -> None:
    shown = list(favours)[::-1]
    if not shown:
        return
    paper.put()
    paper.put(heading, "title")
    for one in shown[:12]:
        thanked = say("thanked") if one.thanked else say("not thanked yet")
        paper.put(f"{one.day.isoformat()}  {name(one.what)}: {thanked}", indent=2)
        if one.words:
            paper.quote(one.words[:200], 14)
        paper.put(f"<{one.source}>", "quiet", 14)
    if len(shown) > 12:
        paper.put(say("… and {count} more", count=len(shown) - 12), "quiet", 2)


def _now(paper: Paper, page: Page) -> None:
    found = page.standing
    lines = []
    if found.bears:
        lines.append(say("It bears: {what}.", what=name(found.bears)))
    if found.too_much:
        lines.append(say("Too much as yet: {what}.", what=name(found.too_much)))
    if found.peace:
        lines.append(say("Ask nothing new before {day}.", day=found.peace.isoformat()))
    if lines and not found.bearing.personal:
        paper.put()
        paper.put(say("If you want to ask something now"), "title")
        for line in lines:
            paper.put(line, indent=2)
