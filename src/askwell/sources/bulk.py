"""Mail that is not from one person to another: lists, mass mail, automatic answers, calendar robots."""

from __future__ import annotations

import re

_ROBOT = re.compile(
    r"^(?:no-?reply|do-?not-?reply|noreply[\w.+-]*|[\w.+-]*-?noreply|ikke-?svar|svar-?ikke|mailer-daemon"
    r"|postmaster|bounces?[\w.+=-]*|notifications?|notify|varsel|varsler|newsletter|nyhetsbrev|nyheitsbrev"
    r"|automat|auto-?reply|calendar-notification|[\w.+-]*-(?:bounces|request|owner))@"
)
_SHARED = re.compile(
    r"^(?:info|post|postmottak|kontakt|contact|hello|hei|support|help|helpdesk|hjelp|kundeservice|kunde"
    r"|service|sales|salg|office|kontor|admin|webmaster|billing|faktura|invoice|orders?|ordre|jobs?|jobb"
    r"|careers?|hr|press|presse|team|booking|bestilling|resepsjon|reception|firmapost|epost|mail)@"
)
_LIST_HEADERS = ("list-id", "list-post", "list-unsubscribe", "x-mailman-version", "mailing-list")


def why_bulk(headers: dict[str, list[str]], sender: str) -> str:
    """Why a mail is not personal (`automatic`, `calendar`, `list`, `bulk`, `noreply`), or nothing.

    RFC 3834 for automatic answers, RFC 2369 and 2919 for lists. An out-of-office answer of a person
    stays personal: it says that they are away.
    """
    automatic = _first(headers, "auto-submitted").lower()
    if automatic.startswith("auto-replied") and not is_robot(sender):
        return ""
    if automatic and not automatic.startswith("no"):
        return "automatic"
    if "method=" in _first(headers, "content-type").lower():
        return "calendar"
    if any(name in headers for name in _LIST_HEADERS):
        return "list"
    if _first(headers, "precedence").strip().lower() in ("bulk", "junk", "list"):
        return "bulk"
    return "noreply" if is_robot(sender) else ""


def is_robot(address: str) -> bool:
    """Whether the address belongs to a machine."""
    return _ROBOT.match(address) is not None


def is_shared(address: str) -> bool:
    """Whether the address is an organisation's or a shared mailbox, not a person's."""
    return _SHARED.match(address) is not None or is_robot(address)


def _first(headers: dict[str, list[str]], name: str) -> str:
    values = headers.get(name)
    return values[0] if values else ""
