"""Which column of a table says what, told by its header: never by its place, never by the file's name."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources

from askwell.sources.contentlines import decoded

LONGEST = 4 << 20
LOOKED_AT = 10
SEPARATORS = ",;\t"
SEVERAL = ("email", "phone", "tags", "page", "note")
_NUMBER = re.compile(r"\b\d{1,3}\b")
_SPACES = re.compile(r"\s+")

Columns = Mapping[str, tuple[int, ...]]


@lru_cache(maxsize=1)
def known() -> dict[str, tuple[str, int]]:
    """Column names in lower case, with what each says and its rank among the names for it."""
    text = (resources.files("askwell.sources") / "columns.toml").read_text("utf-8")
    found: dict[str, tuple[str, int]] = {}
    for field, names in tomllib.loads(text).items():
        for rank, name in enumerate(names):
            found.setdefault(name, (field, rank))
    return found


def propose(header: list[str]) -> Columns:
    """Which columns say what: field (columns.toml) to places, best first. Unknown columns are not in it."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place, name in enumerate(header):
        plain = _SPACES.sub(" ", name.strip().strip("\ufeff").lower())
        field = known().get(plain) or known().get(_NUMBER.sub("{n}", plain))
        if field:
            # Of the names for one thing the first in the list wins; of several things the first column.
            rank = 0 if field[0] in SEVERAL else field[1]
            found.setdefault(field[0], []).append((rank, place))
    return {field: tuple(place for _, place in sorted(places)) for field, places in found.items()}


def separator(text: str) -> str:
    """The character between columns: the one that stands most often in the first line, outside quotes."""
    line = re.sub(r'"[^"\n]*"', "", text.lstrip("\ufeff\r\n").partition("\n")[0])
    return max(SEPARATORS, key=line.count)


def rows(data: bytes, between: str = "") -> Iterator[tuple[int, list[str] | None]]:
    """The rows of a table with the number of the line that each ends in. A row that cannot be read
    (a field of over 4 MB) comes back as None."""
    text = decoded(data)
    csv.field_size_limit(LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between or separator(text))
    while True:
        row: list[str] | None
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = None
        yield reader.line_num, row


def head_row(head: bytes) -> list[str]:
    """The first row of what may be a table; empty if it is none."""
    text = decoded(_whole_lines(head))
    if "\x00" in text[:1000]:
        return []
    for _, row in rows(_whole_lines(head)):
        if row and any(cell.strip() for cell in row):
            return row
    return []


def _whole_lines(head: bytes) -> bytes:
    """Up to the last line end, unless there is none: half a letter would make it another encoding."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[: len(head) // 2 * 2]
    end = head.rfind(b"\n")
    return head[: end + 1] if end > 0 else head
