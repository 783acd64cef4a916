"""The pages of the docs: generated parts and sessions brought up to date, links followed.

A generated part stands between `<!-- generated: NAME -->` and `<!-- end -->`; NAME is one of `facts.PARTS`.
"""

from __future__ import annotations

import re
from pathlib import Path

from upkeep import facts, sessions

ROOT = Path(__file__).parents[1]
_PART = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+?)\s*$", re.MULTILINE)
_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def all_pages() -> list[Path]:
    """The pages at the top of the project and in docs/."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def refreshed(text: str) -> str:
    """A page as it should be. Raises KeyError at a generated part that nobody makes."""
    text = _PART.sub(lambda m: f"{m[1]}{facts.PARTS[m[2]]().strip()}\n{m[3]}", text)
    return sessions.refreshed(text)


def dead_links(path: Path) -> list[str]:
    """Relative links of a page that lead to no file, or to no heading in it."""
    dead = []
    for link in _LINK.findall(_CODE.sub("", path.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)
    return dead


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as most viewers of Markdown make them."""
    text = _CODE.sub("", path.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in _HEADING.findall(text)}
