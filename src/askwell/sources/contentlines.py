"""Content lines: what vCard (RFC 2426, RFC 6350, vCard 2.1) and iCalendar (RFC 5545) are made of.

Lines are unfolded as bytes, since a fold may fall inside a letter; quoted-printable lines of vCard 2.1
go on after a `=` at their end. Linear in the size of the data.
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

_QUOTED_PARTS = re.compile(r'((?:[^;"]|"[^"]*"?)*)(?:;|$)')
_ESCAPE = re.compile(r"\\([nN,;:\\])")
_BARE = {"QUOTED-PRINTABLE": "ENCODING", "BASE64": "ENCODING", "B": "ENCODING", "8BIT": "ENCODING"}
_QUOTED_PRINTABLE = b"QUOTED-PRINTABLE"


class Line(NamedTuple):
    """One property: `item1.TEL;TYPE=cell:+47 …`. `name` and the keys of `params` are upper case; several
    values of a parameter are joined by commas. `raw` is the whole line."""

    group: str
    name: str
    params: dict[str, str]
    value: str
    raw: str

    @property
    def types(self) -> set[str]:
        """What TYPE says, upper case."""
        return set(self.params.get("TYPE", "").upper().replace('"', "").split(","))

    @property
    def text(self) -> str:
        """The value with its escapes undone."""
        return unescaped(self.value)


def decoded(data: bytes) -> str:
    """Bytes as text: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def lines(data: bytes) -> Iterator[Line]:
    """The properties in order; what has no colon is left out."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode()
    for raw in _unfolded(data.removeprefix(codecs.BOM_UTF8)):
        if (line := _line(raw)) is not None:
            yield line


def _unfolded(data: bytes) -> Iterator[bytes]:
    parts: list[bytes] = []
    soft = False  # a quoted-printable line goes on
    for raw in data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
        if soft:
            parts.append(raw.lstrip(b" \t") if raw[:2] in (b" =", b"\t=") else raw)
        elif raw[:1] in (b" ", b"\t") and parts:
            parts.append(raw[1:])
            continue
        else:
            if parts:
                yield b"".join(parts)
            parts = [raw]
        soft = raw.endswith(b"=") and (soft or _QUOTED_PRINTABLE in raw.partition(b":")[0].upper())
        if soft:
            parts[-1] = parts[-1][:-1]
    if parts:
        yield b"".join(parts)


def _line(raw: bytes) -> Line | None:
    text = decoded(raw)
    head, colon, value = text.partition(":")
    if not colon:
        return None
    if '"' in head:
        head, value = _outside_quotes(text)
        first, *rest = _QUOTED_PARTS.findall(head)
    elif ";" in head:
        first, *rest = head.split(";")
    else:
        first, rest = head, []
    group, _, name = first.strip().rpartition(".")
    params = _params(rest) if rest else {}
    if params.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
        value = _plain(value, params.get("CHARSET", ""))
    return Line(group, name.upper(), params, value.strip(), text)


def _outside_quotes(text: str) -> tuple[str, str]:
    quoted = False
    for at, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter == ":" and not quoted:
            return text[:at], text[at + 1 :]
    head, _, value = text.partition(":")  # a quote that is never closed
    return head.replace('"', ""), value


def _params(parts: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        name, equals, value = part.partition("=")
        name = name.strip().upper()
        if not name:
            continue
        if not equals:
            name, value = _BARE.get(name, "TYPE"), name
        value = value.strip().strip('"')
        found[name] = f"{found[name]},{value}" if name in found else value
    return found


def _plain(value: str, charset: str) -> str:
    data = binascii.a2b_qp(value.encode("utf-8", "surrogatepass"))
    if charset:
        try:
            return data.decode(charset.strip(), "replace")
        except LookupError:
            pass
    return decoded(data)


def unescaped(value: str) -> str:
    """`\\n`, `\\,`, `\\;` and `\\\\` as what they stand for."""
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def parts(value: str, at: str = ";") -> list[str]:
    """A structured value at its separators, each part unescaped. An escaped separator separates nothing."""
    if "\\" not in value:
        return value.split(at)
    found = re.split(rf"((?:\\.)|{at})", value)
    whole, part = [], ""
    for piece in found:
        if piece == at:
            whole.append(unescaped(part))
            part = ""
        else:
            part += piece
    return [*whole, unescaped(part)]
