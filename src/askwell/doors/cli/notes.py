"""How letters without an ask are shown: what each rests on, from when it may be sent, and the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from askwell.words import say, say_many

if TYPE_CHECKING:
    from askwell.app.letters import Letters
    from askwell.doors.cli.paper import Paper
    from askwell.judge.clauses import Note


def show(paper: Paper, letters: Letters, heading: str) -> None:
    """All letters to one person, the first under a heading."""
    for note in letters.notes:
        paper.put(heading, "title")
        _rests(paper, note)
        paper.put()
        paper.letter(note.text)
        if any(one.text.endswith("]") for one in note.clauses):
            paper.put(say("Put the words in [ ] into the letter's language before you send it."), "quiet")
    if letters.more:
        paper.put(
            say_many("There is one more: --all", "There are {count} more: --all", letters.more), "quiet"
        )


def _rests(paper: Paper, note: Note) -> None:
    """The day, words and id of what a letter rests on."""
    if note.day and note.quote:
        paper.put(note.day.isoformat(), indent=2)
        paper.quote(note.quote[:200], 14)
    elif note.day:
        paper.put(note.day.isoformat(), indent=2)
    if note.source:
        paper.put(f"<{note.source}>", "quiet", 14)
    if note.due and note.day and note.due > note.day and note.do == "thank":
        paper.put(say("To send from {day}.", day=note.due.isoformat()), "quiet", 2)
