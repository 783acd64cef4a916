"""`askwell source`: accounts that are read live: tried and added, listed, removed with their secrets."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from typing import Any

from askwell.app import leaving
from askwell.app.accounts import Account, Folder, accounts, check, kind, put, remove
from askwell.app.desk import Desk
from askwell.app.imap import sent_from
from askwell.app.owner import claim
from askwell.app.secrets import Secret, drop, keep, lies, secret, stored
from askwell.app.sync import LOOKED_BACK
from askwell.app.tokens import client_secret_name
from askwell.errors import AskwellError
from askwell.words import later, say

MOST_OTHERS = 3
TRIED = later("signing in, to try an account")


@dataclass(frozen=True, slots=True)
class Added:
    """An account that was tried and kept: what is there, and where its secret lies (keyring, file or
    command). `others` are addresses that letters are sent from there, not known as the user's own."""

    account: Account
    folders: tuple[Folder, ...]
    secret: str
    others: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        rows = [
            {"name": one.name, "role": one.role, "read": is_read(self.account, one), "messages": one.size}
            for one in self.folders
        ]
        return {"account": self.account.name, "folders": rows, "secret": self.secret} | {
            "sent_from": list(self.others)
        }


@dataclass(frozen=True, slots=True)
class Listed:
    """An account, where its secret lies (nothing if it is missing), and when it last brought something."""

    account: Account
    secret: str
    last: datetime | None

    def to_json(self) -> dict[str, Any]:
        one = self.account
        return {
            "name": one.name,
            "kind": one.kind,
            "user": one.user,
            "where": one.url or one.host,
            "auth": one.auth,
            "security": one.security,
            "only": list(one.only),
            "without": list(one.without),
            "secret": self.secret,
            "last": self.last.isoformat() if self.last else None,
        }


def completed(one: Account) -> Account:
    """The account with what is known of its provider, where nothing was said. Nothing is looked up."""
    if one.kind != "imap" or one.host:
        return one
    if not one.user:
        raise AskwellError(f"{one.name}: " + say("no user is named."), say("Give --user."))
    provider = providers().get(one.user.rpartition("@")[2].lower())
    if provider is None:
        raise AskwellError(
            f"{one.name}: " + say("no server is named, and none is known for {user}.", user=one.user),
            say("Give the one that your provider names: --host imap.example.org"),
        )
    endpoint = one.token_endpoint
    if not endpoint and one.client_id:
        endpoint = provider.get("token_endpoint", "")
    return replace(
        one,
        host=provider["host"],
        port=one.port or provider.get("port", 0),
        security=provider.get("security", one.security),
        auth=provider.get("auth", one.auth),
        token_endpoint=endpoint,
    )


def page(one: Account) -> str:
    """Where one makes a password for programs with the account's provider, if that is known."""
    return str((providers().get(one.user.rpartition("@")[2].lower()) or {}).get("page", ""))


def add(
    desk: Desk, one: Account, given: Secret | None, client: Secret | None = None, me: tuple[str, ...] = ()
) -> Added:
    """Try an account, and keep it with its secret if it can be signed in to. `given` is not needed where a
    command prints it, or for an account that has one. `client` is the client's own secret, for providers
    that want one with a refresh token. `me` are the user's addresses there.

    Raises AskwellError, and then nothing is kept.
    """
    check(one)
    mine = me or ((one.user,) if "@" in one.user else ())
    if one.kind == "imap" and not mine and not desk.mine:
        raise AskwellError(
            f"{one.name}: " + say("which address is yours there?"), say("Say so: --me you@example.org")
        )
    if not given and not one.password_command and _elsewhere(desk, one):
        raise AskwellError(
            f"{one.name}: " + say("the password that is kept is for another server or user."),
            say("Give the one for this."),
        )
    names = (one.name, client_secret_name(one.name))
    before = [stored(desk.home, name) for name in names]
    for name, new in zip(names, (given, client), strict=True):
        if new and not one.password_command:  # first: a token may be changed for a newer one on the way
            keep(desk.home, name, new)
    leaving.note(desk.home, datetime.now(UTC), "source", one.url or one.where, TRIED)
    try:
        word = secret(desk.home, one)
        folders = kind(one).look(one, word)
        _there(one, folders)
        froms = sent_from(one, word) if one.kind == "imap" else ()
        put(desk.home, one)
    except AskwellError:
        for name, old in zip(names, before, strict=True):
            keep(desk.home, name, old) if old else drop(desk.home, name)
        raise
    known = claim(desk, mine) if mine else tuple(desk.mine)
    others = tuple(address for address in froms if address not in known)[:MOST_OTHERS]
    return Added(one, folders, _where(desk, one), others)


def _there(one: Account, folders: tuple[Folder, ...]) -> None:
    """Raises AskwellError for a folder, address book or calendar that was chosen and is not there."""
    names = [folder.name for folder in folders]
    wrong = [name for name in (*one.only, *one.without) if name not in names]
    if wrong:
        raise AskwellError(
            f"{one.name}: " + say('there is no folder "{name}".', name=wrong[0])
            if one.kind == "imap"
            else say('{account}: there is no "{name}".', account=one.name, name=wrong[0]),
            say("There is: {names}.", names=", ".join(names)),
        )


def _elsewhere(desk: Desk, one: Account) -> bool:
    """Whether an account of this name is kept that is another: its secret is not for this one."""
    kept = [old for old in accounts(desk.home) if old.name == one.name]
    return any(
        (old.where, old.user, old.token_endpoint) != (one.where, one.user, one.token_endpoint) for old in kept
    )


def is_read(one: Account, folder: Folder) -> bool:
    """Whether `askwell sync` reads this folder of the account."""
    wanted = folder.name in one.only if one.only else folder.proposed
    return wanted and folder.name not in one.without


def listed(desk: Desk) -> tuple[Listed, ...]:
    """All accounts."""
    last: dict[str, datetime] = {}
    for action in desk.store.actions(LOOKED_BACK):
        if action.verb == "sync" and not action.undone:
            last.setdefault(action.what, action.at)
    return tuple(Listed(one, _where(desk, one), last.get(one.name)) for one in accounts(desk.home))


def take_out(desk: Desk, name: str) -> Account:
    """Remove an account and its secrets. What it brought stays in the ledger. Raises AskwellError."""
    one = remove(desk.home, name)
    drop(desk.home, name)
    drop(desk.home, client_secret_name(name))
    return one


def _where(desk: Desk, one: Account) -> str:
    return "command" if one.password_command else lies(desk.home, one.name)


@lru_cache(maxsize=1)
def providers() -> dict[str, dict[str, Any]]:
    """What is known of providers, by the domains of their addresses."""
    data = tomllib.loads((resources.files("askwell.app") / "providers.toml").read_text("utf-8"))
    return {domain: one for one in data.values() for domain in one["domains"]}
