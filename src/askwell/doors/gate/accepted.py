"""Letters that the server took while their sender went away before hearing of it.

Sent again within an hour, such a letter is answered as the server answered, and not sent twice. Only letters
with a Message-ID are known again: the same octets to the same people are the same letter then.
"""

from __future__ import annotations

from threading import Condition
from time import monotonic

LASTS = 3600.0
WAITING = 60.0
"""Seconds to wait for another session that has the same letter in hand."""


class Accepted:
    """Shared by all sessions of a gate; kept while it stands."""

    def __init__(self) -> None:
        self._replies: dict[str, tuple[float, bytes]] = {}
        self._in_hand: set[str] = set()
        self._changed = Condition()

    def take(self, key: str) -> bytes | None:
        """What the server said of this letter, if its sender has not heard it; else None, and it is in
        this session's hand until `leave`. While it is in another's, this waits."""
        with self._changed:
            self._changed.wait_for(lambda: key not in self._in_hand, WAITING)
            at, reply = self._replies.pop(key, (0.0, b""))
            self._in_hand.add(key)
            return reply if reply and monotonic() - at <= LASTS else None

    def leave(self, key: str, unheard: bytes = b"") -> None:
        """Let go of a letter. `unheard` is what the server said of it, if its sender did not stay to hear."""
        with self._changed:
            self._in_hand.discard(key)
            now = monotonic()
            for old in [one for one, (at, _) in self._replies.items() if now - at > LASTS]:
                del self._replies[old]
            if unheard:
                self._replies[key] = (now, unheard)
            self._changed.notify_all()
