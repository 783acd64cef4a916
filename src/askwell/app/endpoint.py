"""Asking a model at an endpoint that speaks OpenAI's chat-completions form: Ollama, llama.cpp, a provider.

One question, one answer, within a time. Trouble is told in a few words and stops nothing: the letter that
Askwell writes itself stands.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from askwell.app.secrets import Secret
from askwell.errors import AskwellError
from askwell.words import say

if TYPE_CHECKING:
    import httpx2

PATIENCE = 60.0
"""Seconds for an answer with all its tries."""
CONNECTING = 10.0
TRIES = 3
LONGEST_ANSWER = 1 << 20
MOST_TOKENS = 900

Message = dict[str, str]


class NoAnswerError(Exception):
    """The model gave no usable answer: says why, for its user."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model at an endpoint. `url` is the base that `/chat/completions` is added to; the key may be ""."""

    url: str
    model: str
    key: Secret = field(default_factory=lambda: Secret(""))
    patience: float = PATIENCE
    wait: Callable[[float], None] = time.sleep

    @property
    def near(self) -> bool:
        """Whether the model runs on this machine."""
        return _near(urlsplit(self.url).hostname or "", loopback=True)

    def body(self, messages: Sequence[Message]) -> bytes:
        """What is sent, to the octet; besides it only the key goes."""
        said = {
            "model": self.model,
            "messages": list(messages),
            "temperature": 0.3,
            "max_tokens": MOST_TOKENS,
        }
        return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")

    def ask(self, messages: Sequence[Message]) -> str:
        """The model's answer. Tries again where the server is busy or fails, as long as it asks to wait.

        Raises NoAnswerError."""
        import httpx2

        until = time.monotonic() + self.patience
        why = ""
        headers = {"Content-Type": "application/json", "User-Agent": "askwell"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key.reveal()}"
        with httpx2.Client(follow_redirects=False, trust_env=False, headers=headers) as client:
            for number in range(TRIES):
                left = until - time.monotonic()
                if left <= 0:
                    break
                try:
                    status, after, data = self._post(client, self.body(messages), until)
                except httpx2.TimeoutException:
                    raise NoAnswerError(say("it took too long")) from None
                except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                    why = say("it cannot be reached: {why}", why=type(error).__name__)
                    status, after, data = 503, None, b""
                if status == 200:
                    return _answer(data)
                why = why or say("it answered with {status}", status=status)
                if status not in (408, 429, 500, 502, 503, 504):
                    break
                pause = after if after is not None else 1.0 * 2**number
                if number == TRIES - 1 or time.monotonic() + pause >= until:
                    break
                self.wait(pause)
        raise NoAnswerError(why or say("it took too long"))

    def _post(self, client: httpx2.Client, body: bytes, until: float) -> tuple[int, float | None, bytes]:
        """Status, how long the server asks to wait, and the body. An answer that dribbles is cut off too."""
        import httpx2

        left = max(0.1, until - time.monotonic())
        limits = httpx2.Timeout(left, connect=min(CONNECTING, left))
        url = self.url.rstrip("/") + "/chat/completions"
        with client.stream("POST", url, content=body, timeout=limits) as reply:
            data = bytearray()
            for piece in reply.iter_bytes():
                data += piece
                if len(data) > LONGEST_ANSWER:
                    raise NoAnswerError(say("its answer was far too long"))
                if time.monotonic() > until:
                    raise httpx2.ReadTimeout("too slow")
            return reply.status_code, _seconds(reply.headers.get("retry-after", "")), bytes(data)


def checked(url: str) -> str:
    """The address as it may be used. Raises AskwellError for one that is none, or that would send a letter
    over open networks in the clear."""
    parts = urlsplit(url)
    hint = say("Write it as https://models.example.org/v1 or http://127.0.0.1:11434/v1.")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise AskwellError(say('model_endpoint: "{url}" is no address.', url=url), hint)
    if parts.scheme == "http" and not _near(parts.hostname):
        raise AskwellError(say("model_endpoint: {url} is not encrypted.", url=url), hint)
    return url


def _near(host: str, *, loopback: bool = False) -> bool:
    if host == "localhost":
        return True
    try:
        found = ip_address(host)
    except ValueError:
        return False
    return found.is_loopback or (found.is_private and not loopback)


def _seconds(text: str) -> float | None:
    try:
        return min(600.0, max(0.0, float(text)))
    except ValueError:
        return None


def _answer(data: bytes) -> str:
    try:
        said: Any = json.loads(data)
        text = said["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise NoAnswerError(say("its answer was malformed")) from None
    if not isinstance(text, str) or not text.strip():
        raise NoAnswerError(say("its answer was empty"))
    return text
