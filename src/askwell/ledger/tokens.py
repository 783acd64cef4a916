"""The words of one story line: a small scanner, linear in the line."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<string>"(?:[^"\\]|\\.)*")
    | (?P<mark><->|->|,|:(?!\S))
    | (?P<angle><[^<>\s]*>)
    | (?P<name>[a-z_]+)=
    | (?P<word>(?:[^\s",<>=:]|:(?=\S))+)
    )""",
    re.VERBOSE,
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_QUOTED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class LineError(Exception):
    """What is wrong in a line, and what was expected there."""

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected


class Extras(NamedTuple):
    angles: tuple[str, ...]
    said: dict[str, str]


def quoted(text: str) -> str:
    """Text as a story string: in quotes, on one line."""
    return f'"{text.translate(_QUOTED)}"'


def unquoted(token: str) -> str:
    """The text of a story string."""
    return re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), token[1:-1])


class Tokens:
    """The tokens of one line, taken one after another."""

    def __init__(self, line: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        at, end = 0, len(line.rstrip())
        while at < end:
            match = _TOKEN.match(line, at, end)
            if match is None:
                rest = line[at:end].strip()
                what = "a quote is not closed" if rest.startswith('"') else f"`{rest[:20]}` is unclear"
                raise LineError(what, 'words, "strings", <addresses>, -> or name="value"')
            self._tokens.append((match.lastgroup or "", match[match.lastgroup or 0]))
            at = match.end()
        self._at = 0

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "the end of the line")

    def _take(self, kind: str, expected: str) -> str:
        found, text = self._peek()
        if found != kind:
            raise LineError(f"found {text}", expected)
        self._at += 1
        return text

    def _maybe(self, kind: str) -> str:
        return self._take(kind, "") if self._peek()[0] == kind else ""

    def word(self, expected: str) -> str:
        return self._take("word", expected)

    def maybe_word(self) -> str:
        return self._maybe("word")

    def words(self) -> list[str]:
        found = []
        while word := self._maybe("word"):
            found.append(word)
        return found

    def string(self, expected: str) -> str:
        return unquoted(self._take("string", expected))

    def maybe_string(self) -> str:
        token = self._maybe("string")
        return unquoted(token) if token else ""

    def angles(self) -> list[str]:
        found = []
        while token := self._maybe("angle"):
            found.append(token[1:-1])
        return found

    def mark(self, mark: str, expected: str) -> None:
        if self._peek() != ("mark", mark):
            raise LineError(f"found {self._peek()[1]}", expected)
        self._at += 1

    def maybe_mark(self, mark: str) -> bool:
        if self._peek() != ("mark", mark):
            return False
        self._at += 1
        return True

    def endpoint(self, expected: str) -> str:
        """`me`, a key, or an address, bare or in brackets."""
        if self._peek()[0] == "angle":
            return self._take("angle", expected)[1:-1]
        return self.word(expected)

    def endpoints(self, expected: str) -> tuple[str, ...]:
        found = [self.endpoint(expected)]
        while self.maybe_mark(","):
            found.append(self.endpoint(expected))
        return tuple(found)

    def attributes(self, *allowed: str) -> dict[str, str]:
        """`name="value"` or `name=word` up to the end. Refuses names that are not allowed or stand twice."""
        said: dict[str, str] = {}
        while name := self._maybe("name"):
            if name not in allowed:
                raise LineError(f"`{name}` is unknown here", ", ".join(f"{one}=" for one in allowed))
            if name in said:
                raise LineError(f"`{name}` stands twice", f"{name}= once")
            if self._peek()[0] == "string":
                said[name] = self.string("")
            else:
                parts = [self.word(f"a value after {name}=")]
                while self.maybe_mark(","):
                    parts.append(self.word("another value after the comma"))
                said[name] = ",".join(parts)
        return said

    def attributes_after_angles(self, *allowed: str) -> Extras:
        return Extras(tuple(self.angles()), self.attributes(*allowed))

    def end(self) -> None:
        kind, text = self._peek()
        if kind != "end":
            raise LineError(f"found {text}", "nothing more on this line")
