"""A picture and the table that says the same; as part of a page, and as a file that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib import resources

from askwell.exports.pictures.drawing import box, element, plain, words

WIDTH = 640.0
MARGIN = 16.0
_HEADING = 30.0
_XMLNS = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class Table:
    """What a picture shows, in rows: as many cells in each as in `head`."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """`name` tells pictures on one page apart, `marks` is SVG, `description` says what is to be seen."""

    name: str
    title: str
    description: str
    height: float
    marks: str
    table: Table
    width: float = WIDTH

    def inline(self) -> str:
        """The picture for a page whose style sheet holds `style()`."""
        return element("svg", self._said() + self.marks, **self._frame(self.width, self.height))

    def alone(self) -> str:
        """The picture as a file: with its own style, in light and dark."""
        return together(self.title, (self,))

    def _said(self) -> str:
        title = element("title", escape(plain(self.title)), id=f"{self.name}-title")
        return title + element("desc", escape(plain(self.description, 2000)), id=f"{self.name}-desc")

    def _frame(self, width: float, height: float) -> dict[str, str | float]:
        return {
            "viewBox": f"0 0 {width:g} {height:g}",
            "class_": "picture",
            "role": "img",
            "aria_labelledby": f"{self.name}-title {self.name}-desc",
        }

    def part(self, top: float) -> str:
        """The picture as a part of a file, moved down, with its title and description to be read."""
        labels = f"{self.name}-title {self.name}-desc"
        heading = words(self.title, MARGIN, 20, "heading")
        marks = element("g", self.marks, transform=f"translate(0 {_HEADING:g})")
        return element(
            "g",
            self._said() + heading + marks,
            transform=f"translate(0 {top:g})",
            role="img",
            aria_labelledby=labels,
        )


def together(title: str, pictures: Sequence[Picture]) -> str:
    """Pictures below each other as one SVG file that needs nothing else."""
    parts, top = [], MARGIN
    for one in pictures:
        parts.append(one.part(top))
        top += _HEADING + one.height + MARGIN
    width = max((one.width for one in pictures), default=WIDTH)
    inner = (
        element("title", escape(plain(title))) + element("style", style()) + box(0, 0, width, top, "paper")
    )
    frame: dict[str, str | float] = {
        "xmlns": _XMLNS,
        "viewBox": f"0 0 {width:g} {top:g}",
        "width": width,
        "height": top,
        "class_": "picture alone",
    }
    return element("svg", inner + "".join(parts), **frame) + "\n"


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet of all pictures, for pages that hold them."""
    return (resources.files(__package__) / "picture.css").read_text("utf-8")
