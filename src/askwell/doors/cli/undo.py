"""`askwell undo`."""

from __future__ import annotations

import click

from askwell.doors.cli.frame import Frame, verb
from askwell.words import say


@verb("undo")
@click.argument("number", type=int, required=False)
@click.option("--list", "listing", is_flag=True, help="Show what was done, newest first.")
def command(frame: Frame, number: int | None, listing: bool) -> None:
    """Take back the last thing that was done, or one by its number."""
    from askwell.app.undo import undo

    with frame.desk() as desk:
        if listing:
            done = desk.store.actions(50)
            if frame.json:
                actions = [
                    {"number": one.id, "date": one.at.date().isoformat(), "verb": one.verb, "what": one.what}
                    | {"undone": one.undone}
                    for one in done
                ]
                frame.result({"schema": "askwell.undo/1", "actions": actions})
                return
            taken = say("taken back")
            rows = [
                (str(a.id), f"{a.at:%Y-%m-%d}", a.verb, a.what + (f" ({taken})" if a.undone else ""))
                for a in done
            ]
            frame.paper.rows(rows) if rows else frame.paper.put(say("Nothing was done yet."))
            return
        action = undo(desk, number)
    if frame.json:
        frame.result(
            {"schema": "askwell.undo/1", "number": action.id, "verb": action.verb, "what": action.what}
        )
        return
    frame.paper.put(say("Taken back: {verb} {what}", verb=action.verb, what=action.what))
