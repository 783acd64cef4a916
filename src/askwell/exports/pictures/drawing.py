"""SVG written by hand: elements as text, attributes in the order given, every value escaped.

Nothing carries a `style` attribute: looks come by class from `picture.css`, so that a page with a strict
content security policy can hold a picture as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import escape

LONGEST = 200
_CONTROL = ("Cc", "Cf", "Cs", "Co", "Cn")
_SPACE = re.compile(r"\s+")


def plain(text: str, most: int = LONGEST) -> str:
    """Words as one line for any XML reader: no control or direction marks, at most `most` characters."""
    short = _SPACE.sub(" ", text[: 8 * most])
    kept = "".join(one for one in short if unicodedata.category(one) not in _CONTROL).strip()
    return kept if len(kept) <= most else kept[: most - 1].rstrip() + "…"


def figure(value: float) -> str:
    """A number with at most one decimal, as SVG wants it."""
    return "0" if abs(value) < 0.05 else f"{value:.1f}".removesuffix(".0")


def element(tag: str, inner: str = "", **attributes: str | float) -> str:
    """An element; `inner` is taken as it is, `class_` stands for class and `_` in a name for a hyphen."""
    said = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for name, value in attributes.items()
        if value != ""
    )
    return f"<{tag}{said}>{inner}</{tag}>" if inner else f"<{tag}{said}/>"


def words(text: str, x: float, y: float, kind: str = "", anchor: str = "", most: int = LONGEST) -> str:
    """A line of text; `anchor` is start, middle or end."""
    inner = escape(plain(text, most))
    return element("text", inner, x=x, y=y, class_=kind, text_anchor=anchor) if inner else ""


def group(inner: Iterable[str], hint: str = "", kind: str = "") -> str:
    """Marks that belong together, with a hint that is shown when one rests on them."""
    body = (f"<title>{escape(plain(hint))}</title>" if hint else "") + "".join(inner)
    return element("g", body, class_=kind) if body else ""


def box(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A rectangle; `kind` is its class, as in what follows."""
    return element("rect", x=x, y=y, width=max(0.0, width), height=max(0.0, height), class_=kind)


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def dot(x: float, y: float, size: float, kind: str) -> str:
    """A circle of radius `size`."""
    return element("circle", cx=x, cy=y, r=size, class_=kind)


def shape(points: Iterable[tuple[float, float]], kind: str) -> str:
    """A closed shape with straight sides."""
    return element("polygon", points=_points(points), class_=kind)


def stroke(points: Iterable[tuple[float, float]], kind: str) -> str:
    """A line through points."""
    return element("polyline", points=_points(points), class_=kind)


def diamond(x: float, y: float, size: float, kind: str) -> str:
    """An ask: a square on its corner."""
    return shape(((x, y - size), (x + size, y), (x, y + size), (x - size, y)), kind)


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{figure(x)},{figure(y)}" for x, y in points)


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else figure(value)
