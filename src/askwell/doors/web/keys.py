"""Who may come in: the one-time token of the opened address, then a cookie; forms carry a key of their own.

These are made anew when the server starts, from the system's randomness, and compared in constant time.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from threading import Lock

COOKIE = "askwell"


class Keys:
    """The keys of one running server. `api` is for programs of the user's own, who read it from a file in the
    home (app/keyfile.py); without one, they need the cookie's."""

    def __init__(self, api: str = "") -> None:
        self.session = secrets.token_urlsafe(32)
        self.api = api or self.session
        self.token = secrets.token_urlsafe(32)
        self._lock = Lock()

    @property
    def form(self) -> str:
        """What a form that is posted must carry; tells nothing of the cookie."""
        return hmac.new(self.session.encode(), b"form", hashlib.sha256).hexdigest()

    def enter(self, token: str) -> bool:
        """Whether this is the token of the opened address. It opens once."""
        with self._lock:
            fits = bool(self.token) and same(token, self.token)
            if fits:
                self.token = ""
        return fits


def cookie_name(port: int) -> str:
    """The cookie's name: browsers share cookies between the ports of a machine, so it names the port."""
    return f"{COOKIE}_{port}"


def same(given: str, wanted: str) -> bool:
    """Whether two keys are the same, in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
