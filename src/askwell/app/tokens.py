"""Changing a refresh token for an access token (RFC 6749, section 6) at the account's own endpoint."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askwell.app.accounts import Account
from askwell.app.imap import server
from askwell.app.leaving import note
from askwell.app.secrets import Secret, keep, stored
from askwell.errors import AskwellError
from askwell.sources.imap_session import AWAY, trust
from askwell.words import later, say

if TYPE_CHECKING:
    import httpx2

PATIENCE = 20.0
REFRESH = later("a refresh token, for a new access token")
_SECRET_OF = "{}/client"


def client_secret_name(account: str) -> str:
    """Under which name the secret of the client itself is kept, for providers that want one."""
    return _SECRET_OF.format(account)


def fresh(home: Path, account: Account, refresh: Secret) -> Secret:
    """A new access token. A provider that changes the refresh token as well has the new one kept.

    Raises AskwellError: expired or withdrawn, endpoint away, or an answer that is none.
    """
    import httpx2

    asked = {
        "grant_type": "refresh_token",
        "client_id": account.client_id,
        "refresh_token": refresh.reveal(),
    }
    if (client := stored(home, client_secret_name(account.name))) is not None:
        asked["client_secret"] = client.reveal()
    size = sum(len(name) + len(value) for name, value in asked.items())
    note(home, datetime.now(UTC), "sync", account.token_endpoint, REFRESH, size)
    try:
        # A redirect would carry the token to another host, so it is not followed.
        answer = httpx2.post(
            account.token_endpoint,
            data=asked,
            timeout=PATIENCE,
            follow_redirects=False,
            verify=trust(server(account)),
        )
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise _trouble(account, type(error).__name__) from None  # its text may hold the request
    return _taken(home, account, answer)


def _taken(home: Path, account: Account, answer: httpx2.Response) -> Secret:
    said = _json(answer)
    token = said.get("access_token")
    if answer.status_code == 200 and isinstance(token, str) and token:
        again = said.get("refresh_token")
        if isinstance(again, str) and again:
            keep(home, account.name, Secret(again))
        return Secret(token)
    if said.get("error") in ("invalid_grant", "invalid_client", "unauthorized_client"):
        raise AskwellError(
            say("{account}: the token has expired or was withdrawn.", account=account.name),
            say(
                "Sign in again with your provider and give the new token: askwell source add imap {name} …",
                name=account.name,
            ),
        )
    raise _trouble(account, str(answer.status_code))


def _json(answer: httpx2.Response) -> dict[str, Any]:
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _trouble(account: Account, why: str) -> AskwellError:
    return AskwellError(
        say(
            "{account}: no token could be had from {url} ({why}).",
            account=account.name,
            url=account.token_endpoint,
            why=why,
        ),
        say("Try again later, or see whether the token endpoint in accounts.toml is right."),
        http_status=AWAY,
    )
