"""What one line looks like on its own, without its neighbours. Only its first 400 characters are looked at."""

from __future__ import annotations

from typing import Final

from .marks import Marks, Phrases, first_word

BLANK: Final = "blank"
TEXT: Final = "text"
QUOTE: Final = "quote"
RULE: Final = "rule"
DASH: Final = "dash"
HEADER: Final = "header"
COLON: Final = "colon"
ANGLE: Final = "angle"
FORWARD: Final = "forward"
MOBILE: Final = "mobile"
FOOTER: Final = "footer"
DISCLAIMER: Final = "disclaimer"
GREETING: Final = "greeting"
CLOSING: Final = "closing"

LOOKED_AT: Final = 400
_RULE_SIGNS: Final = "-_=*~+#—–─━ \u200b"
_DASHES: Final = frozenset({"--", "—", "–", "-- ", "- -"})


def look(line: str, marks: Marks) -> str:
    """One of the codes above. Takes about 1 µs; the rarer looks are reached by a line's first word only."""
    text = line.strip()
    if not text:
        return BLANK
    text = text[:LOOKED_AT]
    first = text[0]
    if first == ">" or text.startswith("&gt;"):
        return QUOTE
    if not first.isalnum():
        if not text.strip(_RULE_SIGNS):
            return DASH if text in _DASHES else RULE if len(text) > 2 else TEXT
        if first in "-_=*" and _is_forward(text, marks):
            return FORWARD
    elif ">" in text[1:5] and _has_initials(text):
        return QUOTE
    low = text.lower()
    word = first_word(low)
    if word in marks.triggers:
        code = _by_phrase(low, word, marks)
        if code != TEXT:
            return code
    if ":" in text[:24] and header_name(text, marks):
        return HEADER
    last = text.rstrip("-_* ")[-1:]
    if last == ":":
        return COLON
    return ANGLE if last == ">" and "@" in text else TEXT


def header_name(text: str, marks: Marks) -> str | None:
    """Which header field a line begins with: from, sent, to, copy, subject, other; None for no header."""
    name, colon, _ = text[:24].partition(":")
    return marks.header.get(name.strip("*_| \t\u00a0").lower()) if colon else None


def _is_forward(text: str, marks: Marks) -> bool:
    if not text.startswith(("---", "___", "***", "===", "- -")):
        return False
    inner = text.strip("-_=* >").lower()
    return inner.startswith(marks.forwarded) or inner.startswith(marks.original)


def _has_initials(text: str) -> bool:
    """An old way of quoting: `AB> the quoted words`."""
    initials, _, rest = text.partition(">")
    return initials.isalpha() and initials.isupper() and rest[:1] in ("", " ", ">")


def starts(low: str, word: str, phrases: Phrases) -> str | None:
    """The longest phrase that the line begins with, ending at the end of a word."""
    for phrase in phrases.get(word, ()):
        at = low.find(phrase, 0, len(phrase) + 3)
        if at >= 0:
            end = at + len(phrase)
            if not phrase[-1].isalnum() or not low[end : end + 1].isalnum():
                return low[end:]
    return None


def _by_phrase(low: str, word: str, marks: Marks) -> str:
    if low.strip("-_*: ") in marks.forward_alone and (low[-1] == ":" or len(low.split()) > 2):
        return FORWARD
    if _is_mobile(low, word, marks):
        return MOBILE
    if starts(low, word, marks.footer) is not None:
        return FOOTER
    if starts(low, word, marks.disclaimer) is not None:
        return DISCLAIMER
    rest = starts(low, word, marks.closing)
    if rest is not None and _is_short_rest(rest, 4, 40):
        return CLOSING
    rest = starts(low, word, marks.greeting)
    if rest is not None and _is_short_rest(rest, 4, 50):
        return GREETING
    return TEXT


def _is_mobile(low: str, word: str, marks: Marks) -> bool:
    rest = starts(low, word, marks.mobile)
    if rest is None or len(low) > 70:
        return False
    words = low.replace(",", " , ").split()
    if len(words) > 10 or "," in words:
        return False
    return any(word.strip(".!()") in marks.devices for word in words) or len(words) < 8 and word == "sent"


def _is_short_rest(rest: str, words: int, letters: int) -> bool:
    """A name may follow, no sentence: "Best, Anna", "Hei Kari!", not "Thanks for the papers that came"."""
    if len(rest) > letters or len(rest.split()) > words or rest.rstrip().endswith("?"):
        return False
    return ". " not in rest and "! " not in rest
