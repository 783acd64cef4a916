"""The tools: each is a verb of `app`, with the words that an assistant needs to know when to use it."""

# Not `from __future__ import annotations`: the schemas are made from the types when the server is built.
from collections.abc import Callable
from typing import Any, cast

from mcp.server import MCPServer
from mcp.types import ToolAnnotations

from askwell.doors.mcp import shapes
from askwell.doors.mcp.helping import helping
from askwell.doors.mcp.room import Name, Room, Text

READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
WRITES = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)


def reading(room: Room) -> tuple[Callable[..., Any], ...]:
    """The tools that look: at a draft, a text, a person, the day."""

    def check(draft: Text, to: list[Name] | None = None) -> shapes.Verdict:
        """Is this draft wise to send to these people today? Call it before any letter is sent, and again
        after every change. The verdict is send, soften, wait or dont, with reasons, the mail behind them,
        what to do first, and a gentler letter. `draft` is plain text, or a mail with its own To."""
        from askwell.app.check import check as judge
        from askwell.app.draft import parse_draft

        with room.desk() as desk:
            verdict = judge(desk, parse_draft(draft.encode()), to or [])
        return cast(shapes.Verdict, room.keep(verdict.to_json()))

    def read(text: Text, lang: str | None = None) -> shapes.Reading:
        """What a text asks, offers and thanks for, and harmful ways of asking in it. Needs no history."""
        from askwell.app.read import read_text

        with room.desk() as desk:
            return cast(shapes.Reading, read_text(text, lang, desk.today).to_json())

    def today() -> shapes.Today:
        """Whom to thank, tell how it went, give back to, write to again, and leave in peace."""
        from askwell.app.today import LISTS
        from askwell.app.today import today as lists

        with room.desk() as desk:
            found = lists(desk).to_json()
        for name in LISTS:
            for item in found[name]:
                del item["quote"], item["source"]  # told of the one who is asked about, by `person`
        return cast(shapes.Today, found)

    def person(who: Name) -> shapes.Page:
        """What passed between the user and one person, with the mail it rests on, and what they bear."""
        from askwell.app.person import person as page

        with room.desk() as desk:
            return cast(shapes.Page, page(desk, who).to_json())

    return check, read, today, person


def add(server: MCPServer[Any], room: Room, *, writes: bool) -> None:
    """Give the server its tools; those that note something only if they may."""
    for tool in (*reading(room), *helping(room)):
        server.tool(annotations=READS)(tool)
    if writes:
        from askwell.doors.mcp.writing import writing

        for tool in writing(room):
            server.tool(annotations=WRITES)(tool)
