"""The letters that come with the invented network, for a first try."""

from __future__ import annotations

from askwell.app.demo import DRAFTS, examples
from askwell.app.draft import Draft, parse_draft


def example(lang: str) -> Draft | None:
    """The example letter in a language, or nothing."""
    if lang not in DRAFTS:
        return None
    path = examples() / "drafts" / f"{lang}.txt"
    return parse_draft(path.read_bytes(), path.name)
