"""Gmail's labels, which Google Takeout writes into each mail, in the language of the account."""

from __future__ import annotations

import re
import tomllib
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from functools import lru_cache
from importlib import resources

from askwell.words import later

FIELD = "x-gmail-labels"
LONGEST = 4_000
_HEAD = 1 << 16
_FIELD = re.compile(rb"^X-Gmail-Labels:([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE | re.IGNORECASE)


def roles(value: str) -> frozenset[str]:
    """Which of `sent`, `spam`, `trash` and `draft` a mail's labels say that it is."""
    text = value[:LONGEST]
    if "=?" in text:
        try:
            text = str(make_header(decode_header(text)))
        except (HeaderParseError, LookupError, ValueError):
            return frozenset()
    names = (" ".join(one.split()).strip('"').casefold() for one in text.split(","))
    return frozenset(role for one in names if (role := _known().get(one)))


def why_not(value: str) -> str:
    """Why a mail with these labels is not used; nothing if it is."""
    said = roles(value)
    reasons = {"spam": later("marked as spam"), "trash": later("in the trash"), "draft": later("a draft")}
    return next((why for role, why in reasons.items() if role in said), "")


def of(data: bytes) -> str:
    """The labels in the bytes of a mail, as they stand there."""
    end = min(at for at in (data.find(b"\n\n"), data.find(b"\r\n\r\n"), _HEAD) if at >= 0)
    found = _FIELD.search(data, 0, end)
    return found[1].decode("utf-8", "replace").replace("\r", "").replace("\n", "").strip() if found else ""


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    text = (resources.files("askwell.sources") / "labels.toml").read_text("utf-8")
    return {str(name): role for role, names in tomllib.loads(text).items() for name in names}
