"""What became of letters on the server after they were read: gone, moved, set aside, or no draft any more.

The ledger keeps where each letter lies (store/spotting.py). With CONDSTORE and QRESYNC (RFC 7162) a folder
that has not changed costs no question, and one that has only what changed; elsewhere the UIDs are compared
where their number is another than expected. Nothing is taken out of the ledger here: see app/gone.py.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from askwell.app.accounts import Account, Progress, place
from askwell.app.desk import Desk
from askwell.app.imap import stirred
from askwell.app.imap_mail import bring
from askwell.app.report import Report
from askwell.sources.imap_changes import Changed, changed, quick, there
from askwell.sources.imap_fetch import GROUP, Head, Waiting, heads
from askwell.sources.imap_session import Session
from askwell.sources.mail import message_id
from askwell.store.contract import ASIDE, GONE, HERE, Spot, Spots


@dataclass(slots=True)
class _Found:
    """What changed in a folder: spots to be kept, and letters that are to be read now."""

    spots: list[Spot] = field(default_factory=list)
    free: list[int] = field(default_factory=list)


def bring_all(
    desk: Desk,
    account: Account,
    opened: Session,
    folders: Sequence[Waiting],
    sources: Collection[str],
    report: Report,
    touched: set[str],
    progress: Progress | None,
) -> None:
    """Bring in what is new in these folders, and take note of what changed. `sources` are the places
    of all folders that there are."""
    vanishing = quick(opened.client)
    prefix = place(account, "")
    before = frozenset() if report.dry else desk.store.vanished(prefix)
    if waiting := [one for one in folders if one.most > 0]:
        bring(desk, account, opened, waiting, report, touched, progress)
    for one in folders:
        if stirred(desk, one) and not (report.dry and _unknown(desk, one)):
            _follow(desk, account, opened, one, vanishing, report, touched)
    if not report.dry:
        for source in desk.store.sources(prefix):
            if source not in sources:
                desk.store.put_spots(Spots(source, ""))
        report.gone = len(desk.store.vanished(prefix) - before)


def _unknown(desk: Desk, folder: Waiting) -> bool:
    """Whether nothing is known yet of how the folder was."""
    return not (folder.state.mark and desk.store.mark(folder.source, folder.print))


def _follow(
    desk: Desk,
    account: Account,
    opened: Session,
    folder: Waiting,
    vanishing: bool,
    report: Report,
    touched: set[str],
) -> None:
    """Take note of what changed in one folder. The mark is kept last, with the spots: what a kill cuts
    short is asked for again."""
    opened.client.select_folder(folder.name, readonly=True)
    found = _Found()
    if _unknown(desk, folder):
        _compare(desk, opened, folder, found)
    elif folder.start:
        known = desk.store.mark(folder.source, folder.print)
        _take(desk, folder, changed(opened.client, folder.start, known, gone=vanishing), found)
        if not vanishing and desk.store.lying(folder.source, folder.print) != folder.state.messages:
            _compare(desk, opened, folder, found)
    if found.free:
        again = replace(folder, only=tuple(sorted(set(found.free))))
        bring(desk, account, opened, [again], report, touched, None)
    if not report.dry:
        desk.store.put_spots(Spots(folder.source, folder.print, tuple(found.spots), folder.state.mark))


def _take(desk: Desk, folder: Waiting, new: Changed, found: _Found) -> None:
    """What the server tells, beside what is known of these letters."""
    few = sum(last - first + 1 for first, last in new.gone) <= GROUP
    gone = [uid for first, last in new.gone for uid in range(first, last + 1)] if few else []
    asked = None if not few else [*gone, *(one.uid for one in new.heads)]
    known = {one.uid: one for one in desk.store.spots(folder.source, folder.print, asked)}
    found.spots += [one._replace(state=GONE) for one in known.values() if new.took(one.uid)]
    for one in new.heads:
        _flagged(one, known.get(one.uid), found)


def _flagged(head: Head, spot: Spot | None, found: _Found) -> None:
    """A letter that was set aside, or is so no longer."""
    if head.aside:
        found.spots.append(Spot(head.uid, spot.message if spot else "", ASIDE))
    elif spot is None or (spot.state == ASIDE and not spot.message):
        found.free.append(head.uid)
    elif spot.state != HERE:
        found.spots.append(spot._replace(state=HERE))


def _compare(desk: Desk, opened: Session, folder: Waiting, found: _Found) -> None:
    """All letters that were read with all that are there: where nothing is known of how the folder was, and
    where the server tells nothing."""
    kept = desk.store.place(folder.source)
    last = kept.offset if kept and kept.print == folder.print else 0
    now = there(opened.client, folder, last)
    before = {one.uid: one for one in desk.store.spots(folder.source, folder.print)}
    found.spots += [
        one._replace(state=GONE) for uid, one in before.items() if uid not in now and one.state != GONE
    ]
    found.spots += [
        one._replace(state=HERE) for uid, one in before.items() if uid in now and one.state == GONE
    ]
    strange = sorted(now - before.keys())
    for at in range(0, len(strange), GROUP):
        _strange(desk, opened, strange[at : at + GROUP], found)


def _strange(desk: Desk, opened: Session, uids: Sequence[int], found: _Found) -> None:
    """Letters that were passed without being noted: by an Askwell of before, mostly."""
    heads_, _ = heads(opened.client, uids, gmail=opened.gmail, ids=True)
    ids = {one.uid: message_id(one.id.decode("utf-8", "replace")) for one in heads_}
    known = desk.store.known([one for one in ids.values() if one])
    for one in heads_:
        spot = Spot(one.uid, ids[one.uid] if ids[one.uid] in known else "", ASIDE if one.aside else HERE)
        if one.aside or spot.message:
            found.spots.append(spot)
        else:
            found.free.append(one.uid)
