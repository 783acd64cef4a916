"""Passwords and tokens: in the system's keyring, else in a file that only the owner can read.

Never in the ledger, a log, an error or a `repr`. An account may name a command that prints its secret
instead; then nothing is kept here at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
from pathlib import Path
from typing import NoReturn

from askwell.app.accounts import Account
from askwell.errors import AskwellError
from askwell.words import say

FILE = "secrets.json"
SERVICE = "askwell"
PATIENCE = 120.0
"""Seconds that a command may take: it may ask its user for a passphrase."""


class Secret:
    """A password or token. What is printed, logged, formatted or pickled of it is three dots."""

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        self.__value = value

    def reveal(self) -> str:
        """The secret itself: only for handing it to the server that it is for."""
        return self.__value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __bool__(self) -> bool:
        return bool(self.__value)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")


def keep(home: Path, name: str, secret: Secret) -> str:
    """Keep the secret of the account of this name; returns where: "keyring" or "file"."""
    if _in_keyring(home, name, secret):
        _drop_from_file(home, name)
        return "keyring"
    every = _load(home)
    every[name] = secret.reveal()
    _save(home, every)
    return "file"


def stored(home: Path, name: str) -> Secret | None:
    """What was kept for the account of this name, None if nothing was."""
    found = _load(home).get(name)
    if found is None:
        found = _from_keyring(home, name)
    return None if found is None else Secret(found)


def lies(home: Path, name: str) -> str:
    """Where the secret of the account of this name lies: "file", "keyring", or nothing if it is missing."""
    if name in _load(home):
        return "file"
    return "keyring" if _from_keyring(home, name) is not None else ""


def drop(home: Path, name: str) -> None:
    """Remove what was kept for the account of this name, wherever it lies."""
    _drop_from_file(home, name)
    try:
        import keyring

        keyring.delete_password(SERVICE, _label(home, name))
    except Exception:  # a keyring may be missing or locked, or never have had it
        return


def secret(home: Path, account: Account) -> Secret:
    """The password, or with xoauth2 the access token, of an account. Raises AskwellError that names the
    account and what to do. A refresh token is changed for an access token at its endpoint."""
    if account.password_command:
        return printed(account)
    found = stored(home, account.name)
    if not found:
        raise AskwellError(
            say("{account}: no password or token is kept for it.", account=account.name),
            say("Give it: askwell source add {kind} {account} …", kind=account.kind, account=account.name),
        )
    if account.auth == "xoauth2" and account.token_endpoint:
        from askwell.app.tokens import fresh

        return fresh(home, account, found)
    return found


def printed(account: Account) -> Secret:
    """The first line that the account's command prints. Its output is never shown."""
    try:
        ran = subprocess.run(  # the user's own command, from the user's own file, as msmtp and mbsync do
            account.password_command, shell=True, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        why = say("it took too long")
    else:
        line = ran.stdout.decode("utf-8", "replace").partition("\n")[0].strip("\r")
        if ran.returncode == 0 and line:
            return Secret(line)
        why = (
            say("it ended with {status}", status=ran.returncode)
            if ran.returncode
            else say("it printed nothing")
        )
    raise AskwellError(
        say("{account}: the password command gave nothing: {why}.", account=account.name, why=why),
        say(
            "Call it by itself and see that it prints the password: {command}",
            command=account.password_command,
        ),
    )


def _label(home: Path, name: str) -> str:
    """Two homes may have an account of the same name."""
    return f"{name}#{hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:8]}"


def _in_keyring(home: Path, name: str, secret: Secret) -> bool:
    try:
        import keyring

        keyring.set_password(SERVICE, _label(home, name), secret.reveal())
        return keyring.get_password(SERVICE, _label(home, name)) == secret.reveal()
    except Exception:  # no keyring here, a locked one, or one that fails in a way of its own
        return False


def _from_keyring(home: Path, name: str) -> str | None:
    try:
        import keyring

        return keyring.get_password(SERVICE, _label(home, name))
    except Exception:
        return None


def _load(home: Path) -> dict[str, str]:
    path = home / FILE
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise AskwellError(
                    say("{path} can be read by others.", path=path),
                    say("chmod 600 {path}, and think of changing the passwords in it.", path=path),
                )
            found = json.loads(file.read())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise AskwellError(  # from None: what could not be read must not be shown
            say("{path} cannot be read.", path=path),
            say("Remove it, and give the passwords again: askwell source add …"),
        ) from None
    return {str(name): str(value) for name, value in found.items()}


def _drop_from_file(home: Path, name: str) -> None:
    every = _load(home)
    if every.pop(name, None) is not None:
        _save(home, every)


def _save(home: Path, every: dict[str, str]) -> None:
    path = home / FILE
    if not every:
        path.unlink(missing_ok=True)
        return
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f"{FILE}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as out:
        json.dump(every, out, ensure_ascii=False)
    beside.replace(path)
