"""Letters that were cut short where a file ended too early, and come again whole: they are mended."""

from __future__ import annotations

from dataclasses import replace

from askwell.app.desk import Desk
from askwell.app.reading import Chunk, letters, read_letters, with_readings
from askwell.app.report import Report
from askwell.ledger.entries import Message
from askwell.store.contract import Kept


def mend(desk: Desk, chunk: Chunk, report: Report) -> None:
    """Put those that the ledger holds the beginning of in its place, and read them; counts them."""
    cut = [one for one in chunk.longer if _is_cut(desk.store.message(one.message.id), one.message)]
    report.whole += len(cut)
    if cut and not report.dry:
        piece = replace(chunk, kept=cut)
        desk.store.lengthen(with_readings(piece, read_letters(letters(piece))).kept)


def _is_cut(old: Message | None, new: Message) -> bool:
    """Whether this is the same letter, and more of it. A longer one that begins alike, but is of another day
    or from somebody else, is not."""
    if old is None or (old.sender, old.at) != (new.sender, new.at):
        return False
    return len(new.text) > len(old.text) and new.text.startswith(old.text)


def longer(desk: Desk, again: list[Kept]) -> tuple[Kept, ...]:
    """Those of these letters, which are known, that are longer than in the ledger, or not yet in it."""
    if not again:
        return ()
    lengths = desk.store.lengths([one.message.id for one in again])
    return tuple(one for one in again if len(one.message.text) > lengths.get(one.message.id, 0))
