"""A draft taken apart: greeting, sentences with what the reader found in them, closing and name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from askwell.text.reading import Reading, Span
from askwell.text.sentences import split

_HELLO = re.compile(
    r"\s*(?P<greeting>(?:hi|hello|hey|dear|good (?:morning|day|afternoon|evening)|hei|hallo|heisann|hej|heia"
    r"|kjære|kjere|gode|god (?:dag|morgen|kveld)|godt nytt år)\b(?:,? [\w.'’-]{1,30}){0,3}[ ]?[,!.:]?)"
    r"(?=\s|$)",
    re.IGNORECASE,
)
_NAME = r"[A-ZÆØÅ][\w.'’-]{1,30}"
_NAME_ONLY = re.compile(rf"\s*(?P<greeting>{_NAME}(?: {_NAME})?[,!])[ ]*(?=\n)")
_GOODBYE = re.compile(
    r"\s*(?:(?:with )?(?:best|kind|warm|many)(?: (?:regards|wishes))?|regards|sincerely|yours(?: sincerely)?"
    r"|yours truly|cheers|thanks|many thanks|thank you|all the best|take care|thanks in advance"
    r"|(?:med )?(?:vennlig|beste|hjertelig|mange|varm)e? hilsen(?:er)?|hilsen|mvh|vh|ha det(?: bra| fint)?"
    r"|(?:med )?(?:venleg|vennleg|beste|hjarteleg|varm)e? helsing(?:ar)?|helsing|hels|takk|alt godt"
    r"|på forhånd takk|på førehand takk)(?: (?:fra|frå|from))?\b[,.!]?\s*",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\s*[A-ZÆØÅ][\w.'’-]{0,30}(?:,? [\w.'’-]{1,30}){0,3}\s*")
_POSTSCRIPT = re.compile(r"\s*p\.?\s?s\.?[: ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft and what was found in it: names of acts, patterns and positives."""

    text: str
    span: Span
    found: frozenset[str]

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Letter:
    """A draft in its parts. `greeting` and `closing` (with the name) are as they were written, or empty."""

    greeting: str
    body: tuple[Sentence, ...]
    closing: str


def take_apart(draft: str, reading: Reading) -> Letter:
    """The parts of a draft. Linear in its length."""
    end = _end_of_body(draft)
    hello = _HELLO.match(draft, 0, end) or _NAME_ONLY.match(draft, 0, end)
    start = hello.end() if hello else 0
    greeting = hello.group("greeting").strip() if hello else ""
    spans = [(a + start, b + start) for a, b in split(draft[start:end])]
    body = tuple(Sentence(draft[a:b], (a, b), _found(reading, (a, b))) for a, b in spans)
    return Letter(greeting, body, draft[end:].strip())


def _end_of_body(draft: str) -> int:
    """Where the closing lines begin: a goodbye and up to three short lines, or a bare name at the end."""
    lines = list(re.finditer(r"[^\n]*\S[^\n]*", draft))
    for back in range(1, min(5, len(lines)) + 1):
        line = lines[-back]
        if back > 1 and _GOODBYE.fullmatch(line.group()):
            return line.start()
        bye = _GOODBYE.match(line.group())
        if back == 1 and bye and len(line.group().split()) <= 5 and len(lines) > 1:
            return line.start()
        if len(line.group().split()) > 6 or _POSTSCRIPT.match(line.group()):
            break
    if len(lines) > 1 and _SIGNED.fullmatch(lines[-1].group()) and lines[-1].group().strip()[-1] not in ".!?":
        return lines[-1].start()
    return len(draft)


def _found(reading: Reading, span: Span) -> frozenset[str]:
    found = [(act.act, act.span) for act in reading.acts]
    found += [(pattern.id, pattern.span) for pattern in reading.patterns]
    found += [(positive.id, positive.span) for positive in reading.positives]
    return frozenset(name for name, (a, b) in found if a < span[1] and span[0] < b)
