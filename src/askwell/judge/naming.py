"""Names that a draft's own words give: where somebody wants to work, whom to meet, which field."""

from __future__ import annotations

import re
from functools import lru_cache

_CAP = r"[A-ZÆØÅ][\w&-]{0,30}"
_NAME = rf"{_CAP}(?: {_CAP}){{0,2}}"
_INTRODUCED = r"introdusere? meg for|introdusert meg for|kontakt med|ko[pb]le meg (?:til|med|på)"
_YOURS = {
    "nb": r"hos (?:dere|deg)|(?:i|på) (?:teamet|avdelingen|laget|firmaet) (?:ditt|din|deres)",
    "nn": r"hos (?:dykk|deg)|(?:i|på) (?:teamet|avdelinga|laget|firmaet) (?:ditt|di|dykkar)",
}
_PLACE = {
    "en": rf"\b(?P<found>(?:at|with|for|in) (?:{_NAME}|your (?:company|firm|team|office|department)))",
    "nb": rf"\b(?P<found>(?:hos|i|ved|på) {_NAME}|{_YOURS['nb']})",
    "nn": rf"\b(?P<found>(?:hos|i|ved|på) {_NAME}|{_YOURS['nn']})",
}
_WHO = {
    "en": rf"\b(?i:introduc(?:e|ing) me to|connect(?:ing)? me with|in touch with|intro to) "
    rf"(?P<found>{_NAME})",
    "nb": rf"\b(?i:{_INTRODUCED}) (?P<found>{_NAME})",
    "nn": rf"\b(?i:{_INTRODUCED}) (?P<found>{_NAME})",
}
_FIELD = {
    "en": r"\b(?:in|into|within|of) (?P<found>(?:the )?[\w-]{3,20}(?: [\w-]{3,20})? "
    r"(?:industry|business|field|sector|world|community))\b",
    "nb": r"\b(?:i|innen|innenfor|om) "
    r"(?P<found>[\w-]{2,30}(?:bransjen|miljøet|sektoren|næringen|næringa|faget))\b",
    "nn": r"\b(?:i|innan|innanfor|om) (?P<found>[\w-]{2,30}(?:bransjen|miljøet|sektoren|næringa|faget))\b",
}
_NO_PLACE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|LinkedIn|CV|HR)\b"
)


@lru_cache(maxsize=9)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def place(lang: str, text: str) -> str:
    """Where the draft wants to go, with its preposition: "at Nordlys", «hos Nordlys»."""
    for match in _compiled(_PLACE[lang]).finditer(text):
        found = match.group("found").rstrip(".,!?")
        if not _NO_PLACE.search(found):
            return found
    return ""


def who(lang: str, text: str) -> str:
    """Whom the draft wants to be introduced to, by name; empty if nobody is named."""
    match = _compiled(_WHO[lang]).search(text)
    return match.group("found").rstrip(".,!?") if match else ""


def topic(lang: str, text: str) -> str:
    """The field or the house that the draft is interested in; empty if it names none."""
    match = _compiled(_FIELD[lang]).search(text)
    if match:
        return match.group("found")
    found = place(lang, text)
    name = found.partition(" ")[2]
    return name if name[:1].isupper() else ""
