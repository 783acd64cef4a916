"""`askwell profile`: who the user is, what they aim at, like and can offer; a plain file with comments."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from askwell.app.desk import PROFILE, Desk, profile
from askwell.errors import AskwellError
from askwell.ledger.person import Profile
from askwell.sources.addresses import clean_address
from askwell.words import LANGUAGES, say

LISTS = ("goals", "interests", "offers", "languages", "addresses")


@dataclass(frozen=True, slots=True)
class Change:
    """What to put in and take out: `add` by list (`goals`, `offers`, ...), `remove` by its words."""

    name: str = ""
    add: tuple[tuple[str, str], ...] = ()
    remove: tuple[str, ...] = ()


def edit(desk: Desk, change: Change) -> Profile:
    """Change `profile.toml`; comments in it stay. Raises AskwellError for what cannot be."""
    import tomlkit

    path = desk.home / PROFILE
    document = tomlkit.parse(path.read_text("utf-8") if path.exists() else blank(desk))
    if change.name:
        document["name"] = change.name
    for name, words in change.add:
        _add(document, name, words)
    for words in change.remove:
        taken = [_remove(document, name, words) for name in LISTS]
        if not any(taken):
            raise AskwellError(
                say('"{words}" is not in the profile.', words=words), say("See askwell profile.")
            )
    written = path.with_suffix(".new")
    written.write_text(tomlkit.dumps(document), "utf-8")
    written.replace(path)
    return profile(desk.store, desk.home)


def blank(desk: Desk) -> str:
    """A profile to fill in, with what is known already."""
    known = desk.profile
    return (
        "# " + say("Who you are, as far as Askwell should know. Edit it as you like.") + "\n"
        f"name = {_quoted(known.name)}\n\n"
        "# " + say("What you are aiming at.") + f"\ngoals = {_list(known.goals)}\n\n"
        "# "
        + say("What you are curious about; letters may open with it.")
        + f"\ninterests = {_list(known.interests)}\n\n"
        "# " + say("What you can offer others. Letters offer nothing that does not stand here.") + "\n"
        f"offers = {_list(known.offers)}\n\n"
        "# " + say("The languages you write in, the usual one first: en, nb, nn.") + "\n"
        f"languages = {_list(known.languages)}\n\n"
        "# " + say("Addresses of yours, besides those given with --me.") + "\naddresses = []\n"
    )


def path_of(desk: Desk) -> Path:
    """Where the profile lies."""
    return desk.home / PROFILE


def _add(document: Any, name: str, words: str) -> None:
    words = clean_address(words) if name == "addresses" else " ".join(words.split())
    if name == "languages" and words not in LANGUAGES:
        raise AskwellError(say('"{words}" is no language that Askwell reads.', words=words), "en, nb, nn")
    if name not in document:
        document[name] = []
    if words and words not in document[name]:
        document[name].append(words)


def _remove(document: Any, name: str, words: str) -> bool:
    if words not in document.get(name, ()):
        return False
    document[name].remove(words)
    return True


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _list(words: tuple[str, ...]) -> str:
    return "[" + ", ".join(map(_quoted, words)) + "]"
