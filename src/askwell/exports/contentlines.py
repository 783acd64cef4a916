"""Content lines on the way out: escaped, and folded at 75 bytes (RFC 5545 3.1, RFC 2425 5.8.1)."""

from __future__ import annotations

LONGEST = 75
_ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "", ",": "\\,", ";": "\\;"})


def escaped(text: str) -> str:
    """A value with backslash, comma, semicolon and line end escaped."""
    return text.translate(_ESCAPED)


def folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, never within a letter, with its end."""
    pieces, piece, size = [], "", 0
    for letter in line.replace("\r", "").replace("\n", " "):
        length = len(letter.encode("utf-8", "replace"))
        if size + length > LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + length
    return "\r\n".join([*pieces, piece]) + "\r\n"
