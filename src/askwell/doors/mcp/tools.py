"""The tools: each is a verb of `app`, with the words that an assistant needs to know when to use it."""

# Not `from __future__ import annotations`: the schemas are made from the types when the server is built.
from collections.abc import Callable
from typing import Annotated, Any, cast

from mcp.server import MCPServer
from mcp.types import ToolAnnotations
from pydantic import Field

from askwell.doors.mcp import shapes
from askwell.doors.mcp.room import Room

Text = Annotated[str, Field(max_length=200_000)]
Name = Annotated[
    str, Field(max_length=320, description="A short name (askwell people), a name, or an address.")
]
READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
WRITES = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)


def reading(room: Room) -> tuple[Callable[..., Any], ...]:
    """The tools that change nothing."""

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

    def ask(aim: Annotated[str, Field(max_length=300)]) -> shapes.Ladder:
        """From an aim ("a job at Nordlys", "learn about wind power") to whom to ask for what, as large as
        each relationship bears, with a first draft."""
        from askwell.app.ask import ask as ladder

        with room.desk() as desk:
            return cast(shapes.Ladder, ladder(desk, aim).to_json())

    def triage(mail: Text = "", days: Annotated[int, Field(ge=1, le=365)] = 30) -> shapes.Requests:
        """Somebody asks for the user's contacts: who, for whom, why, what speaks against it, three letters
        to choose from. Give one `mail` with its headers; without, the inbox of the last days is looked at."""
        return cast(shapes.Requests, _triage(room, mail, days))

    def thank(who: Name, every: bool = False) -> shapes.Letters:
        """Letters of thanks for help that this person gave and was not thanked for. They ask for nothing."""
        from askwell.app.thank import thank as letters

        with room.desk() as desk:
            return cast(shapes.Letters, letters(desk, who, every=every).to_json())

    return check, read, today, person, ask, triage, thank


def _triage(room: Room, mail: str, days: int) -> dict[str, Any]:
    from askwell.app.letters_in import letter_of
    from askwell.app.triage import inbox, to_json, triage

    with room.desk() as desk:
        if not mail:
            return to_json(*inbox(desk, days))
        one = triage(desk, letter_of(desk, mail.encode()))
        return to_json([one] if one else [], 1)


def add(server: MCPServer[Any], room: Room, *, writes: bool) -> None:
    """Give the server its tools; those that note something only if they may."""
    for tool in reading(room):
        server.tool(annotations=READS)(tool)
    if writes:
        from askwell.doors.mcp.writing import writing

        for tool in writing(room):
            server.tool(annotations=WRITES)(tool)
