"""A sender's newly written words, apart from quotes, forwards, signatures, footers and disclaimers.

English, bokmål, nynorsk, Danish, Swedish and German mail; attributions of some more languages. Offsets into
the given text stay valid: `mask` blanks out and never moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .machine import KEPT, kinds
from .parent import repeated

__all__ = ["LARGEST", "Zone", "mask", "own_words", "zones"]

LARGEST: Final = 2_000_000
"""Code points that are looked at; what lies beyond counts as nobody's words."""

_BEYOND: Final = "beyond"


@dataclass(frozen=True, slots=True)
class Zone:
    """Neighbouring lines of one kind: own, greeting, closing, signature, quote, attribution, forward,
    disclaimer, footer, technical (patches, code, logs, tables), separator or beyond. Half-open offsets in
    code points, without the last newline."""

    start: int
    end: int
    kind: str


def mask(text: str, *, parent: str | None = None) -> str:
    """The text with all but the sender's own lines (greeting and closing among them) replaced by spaces.

    As long as the given text, newlines in place. `parent` is the text of the message replied to: lines that
    repeat it are taken for quotes. Masking a masked text changes nothing.
    """
    lines, found = _read(text, parent)
    others = set(found) - KEPT - {""}
    if not others and len(text) <= LARGEST:
        return text
    if "\r" in text:
        kept = [_blank(line) if kind in others else line for line, kind in zip(lines, found, strict=True)]
    else:
        kept = [" " * len(line) if kind in others else line for line, kind in zip(lines, found, strict=True)]
    return "\n".join(kept) + _blank_all(text[LARGEST:])


def own_words(text: str, *, parent: str | None = None) -> str:
    """The sender's own lines, trimmed, with no more than one blank line between them."""
    kept: list[str] = []
    for line in mask(text, parent=parent).split("\n"):
        plain = line.rstrip()
        if plain or (kept and kept[-1]):
            kept.append(plain)
    return "\n".join(kept).strip()


def zones(text: str, *, parent: str | None = None) -> tuple[Zone, ...]:
    """Every line that is not blank, in zones, from top to bottom."""
    lines, found = _read(text, parent)
    zoned: list[Zone] = []
    at = 0
    for line, kind in zip(lines, found, strict=True):
        if kind:
            end = at + len(line.rstrip("\r"))
            if zoned and zoned[-1].kind == kind:
                zoned[-1] = Zone(zoned[-1].start, end, kind)
            else:
                zoned.append(Zone(at, end, kind))
        at += len(line) + 1
    if len(text) > LARGEST:
        zoned.append(Zone(LARGEST, len(text), _BEYOND))
    return tuple(zoned)


def _read(text: str, parent: str | None) -> tuple[list[str], list[str]]:
    lines = text[:LARGEST].split("\n")
    return lines, kinds(lines, repeated(lines, parent) if parent and parent.strip() else None)


def _blank(line: str) -> str:
    return " " * (len(line) - 1) + "\r" if line.endswith("\r") else " " * len(line)


def _blank_all(text: str) -> str:
    return "\n".join(_blank(line) for line in text.split("\n")) if text else ""
