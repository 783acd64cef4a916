"""`Parts` by the standard library: slower, everywhere, and the oracle of the differential test."""

from __future__ import annotations

from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message as Mime
from email.parser import BytesHeaderParser
from email.policy import compat32

from askwell.sources.parts import Parts

MOST_PARTS = 500


def parts(data: bytes) -> Parts:
    """Never raises on broken mail: what cannot be decoded is replaced."""
    try:
        mail: Mime = message_from_bytes(data, policy=compat32)
    except RecursionError:  # nested thousands deep: what the headers say is kept, the body is not
        mail = BytesHeaderParser(policy=compat32).parsebytes(data)
        mail.set_payload("")
    headers: dict[str, list[str]] = {}
    for name, value in mail.items():
        headers.setdefault(name.lower(), []).append(_decoded(value))
    plain: list[str] = []
    html: list[str] = []
    for number, part in enumerate(_walk(mail)):
        if number >= MOST_PARTS:
            break
        kind = part.get_content_type()
        if part.get_filename() or part.get_content_disposition() == "attachment":
            continue
        if kind in ("text/plain", "text/html"):
            (plain if kind == "text/plain" else html).append(_body(part))
    return Parts(headers, tuple(plain), tuple(html), {})


def _walk(mail: Mime) -> list[Mime]:
    """All parts in order, without recursion: a mail may be nested thousands deep."""
    found: list[Mime] = []
    waiting: list[Mime] = [mail]
    while waiting and len(found) < MOST_PARTS:
        part = waiting.pop()
        found.append(part)
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            inside = part.get_payload()
            waiting += [one for one in inside if isinstance(one, Mime)][::-1]
    return found


def _body(part: Mime) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_content_charset() or "utf-8")
    try:
        return data.decode(charset, "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def _decoded(value: object) -> str:
    text = " ".join(str(value).splitlines())
    if "=?" not in text:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, ValueError):
        return text
