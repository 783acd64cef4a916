"""`askwell undo`: taking back the last thing that was done, or one by its number."""

from __future__ import annotations

from askwell.app.desk import Desk
from askwell.errors import AskwellError
from askwell.store.contract import Action
from askwell.words import say


def undo(desk: Desk, number: int | None = None) -> Action:
    """Take back an action; without a number, the newest that still counts."""
    if number is None:
        last = next((one for one in desk.store.actions(1000) if not one.undone), None)
        if last is None:
            raise AskwellError(say("There is nothing to take back."), say("Nothing was changed."))
        number = last.id
    action = desk.store.undo(number)
    desk.store.settle()
    return action
