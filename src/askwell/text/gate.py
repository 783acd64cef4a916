"""A cheap look before the full reading: messages in which nothing is asked, thanked, offered or answered."""

from __future__ import annotations

import re

from askwell.text.reading import Span

_CUES = {
    "en": re.compile(
        r"\?|\b(?:you|your|u|ur|pls|please|thank|thanks|let|send|call|ask|asap|urgent|need|want|could|would|can|will|sorry|"
        r"grateful|favou?r|help|hope|just|only|after|who|why)\b",
        re.IGNORECASE,
    ),
    "no": re.compile(
        r"\?|\b(?:du|deg|de[gi]?n?|din[e]?|ditt|dere|dykk(?:ar)?|takk|tusen|send|ring|gi|gje|kan|kunne|vil|hvem|kven|"
        r"hvorfor|kvifor|beklager|orsak|trenger|treng|trengs|hjelp|hast\w*|svar|bare|berre|etter|jeg|eg|meg|vi|oss|min|mi)\b",
        re.IGNORECASE,
    ),
}
_FEW = 3


def ordinary(text: str, spans: list[Span], lang: str) -> bool:
    """Whether no sentence turns to a reader at all. Texts of a few sentences are always read in full."""
    if len(spans) < _FEW:
        return False
    return _CUES["en" if lang == "en" else "no"].search(text) is None
