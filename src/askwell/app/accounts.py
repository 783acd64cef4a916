"""Accounts that `askwell sync` reads: what is kept of them in `accounts.toml`, and which room serves a kind.

**How a kind plugs in.** A kind of account is a module with two functions, named in KINDS and imported
when an account of that kind is used:

    def look(account: Account, secret: Secret) -> tuple[Folder, ...]
        Sign in, and say what is there (folders, address books, calendars) and what of it is proposed.
        Raises AskwellError that names the account and the remedy.

    def sync_account(desk: Desk, account: Account, secret: Secret, progress: Progress | None = None,
                     dry: bool = False) -> Report
        Bring in what is new. The store is locked already. Begins its own action, of the verb "sync" and
        with the account's name as `what`, when there is something to keep, and only then; sets
        `report.action`. `dry` counts the same and keeps nothing. How far it has come is a `Place` whose
        source is `place(account, folder)`, kept in one transaction with what it brought.
        Raises AskwellError as above; what was kept by then stays kept. At its end it calls
        `importing.finish` where it brought mail. It notes what left in app/leaving.py.

`secret.reveal()` gives the password or access token, as `account.auth` says. app/sync.py calls them,
one account after another; one account's trouble does not stop the others.
"""

from __future__ import annotations

import importlib
import os
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from askwell.errors import AskwellError
from askwell.words import say

if TYPE_CHECKING:
    from askwell.app.desk import Desk
    from askwell.app.report import Report
    from askwell.app.secrets import Secret

FILE = "accounts.toml"
KINDS = {
    "imap": "askwell.app.imap",
    "carddav": "askwell.app.carddav",
    "caldav": "askwell.app.caldav",
}
AUTHS = ("password", "xoauth2")
SECURITIES = ("tls", "starttls", "plain")
_NAME = re.compile(r"[\w][\w.@+-]{0,63}")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Account:
    """One account. Nothing secret is in it.

    `host` and `port` (0: the usual one) for IMAP, `url` for CardDAV and CalDAV. `only` are the folders,
    books or calendars chosen (none: all that is proposed), `without` those left out. `certificate` is a
    PEM file to trust beside the system's. `password_command` prints the password or the access token.
    With xoauth2 and a `token_endpoint`, the secret is a refresh token for the client `client_id`.
    """

    name: str
    kind: str
    user: str
    host: str = ""
    port: int = 0
    url: str = ""
    auth: str = "password"
    security: str = "tls"
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    certificate: str = ""
    password_command: str = ""
    token_endpoint: str = ""
    client_id: str = ""

    @property
    def where(self) -> str:
        """The machine that it lies on."""
        return self.host or urlsplit(self.url).hostname or ""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, address book or calendar of an account. `role` is what it is for ("sent", "all", "trash",
    ..., or nothing), `proposed` whether it is read unless the user says otherwise, `size` how much is
    in it (-1 where that is not known)."""

    name: str
    role: str = ""
    proposed: bool = True
    size: int = -1


class Kind(Protocol):
    """What serves one kind of account; see the top of this module."""

    def look(self, account: Account, secret: Secret) -> tuple[Folder, ...]: ...

    def sync_account(
        self,
        desk: Desk,
        account: Account,
        secret: Secret,
        progress: Progress | None = None,
        dry: bool = False,
    ) -> Report: ...


def kind(account: Account) -> Kind:
    """The room that serves this account. Raises AskwellError if there is none."""
    try:
        return importlib.import_module(KINDS[account.kind])
    except (KeyError, ModuleNotFoundError):
        raise AskwellError(
            say(
                '{account}: accounts of the kind "{kind}" are not read.',
                account=account.name,
                kind=account.kind,
            ),
            say("Choose one of {choices}.", choices=", ".join(KINDS)),
        ) from None


def place(account: Account, folder: str) -> str:
    """The name under which the ledger remembers how far it has read in a folder. It does not hold the
    account's name: one that is removed and added again goes on where it was."""
    if account.url:
        return f"{account.kind}:{account.user}@{account.url}#{folder}"
    return f"{account.kind}:{account.user}@{account.host}:{account.port}#{folder}"


def accounts(home: Path) -> tuple[Account, ...]:
    """All accounts of this home, in the order they were added. Raises AskwellError for a file that
    cannot be read."""
    return tuple(_account(name, said, home / FILE) for name, said in _read(home / FILE).items())


def account(home: Path, name: str) -> Account:
    """One by its name. Raises AskwellError."""
    every = accounts(home)
    found = next((one for one in every if one.name == name), None)
    if found is None:
        there = ", ".join(one.name for one in every)
        hint = (
            say("There is: {names}.", names=there)
            if there
            else say("Add one: askwell source add imap NAME …")
        )
        raise AskwellError(say('There is no account "{name}".', name=name), hint)
    return found


def mail_accounts(home: Path, names: Sequence[str] = ()) -> tuple[Account, ...]:
    """The mailboxes among the accounts: those named, else all. Raises AskwellError where there is none."""
    found = [account(home, name) for name in names] or accounts(home)
    boxes = tuple(one for one in found if one.kind == "imap")
    if not boxes or len(boxes) < len(names):
        raise AskwellError(
            say("There is no mailbox among these accounts."),
            say("Add one: askwell source add imap NAME --user ADDRESS"),
        )
    return boxes


def put(home: Path, one: Account) -> None:
    """Add an account, or replace the one of this name. Raises AskwellError for what cannot be right."""
    check(one)
    import tomlkit

    document = tomlkit.parse(_text(home / FILE))
    table = tomlkit.table()
    plain = {field.name: field.default for field in fields(Account)}
    for key, value in asdict(one).items():
        if key != "name" and value != plain[key]:
            table.add(key, list(value) if isinstance(value, tuple) else value)
    document[one.name] = table
    _write(home / FILE, tomlkit.dumps(document))


def remove(home: Path, name: str) -> Account:
    """Take an account out of the file; its mail stays. Raises AskwellError if there is none."""
    import tomlkit

    found = account(home, name)
    document = tomlkit.parse(_text(home / FILE))
    document.remove(name)
    _write(home / FILE, tomlkit.dumps(document))
    return found


def check(one: Account) -> None:
    """Raises AskwellError, naming the account, if something in it cannot be right."""
    for good, what, hint in _rules(one):
        if not good:
            raise AskwellError(f"{one.name}: {what}", hint)


def _rules(one: Account) -> Sequence[tuple[bool, str, str]]:
    usual = say("See docs/sync.md.")
    return (
        (
            _NAME.fullmatch(one.name) is not None,
            say("an account's name is one word."),
            say("Letters, digits and . _ - @ +"),
        ),
        (one.kind in KINDS, say('there is no kind "{kind}".', kind=one.kind), ", ".join(KINDS)),
        (bool(one.where), say("no server is named."), say("Give --host, or --url for CardDAV and CalDAV.")),
        (bool(one.user), say("no user is named."), say("Give --user.")),
        (one.auth in AUTHS, say('auth cannot be "{auth}".', auth=one.auth), ", ".join(AUTHS)),
        (
            one.security in SECURITIES,
            say('security cannot be "{how}".', how=one.security),
            ", ".join(SECURITIES),
        ),
        (0 <= one.port < 65536, say("{port} is no port.", port=one.port), usual),
        (
            one.security != "plain" or is_loopback(one.where),
            say("without TLS the password could be read on its way."),
            say("Plain connections are only for this machine itself. Use tls or starttls."),
        ),
        (
            not one.url.startswith("http:") or is_loopback(one.where),
            say("without TLS the password could be read on its way."),
            say("Use an address that begins with https."),
        ),
        (
            not one.token_endpoint
            or one.token_endpoint.startswith("https:")
            or is_loopback(urlsplit(one.token_endpoint).hostname or ""),
            say("the token endpoint must begin with https."),
            usual,
        ),
    )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself, told without asking any name server."""
    if host.lower() in ("localhost", "ip6-localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise AskwellError(
            say("{path} cannot be read: {why}", path=path, why=error), say("Mend or remove the file.")
        ) from None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise AskwellError(f"{path}: {error}", say("The form is TOML; see docs/sync.md.")) from None


def _account(name: str, said: Any, path: Path) -> Account:
    known = {field.name: field.default for field in fields(Account) if field.name != "name"}
    strange = sorted(set(said) - set(known)) if isinstance(said, dict) else [""]
    if strange:
        raise AskwellError(
            say('{path}: {account} has no "{name}".', path=path, account=name, name=strange[0]),
            say("It may hold {names}.", names=", ".join(sorted(known))),
        )
    values: dict[str, Any] = {}
    for key, value in said.items():
        given = tuple(map(str, value)) if isinstance(value, list) else value
        wanted = type(known[key]) if isinstance(known[key], str | int | tuple) else str
        if type(given) is not wanted:
            raise AskwellError(
                say("{path}: {account}: {name} is of the wrong kind.", path=path, account=name, name=key),
                say("The form is TOML; see docs/sync.md."),
            )
        values[key] = given
    try:
        found = Account(name, values.pop("kind", ""), values.pop("user", ""), **values)
        check(found)
    except AskwellError as error:
        raise AskwellError(f"{path}: {error.message}", error.hint) from None
    return found


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and for the owner's eyes only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as out:
        out.write(text)
    beside.replace(path)
