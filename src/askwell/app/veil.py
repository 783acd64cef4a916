"""Names and addresses in a text replaced by placeholders before it leaves this machine, and put back after.

Rather one word too many than a name too few: besides the people in the ledger, every word with a capital that
no sentence begins with is taken for a name, and so are addresses, links and numbers that could call somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from askwell.app.plainwords import given_names, words

_ADDRESS = r"[^\s<>()\[\]\"',;:]{1,64}@[^\s<>()\[\]\"',;:@]{1,190}[\w]"
_LINK = (
    r"(?:https?://|www\.)[^\s<>\"]{1,400}"
    r"|\b[\w-]{1,60}(?:\.[\w-]{1,60}){0,4}\.(?:com|org|net|no|io|dev|example)\b(?:/[^\s<>\"]*)?"
)
_PHONE = r"\+?\d[\d \-().]{5,18}\d"
_WORD = r"[^\W\d_][\w'’-]*"
_TOKEN = re.compile(f"(?P<address>{_ADDRESS})|(?P<link>{_LINK})|(?P<phone>{_PHONE})|(?P<word>{_WORD})")
_MARK = re.compile(r"\[(?:NAME|MAIL|LINK|PHONE) ?\d{1,3}\]", re.I)
_ANY_MARK = re.compile(r"\[[^\]\n]{1,40}\]")
_KIND = {"address": "MAIL", "link": "LINK", "phone": "PHONE"}
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass
class Veil:
    """Hides names in any number of texts, the same name behind the same placeholder. `known` are names of
    people; those in `near` are hidden however they are written, since the text speaks to or of them."""

    known: frozenset[str]
    near: frozenset[str]
    marks: dict[str, str] = field(default_factory=dict)
    _behind: dict[str, str] = field(default_factory=dict)

    def hide(self, text: str) -> str:
        """The text with placeholders."""
        found = _names(text, self.known, self.near)
        return _TOKEN.sub(lambda one: self._hidden(one, found), _ANY_MARK.sub(_unbracketed, text))

    def show(self, text: str) -> str | None:
        """A text with the names put back; None if it has a placeholder that hides nothing."""
        back = _MARK.sub(lambda one: self._behind.get(_bare(one[0]), one[0]), text)
        return None if _ANY_MARK.search(back) else back

    def _hidden(self, one: re.Match[str], names: frozenset[str]) -> str:
        kind, said = one.lastgroup or "", one[0]
        if kind == "word" and said not in names:
            return said
        if kind == "phone" and (_ISO.fullmatch(said) or sum(letter.isdigit() for letter in said) < 7):
            return said
        return self._mark(_KIND.get(kind, "NAME"), said)

    def _mark(self, kind: str, said: str) -> str:
        if said not in self.marks:
            number = sum(one.startswith(f"[{kind}") for one in self._behind) + 1
            self.marks[said] = mark = f"[{kind}{number}]"
            self._behind[mark] = said
        return self.marks[said]


def veil(people: Iterable[str], near: Iterable[str]) -> Veil:
    """A veil over these people's names (in full), and over `near` ones also where they are written small."""
    return Veil(frozenset(_parts(people)), frozenset(one.lower() for one in _parts(near)))


def _parts(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        for part in re.findall(_WORD, name):
            if len(part) > 1:
                yield part
                yield from (f"{part}s", f"{part}'s", f"{part}’s")


def _names(text: str, known: frozenset[str], near: frozenset[str]) -> frozenset[str]:
    """The words of the text that are to be hidden, as they are written."""
    found: set[str] = set()
    for one in re.finditer(_WORD, text):
        word = one[0]
        if (
            word.lower() in near
            or word in known
            or (word[0].isupper() and _is_name(word.lower(), _inside(text, one.start(), one.end())))
        ):
            found.add(word)
    return frozenset(found)


def _inside(text: str, start: int, end: int) -> bool:
    """Whether a word stands where no sentence begins, or alone on a line as in a signature."""
    before = text[:start].rstrip(" \t*_\"'“”«»(")
    if before and before[-1] not in ".!?:\n\r•-–":
        return True
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    return bool(before) and len(line.split()) <= 3 and not line.rstrip().endswith((".", "!", "?", ",", ":"))


def _is_name(word: str, inside: bool) -> bool:
    """Whether a word with a capital is taken for a name: always inside a sentence; where one begins, if it is
    a given name or no dictionary has it."""
    if word in words("ordinary"):
        return False
    if inside or (word in given_names() and word not in words("starters")):
        return True
    from simplemma import is_known

    return not any(is_known(word.partition("'")[0], lang) for lang in ("en", "nb", "nn"))


def _unbracketed(one: re.Match[str]) -> str:
    return f"({one[0][1:-1]})"  # what looks like a placeholder must not become one


def _bare(mark: str) -> str:
    return mark.replace(" ", "").upper()
