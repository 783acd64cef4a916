"""What the gate offers a mail program: what the server offers, as far as it survives a gate in the middle."""

from __future__ import annotations

from collections.abc import Iterable

_PASSED_ON = frozenset(
    (
        *(b"SIZE", b"8BITMIME", b"SMTPUTF8", b"DSN", b"ENHANCEDSTATUSCODES", b"DELIVERBY", b"FUTURERELEASE"),
        *(b"MT-PRIORITY", b"LIMITS", b"NO-SOLICITING", b"HELP"),
    )
)
"""Left out: CHUNKING and BINARYMIME (a client falls back to DATA), XCLIENT and its like, REQUIRETLS."""
_MECHANISMS = frozenset(
    (b"PLAIN", b"LOGIN", b"XOAUTH2", b"OAUTHBEARER", b"CRAM-MD5", b"SCRAM-SHA-1", b"SCRAM-SHA-256", b"NTLM")
)
"""Left out: what is bound to the TLS channel (-PLUS, EXTERNAL) or puts a layer of its own on it."""


def offered(texts: Iterable[bytes], *, auth: bool, starttls: bool) -> list[bytes]:
    """The lines of an EHLO reply after its first. `texts` are those of the server's."""
    found = [b"PIPELINING"]
    for text in texts:
        words = text.replace(b"=", b" ", 1).split() if text.upper().startswith(b"AUTH=") else text.split()
        if not words:
            continue
        if words[0].upper() in _PASSED_ON:
            found.append(text.strip())
        elif words[0].upper() == b"AUTH" and auth:
            usable = [one for one in words[1:] if one.upper() in _MECHANISMS]
            found += [b"AUTH " + b" ".join(usable)] if usable else []
    return list(dict.fromkeys([*found, b"STARTTLS"] if starttls else found))


def largest(texts: Iterable[bytes]) -> int:
    """The most octets that the server says it takes (RFC 1870), 0 if it does not say."""
    for text in texts:
        words = text.split()
        if len(words) == 2 and words[0].upper() == b"SIZE" and words[1].isdigit():
            return int(words[1][:18])
    return 0
