"""The tools that note something in the ledger. Each can be taken back with `askwell undo`; none sends."""

# Not `from __future__ import annotations`: the schemas are made from the types when the server is built.
from collections.abc import Callable
from typing import Annotated, Any, Literal, cast

from pydantic import Field

from askwell.doors.mcp import shapes
from askwell.doors.mcp.room import Name, Room

Words = Annotated[str, Field(max_length=4000)]
Step = Literal["list", "propose", "ask", "agreed", "declined", "made", "met", "told", "drop"]
UNDO = "askwell undo"


def writing(room: Room) -> tuple[Callable[..., Any], ...]:
    """The tools that the user may switch off."""

    def log(entry: Words) -> shapes.Kept:
        """Note what mail does not show, as a line of a story: `favour kari -> me contact_detail "gave me the
        address of HR"`, `meeting me, kari "coffee"`. Only what the user has said happened."""
        from askwell.app.log import log as note

        with room.desk() as desk:
            return {"schema": "askwell.log/1", "kept": [one.id for one in note(desk, entry)], "undo": UNDO}

    def told(who: Name, outcome: Words) -> shapes.Letters:
        """Note what came of somebody's help ("got the job"), and write the letter that tells them."""
        from askwell.app.told import told as note

        with room.desk() as desk:
            return cast(shapes.Letters, note(desk, [who], outcome)[0].to_json())

    def intro(step: Step, people: list[Name], more: dict[str, str] | None = None) -> shapes.Intros:
        """Introductions, one step at a time: `people` are the two (for list: one or none). `more` may hold
        for, asked_by, purpose, actually, outcome, blurb. Answers with cautions and the step's letter."""
        from askwell.app import intro as rooms

        with room.desk() as desk:
            if step == "list":
                found = [rooms.Told(one) for one in rooms.listed(desk, people[0] if people else "")]
            else:
                found = [rooms.intro(desk, step, people, more=more or {})]
            return cast(shapes.Intros, rooms.to_json(desk, found))

    return log, told, intro
