"""What became of letters that were read before: which of them changed, and which are gone (RFC 7162).

With CONDSTORE the server tells what changed after a mark, with QRESYNC also what is gone. The library knows
only half of that, so the question is put by hand.
"""

from __future__ import annotations

import imaplib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askwell.sources.imap_fetch import Head, Waiting, head, numbers

if TYPE_CHECKING:
    from imapclient import IMAPClient  # type: ignore[import-untyped]

_SET = re.compile(rb"(?:\d+(?::\d+)?)(?:,\d+(?::\d+)?)*\s*$")


@dataclass(frozen=True, slots=True)
class Changed:
    """Letters whose flags changed, and ranges of UIDs (first and last) that are gone: what was never read
    may be among these."""

    heads: tuple[Head, ...]
    gone: tuple[tuple[int, int], ...]

    def took(self, uid: int) -> bool:
        """Whether this letter is gone."""
        return any(first <= uid <= last for first, last in self.gone)


def quick(client: IMAPClient) -> bool:
    """Have the server tell what is gone, if it can. To be called before a folder is opened."""
    return bool(client.has_capability("QRESYNC") and b"QRESYNC" in client.enable("QRESYNC"))


def changed(client: IMAPClient, last: int, mark: int, *, gone: bool) -> Changed:
    """What changed among the letters up to the UID `last` of the opened folder, after the mark; with `gone`
    also which are gone, for which `quick` must have been true."""
    from imapclient.response_parser import parse_fetch_response  # type: ignore[import-untyped]

    imap: Any = client._imap
    imap.untagged_responses.pop("VANISHED", None)
    how = f"(CHANGEDSINCE {mark} VANISHED)" if gone else f"(CHANGEDSINCE {mark})"
    kind, data = imap.uid("FETCH", f"1:{last}", "(UID FLAGS)", how)
    if kind != "OK":
        raise imaplib.IMAP4.error(f"FETCH: {data!r:.200}")
    said = parse_fetch_response(data, False, True)
    heads = tuple(head(uid, said[uid]) for uid in sorted(said) if 0 < uid <= last and b"FLAGS" in said[uid])
    return Changed(heads, tuple(_ranges(imap.untagged_responses.pop("VANISHED", []))))


def _ranges(lines: Iterable[bytes | None]) -> Iterable[tuple[int, int]]:
    """The ranges in answers such as `(EARLIER) 41,43:116`."""
    for line in lines:
        found = _SET.search(line or b"")
        for part in found[0].split(b",") if found else ():
            first, _, last = part.partition(b":")
            low, high = sorted((int(first), int(last or first)))
            yield low, high


def there(client: IMAPClient, folder: Waiting, last: int) -> set[int]:
    """The UIDs up to `last` in the opened folder: to be compared with what was there before."""
    return {uid for uids in numbers(client, 0, folder.state) for uid in uids if uid <= last}
