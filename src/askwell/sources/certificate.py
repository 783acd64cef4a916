"""What it means to a user that a server's certificate is not to be trusted."""

from __future__ import annotations

import ssl

from askwell.words import say

_NAME_WRONG, _EXPIRED, _NOT_YET = {62, 63, 64}, 10, 9


def meaning(error: ssl.SSLCertVerificationError, host: str, named: str) -> tuple[str, str]:
    """What is wrong, and what to do; `named` is what to do where the name is another."""
    code = error.verify_code
    if code in _NAME_WRONG:
        return (
            say("the certificate is for another server than {host}, so nothing was sent.", host=host),
            named,
        )
    if code == _EXPIRED:
        return (
            say("the certificate of {host} has expired, so nothing was sent.", host=host),
            say("Its owner must renew it. Is this machine's clock right?"),
        )
    if code == _NOT_YET:
        return (
            say("the certificate of {host} does not hold yet, so nothing was sent.", host=host),
            say("Is this machine's clock right?"),
        )
    return (
        say("nobody known vouches for the certificate of {host}, so nothing was sent.", host=host),
        say("If the server is your own, have its certificate in a file and give it: --certificate FILE"),
    )
