"""What every verb works at: the ledger that is open, what the user has set and said, and the day."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from askwell.errors import AskwellError
from askwell.ledger.person import Profile
from askwell.settings import Settings, load
from askwell.store.contract import Store
from askwell.store.opening import open_store
from askwell.words import say

LEDGER = "ledger.sqlite"
PROFILE = "profile.toml"


@dataclass(frozen=True, slots=True)
class Desk:
    """An open ledger with its surroundings. `today` is given by the door, never asked of a clock."""

    home: Path
    settings: Settings
    store: Store
    profile: Profile
    today: date
    lang: str = "en"

    @property
    def now(self) -> datetime:
        """The moment that user actions of this run are dated at: noon of today, UTC."""
        return datetime.combine(self.today, time(12), tzinfo=UTC)

    @property
    def mine(self) -> frozenset[str]:
        """The user's own addresses."""
        return frozenset(self.profile.addresses)


@contextmanager
def open_desk(home: Path | None, today: date, lang: str = "en") -> Iterator[Desk]:
    """The desk at this home, made if it is not there; without a home, an empty ledger in memory.

    Raises AskwellError if the folder cannot be written to or the ledger cannot be opened.
    """
    settings = load(home) if home else Settings()
    if home:
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            what = say("{path} cannot be made: {why}.", path=home, why=error.strerror)
            hint = say("Choose another folder with --home DIR or ASKWELL_HOME.")
            raise AskwellError(what, hint) from None
    store = open_store(home / LEDGER if home else None)
    try:
        yield Desk(home or Path(), settings, store, profile(store, home), today, lang)
    finally:
        store.close()


def profile(store: Store, home: Path | None) -> Profile:
    """Who the user is: what `profile.toml` says, with the addresses that the ledger knows as theirs."""
    said = _profile_file(home / PROFILE) if home and (home / PROFILE).exists() else Profile()
    kept = json.loads(store.get("profile") or "{}")
    mine = tuple(dict.fromkeys((*said.addresses, *own_addresses(store))))
    merged = {name: getattr(said, name) or _as_tuple(kept.get(name, ())) for name in kept}
    return replace(said, **merged | {"addresses": mine})


def own_addresses(store: Store) -> tuple[str, ...]:
    """The addresses that the ledger knows as the user's own."""
    return tuple(json.loads(store.get("me") or "[]"))


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _profile_file(path: Path) -> Profile:
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AskwellError(f"{path}: {error}", say("The form is TOML; see docs/profile.md.")) from None
    fields = {"name", "addresses", "goals", "interests", "offers", "languages"}
    if strange := sorted(set(found) - fields):
        raise AskwellError(
            say('{path}: there is no "{name}" here.', path=path, name=strange[0]),
            say("It may hold {names}.", names=", ".join(sorted(fields))),
        )
    lists = {name: tuple(str(one) for one in found.get(name, [])) for name in fields - {"name"}}
    return Profile(name=str(found.get("name", "")), **lists)
