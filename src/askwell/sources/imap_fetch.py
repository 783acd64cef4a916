"""New mail out of a folder that was opened read-only: what is there, and then the letters themselves.

Nothing is marked as read: folders are opened with EXAMINE, and letters are looked at with BODY.PEEK. At most
WHOLE bytes of a letter are fetched: headers and text stand at the front, and attachments are not kept. Only
where no text is found there it is fetched to its end.
"""

from __future__ import annotations

import imaplib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from askwell.sources.addresses import parse_addresses
from askwell.sources.record import Raw, Skipped
from askwell.words import later

if TYPE_CHECKING:
    from imapclient import IMAPClient  # type: ignore[import-untyped]

WHOLE, LARGEST = 1 << 20, 64 << 20
TOGETHER, BYTES = 250, 4 << 20
"""As many letters, and as many bytes of them, are fetched at once at most."""
LISTED = 50_000
GROUP = 500
"""Numbers in one question: servers refuse lines of over 8,000 characters."""
UNKNOWN = 1 << 32
"""The number that comes next where a server of old does not say it: above all that there can be."""
GONE = later("taken away on the server before it was read")
REFUSED = later("the server could not hand it out")
DRAFT = later("a draft")
DELETED = later("marked on the server as thrown away")
_BODY = f"BODY.PEEK[]<0.{WHOLE}>"
_FROM = "BODY.PEEK[HEADER.FIELDS (FROM)]"
_IDS = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"


@dataclass(frozen=True, slots=True)
class Status:
    """A folder's state: `validity` changes when its numbers begin anew; `next` is the number that the next
    letter will get, `messages` how many are there. `mark` is the HIGHESTMODSEQ (RFC 7162), which rises with
    every change; 0 where the server keeps none."""

    validity: int
    next: int
    messages: int
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A folder that there may be something new in: how far it has been read, and how it stands. With `only`
    these letters are wanted, though they lie before that."""

    name: str
    source: str
    start: int
    state: Status
    only: tuple[int, ...] = ()

    @property
    def print(self) -> str:
        """What tells its numbers from those that it had before it numbered anew."""
        return str(self.state.validity)

    @property
    def most(self) -> int:
        """How many letters may be new, at most."""
        if self.only:
            return len(self.only)
        return min(self.state.messages, self.state.next - 1 - self.start)


@dataclass(frozen=True, slots=True)
class Head:
    """A letter before it is fetched. `id` is its Message-ID with what surrounds it, if it was asked for."""

    uid: int
    size: int
    draft: bool
    id: bytes = b""
    deleted: bool = False

    @property
    def aside(self) -> str:
        """Why it is not read, as long as that holds; nothing if it is."""
        return DRAFT if self.draft else DELETED if self.deleted else ""


def status(client: IMAPClient, folder: str) -> Status:
    """How a folder stands, without opening it."""
    wanted = ["UIDNEXT", "UIDVALIDITY", "MESSAGES"]
    said = client.folder_status(folder, wanted + ["HIGHESTMODSEQ"] * client.has_capability("CONDSTORE"))
    validity, messages = said.get(b"UIDVALIDITY"), said.get(b"MESSAGES")
    if not (isinstance(validity, int) and isinstance(messages, int)):
        raise imaplib.IMAP4.error(f"no numbers are given for {folder}")
    mark = said.get(b"HIGHESTMODSEQ")
    next_ = int(said.get(b"UIDNEXT") or UNKNOWN)
    return Status(validity, next_, messages, mark if isinstance(mark, int) else 0)


def senders(client: IMAPClient, folder: str, newest: int = 100) -> Counter[str]:
    """Who the newest letters in a folder are from, and how many of them."""
    opened = client.select_folder(folder, readonly=True)
    count = int(opened.get(b"EXISTS") or 0)
    if not count:
        return Counter()
    said = client.fetch(client.search(f"{max(1, count - newest + 1)}:*"), [_FROM])
    fields = (
        value for one in said.values() for name, value in one.items() if name.startswith(b"BODY[HEADER")
    )
    texts = (field.partition(b":")[2].decode("utf-8", "replace") for field in fields if field)
    return Counter(one.address for text in texts for one in parse_addresses(" ".join(text.split()))[:1])


def numbers(client: IMAPClient, after: int, state: Status) -> Iterator[list[int]]:
    """The UIDs above `after` in the opened folder, ascending, in groups of at most GROUP.

    A long list is asked for in pieces: lines of over a million characters are refused by the library.
    """
    if state.messages <= LISTED or state.next >= UNKNOWN:
        ranges = [(after + 1, "*")]
    else:
        first = client.search("1") if not after else []  # the UID of the first letter: some begin very high
        low = max([after + 1, *first])
        ranges = [(at, str(at + LISTED - 1)) for at in range(low, state.next, LISTED)]
    for low, high in ranges:
        # The star stands for the last letter, also where that is below the range.
        found = sorted(uid for uid in client.search(["UID", f"{low}:{high}"]) if uid > after)
        for at in range(0, len(found), GROUP):
            yield found[at : at + GROUP]


def heads(client: IMAPClient, uids: Sequence[int], *, gmail: bool, ids: bool) -> tuple[list[Head], list[int]]:
    """What is told of these letters, in order, and which of them are not there any more. With `ids` their
    Message-IDs are told too."""
    wanted = ["FLAGS", "RFC822.SIZE"] + ["X-GM-LABELS"] * gmail + [_IDS] * ids
    said = client.fetch(uids, wanted)
    found = [head(uid, said[uid]) for uid in uids if uid in said]
    return found, [uid for uid in uids if uid not in said]


def head(uid: int, said: Mapping[bytes, Any]) -> Head:
    """What the answer to a FETCH tells of a letter."""
    marks = [
        str(one, "ascii", "replace") if isinstance(one, bytes) else str(one)
        for one in (*said.get(b"FLAGS", ()), *said.get(b"X-GM-LABELS", ()))
    ]
    field = next((value for key, value in said.items() if key.startswith(b"BODY[HEADER")), b"") or b""
    size = said.get(b"RFC822.SIZE", 0)
    draft = any(mark.lower().strip("\\") in ("draft", "drafts") and "\\" in mark for mark in marks)
    deleted = any(mark.lower() == "\\deleted" for mark in marks)
    return Head(uid, size if isinstance(size, int) else 0, draft, field.partition(b":")[2].strip(), deleted)


def letters(client: IMAPClient, wanted: Sequence[Head], where: str) -> Iterator[Raw | Skipped]:
    """The letters themselves, in order. One that the server cannot hand out is skipped alone."""
    for batch in _batches(wanted):
        uids = [one.uid for one in batch]
        for uid, data in _bodies(client, uids):
            place = f"{where} UID {uid}"
            if isinstance(data, str):
                yield Skipped(place, data, uid)
            else:
                yield Raw(data, place, uid)


def to_its_end(client: IMAPClient, letter: Raw) -> Raw:
    """The same letter with what follows its first WHOLE bytes, if there is a text in it, up to LARGEST."""
    said = client.fetch([letter.offset], ["RFC822.SIZE", "BODYSTRUCTURE"]).get(letter.offset, {})
    if not (0 < said.get(b"RFC822.SIZE", 0) <= LARGEST and _has_text(said.get(b"BODYSTRUCTURE"))):
        return letter
    data = client.fetch([letter.offset], ["BODY.PEEK[]"]).get(letter.offset, {}).get(b"BODY[]")
    return replace(letter, data=data) if isinstance(data, bytes) else letter


def _has_text(part: Any, depth: int = 20) -> bool:
    """Whether a BODYSTRUCTURE (RFC 3501, 7.4.2) has a part that can be read."""
    if not (isinstance(part, tuple) and part and depth):
        return False
    if isinstance(part[0], list):
        return any(_has_text(one, depth - 1) for one in part[0])
    return isinstance(part[0], bytes) and part[0].lower() == b"text"


def _batches(wanted: Sequence[Head]) -> Iterator[list[Head]]:
    batch: list[Head] = []
    size = 0
    for one in wanted:
        if batch and (len(batch) >= TOGETHER or size + min(one.size, WHOLE) > BYTES):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += min(one.size, WHOLE)
    if batch:
        yield batch


def _bodies(client: IMAPClient, uids: Sequence[int]) -> Iterator[tuple[int, bytes | str]]:
    try:
        said = client.fetch(uids, [_BODY])
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, ValueError, AssertionError):
        if len(uids) == 1:
            yield uids[0], REFUSED
            return
        for uid in uids:
            yield from _bodies(client, [uid])
        return
    for uid in uids:
        data = said.get(uid, {}).get(b"BODY[]<0>", said.get(uid, {}).get(b"BODY[]"))
        yield uid, data if isinstance(data, bytes) else REFUSED if uid in said else GONE
