"""The tools that help to write: whom to ask, who could help, what to answer, thanks, offers."""

# Not `from __future__ import annotations`: the schemas are made from the types when the server is built.
from collections.abc import Callable
from typing import Annotated, Any, cast

from pydantic import Field

from askwell.doors.mcp import shapes
from askwell.doors.mcp.room import Name, Room, Short, Text


def helping(room: Room) -> tuple[Callable[..., Any], ...]:
    """The tools that help to write; what they answer holds letters that ask for nothing, or a first draft."""

    def ask(aim: Short) -> shapes.Ladder:
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

    def who(words: Short = "", at: Short = "") -> shapes.Who:
        """Who could help with something (in any form of the words), or works at a firm; what each bears."""
        from askwell.app.who import who as find

        with room.desk() as desk:
            found = find(desk, words, at=at).to_json()
        for one in found["people"]:
            for reason in one["why"]:
                del reason["quote"], reason["source"]  # told of the one who is asked about, by `person`
        return cast(shapes.Who, found)

    def offer(who: Name) -> shapes.Offers:
        """What the user could do for this person: needs they have voiced, good news, a letter for each."""
        from askwell.app.offer import offer as offers

        with room.desk() as desk:
            return cast(shapes.Offers, offers(desk, who).to_json())

    return ask, triage, thank, who, offer


def _triage(room: Room, mail: str, days: int) -> dict[str, Any]:
    from askwell.app.letters_in import letter_of
    from askwell.app.triage import inbox, to_json, triage

    with room.desk() as desk:
        if not mail:
            return to_json(*inbox(desk, days))
        one = triage(desk, letter_of(desk, mail.encode()))
        return to_json([one] if one else [], 1)
