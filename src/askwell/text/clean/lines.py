"""What one line looks like on its own, without its neighbours, from its first 400 characters."""

from __future__ import annotations

from typing import Final

from .marks import Marks, Phrases, first_word
from .technical import opens_patch

BLANK: Final = "blank"
TEXT: Final = "text"
QUOTE: Final = "quote"
RULE: Final = "rule"
DASH: Final = "dash"
HEADER: Final = "header"
COLON: Final = "colon"
ANGLE: Final = "angle"
FORWARD: Final = "forward"
PATCH: Final = "patch"
MOBILE: Final = "mobile"
FOOTER: Final = "footer"
DISCLAIMER: Final = "disclaimer"
GREETING: Final = "greeting"
CLOSING: Final = "closing"

LOOKED_AT: Final = 400
_RULE_SIGNS: Final = "-_=*~+#.·•|—–─━ \u200b"
_LEADING: Final = ",.:;!*([\"'"
_AROUND: Final = "-_*: "
_ELISIONS: Final = frozenset({"[...]", "[…]", "[snip]", "<snip>", "[..]", "(...)"})
_DASHES: Final = frozenset({"--", "—", "–", "-- ", "- -"})


def look(line: str, marks: Marks) -> str:
    """One of the codes above. Takes 1 to 2 µs; the rarer looks are reached by a line's first letters only."""
    text = line.strip()
    if not text:
        return BLANK
    if len(text) > LOOKED_AT:
        text = text[:LOOKED_AT]
    first = text[0]
    if first == ">":
        return QUOTE
    plain = first.isalnum()
    code = TEXT
    if not plain:
        code = _by_sign(text, first, marks)
    elif ">" in text[1:5] and _has_initials(text):
        code = QUOTE
    if code == TEXT and (not plain or text[:2].lower() in marks.beginnings):
        low = text.lower().lstrip(_LEADING)
        word = first_word(low) if low else ""
        phrases = marks.triggers.get(word)
        if phrases is not None and (low[0] in _AROUND or low.startswith(phrases)):
            code = _by_phrase(low, word, marks)
    if code == TEXT:
        code = PATCH if opens_patch(line, first) else _by_colon(text, marks)
    return code


def _by_sign(text: str, first: str, marks: Marks) -> str:
    if text.startswith("&gt;"):
        return QUOTE
    if not text.strip(_RULE_SIGNS):
        return DASH if text in _DASHES else RULE if len(text) > 2 else TEXT
    if first in "-_=*":
        return _inside_rule(text, marks)
    return RULE if text in _ELISIONS else TEXT


def _by_colon(text: str, marks: Marks) -> str:
    if ":" in text[:24] and header_name(text, marks):
        return HEADER
    last = text[-1]
    if last in "-_*":
        last = text.rstrip("-_* ")[-1:]
    if last == ":":
        return COLON
    return ANGLE if last == ">" and "@" in text else TEXT


def header_name(text: str, marks: Marks) -> str | None:
    """Which header field a line begins with: from, sent, to, copy, subject, other; None for no header."""
    name, colon, _ = text[:24].partition(":")
    return marks.header.get(name.strip("*_| \t\u00a0").lower()) if colon else None


def _inside_rule(text: str, marks: Marks) -> str:
    """Words between dashes: "-----Original Message-----", "----- Forwarded by …", "---- Unsubscribe ----"."""
    if not text.startswith(("---", "___", "***", "===", "- -")):
        return TEXT
    inner = text.strip("-_=*~ >,.:;!([\"'").lower()
    if inner.startswith(marks.forwarded) or inner.startswith(marks.original):
        return FORWARD
    return FOOTER if inner and starts(inner, first_word(inner), marks.footer) is not None else TEXT


def _has_initials(text: str) -> bool:
    """An old way of quoting: `AB> the quoted words`."""
    initials, _, rest = text.partition(">")
    return initials.isalpha() and initials.isupper() and rest[:1] in ("", " ", ">")


def starts(low: str, word: str, phrases: Phrases) -> str | None:
    """The longest phrase that the line begins with, ending at the end of a word."""
    group = phrases.get(word)
    if group is None or not low.startswith(group):
        return None
    for phrase in group:
        if low.startswith(phrase) and not (
            phrase[-1].isalnum() and low[len(phrase) : len(phrase) + 1].isalnum()
        ):
            return low[len(phrase) :]
    return None


def closing_rest(line: str, marks: Marks) -> str:
    """What a closing line holds after its phrase, signs apart: a name, or nothing."""
    low = line.strip().lower().lstrip(_LEADING)
    return (starts(low, first_word(low), marks.closing) or "").strip(" ,.!-–:;")


def _by_phrase(low: str, word: str, marks: Marks) -> str:
    if low.strip(_AROUND) in marks.forward_alone and (low[-1] == ":" or len(low.split()) > 2):
        return FORWARD
    if _is_mobile(low, word, marks):
        return MOBILE
    for code, phrases in ((FOOTER, marks.footer), (DISCLAIMER, marks.disclaimer)):
        if starts(low, word, phrases) is not None:
            return code
    for code, phrases, letters in ((CLOSING, marks.closing, 40), (GREETING, marks.greeting, 50)):
        rest = starts(low, word, phrases)
        if rest is not None and _is_short_rest(rest, 4, letters):
            return code
    return TEXT


def _is_mobile(low: str, word: str, marks: Marks) -> bool:
    rest = starts(low, word, marks.mobile)
    if rest is None or len(low) > 70:
        return False
    words = low.replace(",", " , ").split()
    if len(words) > 10 or "," in words:
        return False
    return any(word.strip(".!()") in marks.devices for word in words) or (len(words) < 8 and word == "sent")


def _is_short_rest(rest: str, words: int, letters: int) -> bool:
    """A name may follow, no sentence: "Best, Anna", "Hei Kari!", not "Thanks for the papers that came"."""
    if len(rest) > letters or len(rest.split()) > words or rest.rstrip().endswith("?"):
        return False
    return ". " not in rest and "! " not in rest
