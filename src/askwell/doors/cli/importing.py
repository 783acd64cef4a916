"""`askwell import`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from askwell.doors.cli.frame import Frame, day, verb
from askwell.doors.cli.names import name
from askwell.doors.cli.paper import Paper, bar
from askwell.errors import AskwellError
from askwell.words import say, say_many

if TYPE_CHECKING:
    from askwell.app.desk import Desk
    from askwell.app.report import Report
    from askwell.sources.record import Source


@verb("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--me", multiple=True, metavar="ADDRESS", help="Your own address; may stand several times.")
@click.option(
    "--columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="What a column of a table says: name=Who, email=Mail; may stand several times.",
)
@click.option("--dry-run", is_flag=True, help="Count only; keep nothing.")
@click.option("--yes", is_flag=True, help="Take columns as proposed; an import of nothing is all right.")
@click.option("--on", metavar="DATE", help="Act as if it were this day.")
def command(
    frame: Frame,
    paths: tuple[Path, ...],
    me: tuple[str, ...],
    columns: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    on: str | None,
) -> None:
    """Bring in mail (mbox, Maildir, .eml, folders of raw messages), address books, calendars or a story.

    Address books: vCard, the tables of Google, Outlook and Thunderbird, LinkedIn's export, any other table
    once you say what its columns are. Chats that WhatsApp exports: --me says under which name you stand in
    them. A zip or tarball is looked into. What a file is, is told by its contents, not by its name.

    Running it again changes nothing. It may be interrupted at any moment and run again.
    """
    from dataclasses import replace

    from askwell.app.desk import profile
    from askwell.app.importing import import_

    with frame.desk(day(on)) as opened:
        tables = _tables(frame, opened, paths, columns, yes, dry_run)
        if not dry_run:
            _whose(opened, paths, me)
        desk = replace(opened, profile=profile(opened.store, opened.home))
        if dry_run:
            said = (*desk.profile.addresses, *(one.lower() for one in me if "@" in one))
            desk = replace(desk, profile=replace(desk.profile, addresses=said))
        with bar(say("Reading mail")) as progress:
            report = import_(desk, paths, progress, dry_run, tables)
    if frame.json:
        frame.result(report.to_json())
    else:
        show(frame.paper, report)
    if not (report.used or yes):
        raise AskwellError(
            say("Nothing was found that could be used. Is this the right file or folder?"),
            say("If so, say it with --yes."),
        )


def _tables(
    frame: Frame, desk: Desk, paths: tuple[Path, ...], said: tuple[str, ...], yes: bool, dry: bool
) -> list[Source]:
    """The tables that nobody knows, by the columns that the user names or agrees to."""
    from askwell.app import columns
    from askwell.app.importing import sources
    from askwell.sources.sheet import Mapped

    found: list[Source] = []
    for table in columns.unknown(desk.home, paths, sources()[0], every=bool(said)):
        chosen = columns.parse(said, table) if said else table.columns
        if not (said or yes):
            options = columns.as_options(chosen)
            if frame.json or not sys.stdin.isatty():
                raise AskwellError(
                    say("{name}: what do the columns of this table say?", name=table.path.name),
                    say("They seem to be: {options}", options=options)
                    + "\n"
                    + say("If so, say it with --yes; else name them."),
                )
            frame.paper.put(say("{name}: the columns seem to say this.", name=table.path.name), "title")
            frame.paper.rows(
                [(field, name, table.example[name]) for field, names in chosen.items() for name in names]
            )
            if not click.confirm(say("Is it right?"), default=True):
                raise AskwellError(
                    say("Nothing was kept."), say("Name the columns yourself: {options}", options=options)
                )
        found.append(Mapped(table.header, chosen))
        if not dry:
            columns.keep(desk.home, table, chosen)
    return found


def _whose(desk: Desk, paths: tuple[Path, ...], me: tuple[str, ...]) -> None:
    """Find out whose mailbox it is: as said, as known, as a story says, or as the user confirms."""
    from askwell.app.chats import claim_names
    from askwell.app.owner import claim, is_asked, propose

    names = tuple(one for one in me if "@" not in one)
    chats = claim_names(desk, paths, names)
    me = tuple(one for one in me if "@" in one)
    if me:
        claim(desk, me)
    if me or not is_asked(desk, paths):
        return
    found = propose(paths)
    if found is None and chats:
        return
    if found is None:
        raise AskwellError(
            say("Whose mailbox is this? No address stands out as its owner's."),
            say("Say which is yours: askwell import … --me you@example.org"),
        )
    share = f"{found.share:.0%}"
    if sys.stdin.isatty() and click.confirm(
        say("{address} is in {share} of the mail. Is it yours?", address=found.address, share=share)
    ):
        claim(desk, [found.address])
        return
    raise AskwellError(
        say(
            "Whose mailbox is this? {address} is in {share} of the mail.", address=found.address, share=share
        ),
        say("If it is yours, say so: --me {address}", address=found.address),
    )


def show(paper: Paper, report: Report) -> None:
    """The counts of an import, in words."""
    skipped = sum(report.skipped.values())
    done = say("Done.") if report.used else say("Nothing new.")
    paper.put(say("Counted only; nothing was kept.") if report.dry else done, "title")
    rows = [
        (f"{report.read:,}", say("read")),
        (f"{report.personal:,}", say("messages between people, kept and read")),
        (f"{report.bulk:,}", say("from lists and machines, kept but not read")),
        (f"{report.said:,}", say("entries of a story, kept")),
        (f"{report.contacts:,}", say("cards of address books, kept")),
        (f"{report.meetings:,}", say("meetings, kept")),
        (f"{report.known:,}", say("in the ledger already")),
        (f"{report.whole:,}", say("of these, cut short before and whole now")),
        (f"{skipped:,}", say("skipped")),
    ]
    width = max(len(count) for count, _ in rows)
    shown = [(count.rjust(width), what) for count, what in rows if count != "0" or what == say("skipped")]
    paper.rows(shown)
    for why, count in report.skipped.most_common():
        examples = ", ".join(report.examples[why])
        paper.put(f"{count:,} × {name(why)}: {examples}", "quiet", width + 4)
    for one in report.broken:
        paper.put(say("The plugin {name} is broken and was passed over: {why}", name=one.name, why=one.why))
    if report.people:
        paper.put(say_many("{count} new person.", "{count} new people.", len(report.people)))
    if report.used and report.action:
        paper.put(say("To take this import back: askwell undo {number}", number=report.action), "quiet")
