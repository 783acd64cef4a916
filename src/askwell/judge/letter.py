"""A draft taken apart: greeting, sentences with what the reader found in them, closing and name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from askwell.text.reading import Reading, Span
from askwell.text.sentences import split

_WORD = (
    r"(?i:hi|hello|hey|dear|good (?:morning|day|afternoon|evening)|hei|hallo|heisann|hej|heia|kjære|kjere"
    r"|gode|god (?:dag|morgen|kveld|påske|jul)|godt nytt år|to)"
)
_HELLO_LINE = re.compile(rf"\s*(?P<greeting>{_WORD}\b[^\n.!?]{{0,50}}[,.!:]?)[ \t]*(?=\n)")
_HELLO = re.compile(
    rf"\s*(?P<greeting>{_WORD}(?:,(?= [A-ZÆØÅ]))?(?: (?:Mr|Mrs|Ms|Dr|Prof)\.)?(?: [\w'’-]{{1,30}}){{0,3}}?"
    r"[ ]?[,.!:])(?=\s)"
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
    hello = _HELLO_LINE.match(draft) or _HELLO.match(draft) or _NAME_ONLY.match(draft)
    if hello and (hello.end() > end or len(hello.group().split()) > 6):
        hello = None
    start = hello.end() if hello else 0
    greeting = hello.group("greeting").strip() if hello else ""
    spans = [(a + start, b + start) for a, b in split(draft[start:end])]
    body = tuple(Sentence(draft[a:b], (a, b), _found(reading, (a, b))) for a, b in spans)
    return Letter(greeting, body, draft[end:].strip())


def _end_of_body(draft: str) -> int:
    """Where the closing lines begin: a goodbye and what follows, or a short last paragraph of names."""
    lines = list(re.finditer(r"[^\n]*\S[^\n]*", draft))
    for back in range(1, min(4, len(lines) - 1) + 1):
        line = lines[-back]
        words = len(line.group().split())
        if words > 8 or _POSTSCRIPT.match(line.group()):
            break
        bye = _GOODBYE.match(line.group())
        if bye and (back > 1 or words <= 5):
            return line.start()
        apart = draft.count("\n", lines[-back - 1].end(), line.start()) > 1
        if apart and _signed([one.group().strip() for one in lines[len(lines) - back :]]):
            return line.start()
    last = lines[-1] if len(lines) > 1 else None
    return last.start() if last and _signed([last.group().strip()]) else _within_last(draft)


def _within_last(draft: str) -> int:
    """Where a goodbye with a name stands in the last line of the text, behind its last sentence."""
    text = draft.rstrip()
    start = max(text.rfind(stop, 0, len(text) - 1) for stop in (". ", "! ", "? ", ") ")) + 2
    tail = text[start:]
    if start > 1 and len(tail.split()) <= 5 and "\n" not in tail and tail[-1:].isalpha():
        return start if _GOODBYE.match(tail) and not _GOODBYE.fullmatch(tail) else len(draft)
    return len(draft)


def _signed(lines: list[str]) -> bool:
    """Whether these lines could be a closing and a name."""
    if any(line[-1] in ".!?:" for line in lines):
        return False
    return _SIGNED.fullmatch(lines[-1]) is not None and (len(lines) == 1 or len(lines[0].split()) <= 5)


def _found(reading: Reading, span: Span) -> frozenset[str]:
    found = [(act.act, act.span) for act in reading.acts]
    found += [(pattern.id, pattern.span) for pattern in reading.patterns]
    found += [(positive.id, positive.span) for positive in reading.positives]
    return frozenset(name for name, (a, b) in found if a < span[1] and span[0] < b)
