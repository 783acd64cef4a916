"""`askwell demo`: three letters checked in an invented network, in a ledger of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from askwell.app.check import check
from askwell.app.desk import open_desk, profile
from askwell.app.draft import Draft, parse_draft
from askwell.app.importing import import_
from askwell.errors import AskwellError
from askwell.judge.case import Verdict
from askwell.words import say

DAY = date(2026, 5, 4)
DRAFTS = ("en", "nb", "nn")


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the demo's drafts and what the judge says of it."""

    name: str
    draft: Draft
    verdict: Verdict


def examples() -> Path:
    """The folder with the invented network: in the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    for folder in (package / "examples", package.parents[1] / "examples"):
        if (folder / "demo.story").exists():
            return folder
    raise AskwellError(
        say("The demo's files are not there."), say("Install Askwell anew, or run it from a checkout.")
    )


def demo(home: Path, lang: str) -> Iterator[Shown]:
    """Load the network into the ledger at this home and check its three drafts there."""
    folder = examples()
    with open_desk(home, DAY, lang) as opened:
        import_(opened, [folder / "demo.story"])
        desk = replace(opened, profile=profile(opened.store, home))
        for name in DRAFTS:
            path = folder / "drafts" / f"{name}.txt"
            draft = parse_draft(path.read_bytes(), path.name)
            yield Shown(name, draft, check(desk, draft))
