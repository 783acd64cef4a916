"""Opening a ledger, wherever it is kept. A database is loaded only where there is a file."""

from __future__ import annotations

from pathlib import Path

from askwell.errors import AskwellError
from askwell.store.contract import Store
from askwell.words import say

FILE = "ledger.sqlite"
PATIENCE = 10.0


def open_store(path: Path | None, *, create: bool = True, patience: float = PATIENCE) -> Store:
    """The ledger in a file, or in a folder under its usual name; a passing one in memory for None.

    What is not there yet is taken for a file if its name has an ending, else for a folder. It is made
    where there is none, unless `create` is false. `patience` is how many seconds to wait for another
    process that writes. Raises AskwellError for a file that is no ledger or a newer one.
    """
    if path is None:
        from askwell.store.memory import MemoryStore

        return MemoryStore()
    from askwell.store.ledger_file import open_file

    try:
        folder = path.is_dir() or not (path.exists() or path.suffix)
        return open_file(path / FILE if folder else path, create=create, patience=patience)
    except OSError as error:
        raise AskwellError(
            say("{path} cannot be opened: {why}", path=path, why=error.strerror),
            say("Choose another folder with --home, or see to it that you may read and write this one."),
            http_status=403,
        ) from error
