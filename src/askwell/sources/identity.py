"""Stand-in addresses: what a card's UID or a profile's page is kept as, so that it leads to its person.

They end in a domain that never exists (RFC 6761), so that nothing is ever sent there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote

CARD = "@card.askwell.invalid"
LINKEDIN = "@linkedin.askwell.invalid"
WHATSAPP = "@whatsapp.askwell.invalid"
_END = ".askwell.invalid"
_PLAIN = re.compile(r"[\w.-]{1,100}")
_PROFILE = re.compile(r"^(?:https?://)?(?:[\w-]+\.)?linkedin\.com/(?:in|pub)/([^/?#\s]{1,300})", re.I)


def is_stand_in(address: str) -> bool:
    """Whether the address is Askwell's own and leads nowhere."""
    return address.endswith((_END, "@askwell.invalid"))


def shown(addresses: Iterable[str]) -> tuple[str, ...]:
    """The addresses without stand-ins, as people are shown them; a profile as the page it stands for."""
    return tuple(
        f"linkedin.com/in/{one.removesuffix(LINKEDIN)}" if one.endswith(LINKEDIN) else one
        for one in addresses
        if one.endswith(LINKEDIN) or not is_stand_in(one)
    )


def card_address(*parts: str) -> str:
    """The stand-in of a card by its UID, or by all that tells it apart."""
    return _digest("\x00".join(parts)) + CARD


def chat_address(name: str) -> str:
    """The stand-in of whoever stands under this name, or telephone number, in a WhatsApp chat."""
    return _digest(" ".join(name.split()).casefold()) + WHATSAPP


@lru_cache(maxsize=20_000)
def profile_address(url: str) -> str:
    """The stand-in of a LinkedIn profile by its page, the same however the page is written; else nothing."""
    found = _PROFILE.match(url.strip().replace("\\:", ":"))
    if found is None:
        return ""
    name = unquote(found[1]).lower().strip(".")
    return (name if _PLAIN.fullmatch(name) else _digest(name)) + LINKEDIN


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
