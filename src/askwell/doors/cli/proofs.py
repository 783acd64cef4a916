"""How the mail and the entries that a reason rests on are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from askwell.doors.cli.paper import Paper
    from askwell.judge.case import Evidence


def proofs(paper: Paper, evidence: Iterable[Evidence], indent: int = 4) -> None:
    """Each with its day, what it was, its words, and where it stands."""
    for one in evidence:
        paper.put(f"{one.date.isoformat()}  {one.what}", indent=indent)
        if one.quote:
            paper.quote(one.quote, indent + 12)
        if one.source:
            paper.put(f"<{one.source}>", "quiet", indent + 12)
