"""`Parts` by fast-mail-parser."""

from __future__ import annotations

from fast_mail_parser import ParseError, parse_email

from askwell.sources.addresses import Named, clean_address, clean_name
from askwell.sources.parts import Parts


def parts(data: bytes) -> Parts:
    """Raises ValueError where the parser gives up."""
    try:
        mail = parse_email(data, mode="lazy")
    except ParseError as error:
        raise ValueError(str(error)) from None
    headers: dict[str, list[str]] = {}
    for name, values in mail.headers.items():
        headers.setdefault(name.lower(), []).extend(values)
    addresses = {}
    # The parser reads encoded names before it splits at commas, which the decoded header cannot give.
    # It does not know names in comments, so headers with parentheses are left to `parse_addresses`.
    for name, found in (("to", mail.to), ("cc", mail.cc), ("from", [mail.from_] if mail.from_ else [])):
        raw = headers.get(name)
        if raw and found and "(" not in raw[0] and "|" not in raw[0]:
            people = (Named(clean_address(one.address), clean_name(one.display_name or "")) for one in found)
            addresses[name] = tuple(one for one in people if "@" in one.address)
    return Parts(headers, tuple(mail.text_plain), tuple(mail.text_html), addresses)
