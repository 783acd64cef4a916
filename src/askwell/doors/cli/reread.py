"""`askwell reread`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import Frame, verb
from askwell.doors.cli.paper import bar
from askwell.words import say


@verb("reread")
@click.option("--older", is_flag=True, help="Only what an older version of the reader has read.")
def command(frame: Frame, older: bool) -> None:
    """Read all mail again with this version of the reader, and say what changed. Corrections stay."""
    from askwell.app.reread import reread

    with frame.desk() as desk, bar(say("Reading again")) as progress:
        personal = desk.store.counts().get("personal", 0)
        changes = reread(desk, lambda done: progress(done, personal), everything=not older)
    if frame.json:
        frame.result(changes.to_json())
        return
    paper = frame.paper
    paper.put(
        say(
            "{read} messages read again, {changed} read otherwise.",
            read=changes.read,
            changed=changes.changed,
        )
    )
    rows = [(f"+{count}", what) for what, count in changes.found.most_common(12)]
    rows += [(f"-{count}", what) for what, count in changes.gone.most_common(12)]
    if rows:
        paper.rows(rows)
    for id, what, words in changes.examples[:8]:
        paper.put(f"{what}: {words[:80]}  <{id}>", "quiet", 2)
