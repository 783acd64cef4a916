"""What stops the program: one exception, with what happened, what to do about it, and two statuses."""

from __future__ import annotations


class AskwellError(Exception):
    """Something that the user can mend. `message` says what and where, `hint` what to do next."""

    def __init__(self, message: str, hint: str = "", *, exit_status: int = 2, http_status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_status = exit_status
        self.http_status = http_status
