"""One way of writing for what can be written in several: case, accents, quotes, emoji, å/aa, ø/oe, æ/ae.

Folded text is only ever matched, never shown, so it need not keep offsets.
"""

from __future__ import annotations

import re
import unicodedata

_TABLE = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "\u200b": None, "\u200d": None, "\ufe0f": None,
        "\u00ad": None,
        "æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa", "é": "e", "è": "e", "ê": "e", "ë": "e",
        "ò": "o",
        "ó": "o", "ô": "o", "à": "a", "á": "a", "ü": "u", "ï": "i", "í": "i", "ç": "c", "ñ": "n", "…": ".",
    }
)  # fmt: skip
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[?!]")
_TO_MEND = re.compile(r"['\d]")
_FOREIGN = re.compile(r"[^\x00-\x5f\x61-\x7f]")  # the sign that is left out, `, stands in the table too
_WHOLE = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
}
_TAILS = {"'d": "would", "'ll": "will", "'ve": "have", "'m": "am", "'re": "are", "'s": "s"}


def fold(text: str) -> str:
    """Lower case, one kind of quote, æ ø å as ae oe aa, no other accents."""
    text = text.lower()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    for sign in set(_FOREIGN.findall(text)):  # a few each: quicker than to look at every letter
        if ord(sign) in _TABLE:
            text = text.replace(sign, _TABLE[ord(sign)] or "")
    return text


def tokens(folded: str) -> list[str]:
    """Words, numbers as "0", and ? and !; contractions taken apart ("can't" is "can", "not")."""
    if _TO_MEND.search(folded) is None:
        return _TOKEN.findall(folded)
    found: list[str] = []
    for token in _TOKEN.findall(folded):
        if "'" in token:
            found.extend(_apart(token))
        elif token[0].isdigit():
            found.append("0" if len(token) < 4 else "0000")
        else:
            found.append(token)
    return found


def _apart(token: str) -> tuple[str, ...]:
    if token in _WHOLE:
        return _WHOLE[token]
    if token.endswith("n't"):
        return (token[:-3], "not")
    at = token.index("'")
    tail = _TAILS.get(token[at:])
    return (token[:at], tail) if tail else (token[:at], token[at + 1 :])
