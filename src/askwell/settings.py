"""Where Askwell keeps its files, and what the user has set in `settings.toml` there.

Every setting is a field of `Settings` with its meaning beside it in `MEANINGS`; docs/settings.md is
made from them. An unknown or ill-typed setting is refused at file:line, never passed over.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from askwell.errors import AskwellError

FILE = "settings.toml"
WEB_PORT = 8417
"""Where `askwell serve` listens, if it can and is told nothing else."""
MEANINGS = {
    "lang": "Language of what Askwell prints: en, nb or nn. Empty: as the system says.",
    "fail_on": "From which verdict `askwell check` exits with 1: soften, wait, dont or never.",
    "rules_off": "Rules that are switched off, by id.",
    "rules_folder": "A folder with rules of your own, one TOML file each.",
    "readers": "How many processes read mail during an import. 0: one for each core, at most 4.",
    "gate_listen": "Where the gate waits for your mail program: address and port.",
    "gate_listen_security": "How your mail program speaks to the gate: plain, starttls or tls.",
    "gate_server": "Your own mail server for outgoing mail, with its port: smtp.example.org:587.",
    "gate_security": "How the gate speaks to it: tls, starttls or plain. Empty: tls on 465, else starttls.",
    "gate_certificate": "A PEM file with a certificate to trust for that server beside the system's.",
    "gate_level": "From which verdict the gate holds a letter: soften, wait, dont or never.",
    "gate_note": "Your address, if the full verdict on a letter that was held should come there by mail.",
    "model_endpoint": "Where a model answers in OpenAI's form: http://127.0.0.1:11434/v1. Empty: none.",
    "model_name": "Which model is asked there.",
    "model_key_command": "A command that prints its key, where none was kept with `askwell model --key`.",
}
CHOICES = {
    "lang": ("", "en", "nb", "nn"),
    "fail_on": ("soften", "wait", "dont", "never"),
    "gate_listen_security": ("plain", "starttls", "tls"),
    "gate_security": ("", "tls", "starttls", "plain"),
    "gate_level": ("soften", "wait", "dont", "never"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user has set; the defaults are what most people want."""

    lang: str = ""
    fail_on: str = "wait"
    rules_off: tuple[str, ...] = ()
    rules_folder: str = ""
    readers: int = 0
    gate_listen: str = "127.0.0.1:1587"
    gate_listen_security: str = "plain"
    gate_server: str = ""
    gate_security: str = ""
    gate_certificate: str = ""
    gate_level: str = "wait"
    gate_note: str = ""
    model_endpoint: str = ""
    model_name: str = ""
    model_key_command: str = ""


def home_folder(chosen: str | None) -> Path:
    """The folder for the ledger: `--home`, else ASKWELL_HOME, else the platform's data folder."""
    if chosen or os.environ.get("ASKWELL_HOME"):
        return Path(chosen or os.environ["ASKWELL_HOME"]).expanduser()
    from platformdirs import user_data_path

    return user_data_path("askwell", appauthor=False)


def load(home: Path) -> Settings:
    """The settings of this home; the defaults if there is no file. Raises AskwellError."""
    path = home / FILE
    try:
        text = path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return Settings()  # a home that is no folder is told of where it is opened
    except (OSError, UnicodeDecodeError) as error:
        raise AskwellError(f"{path} cannot be read: {error}", "Mend or remove the file.") from None
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AskwellError(f"{path}: {error}", "The form is TOML; see docs/settings.md.") from None
    values: dict[str, Any] = {name: _value(name, value, path, text) for name, value in found.items()}
    return Settings(**values)


def _value(name: str, value: object, path: Path, text: str) -> object:
    line = next((n for n, one in enumerate(text.splitlines(), 1) if one.strip().startswith(name)), 1)
    default = {field.name: field.default for field in fields(Settings)}
    if name not in default:
        close = difflib.get_close_matches(name, default, 1)
        meant = f' Did you mean "{close[0]}"?' if close else ""
        raise AskwellError(f'{path}:{line}: there is no setting "{name}".{meant}', "See docs/settings.md.")
    if isinstance(default[name], tuple) and isinstance(value, list):
        return tuple(str(one) for one in value)
    if type(value) is not type(default[name]):
        wanted = {str: "text in quotes", int: "a whole number", tuple: "a list"}[type(default[name])]
        raise AskwellError(f"{path}:{line}: {name} must be {wanted}.", MEANINGS[name])
    if name in CHOICES and value not in CHOICES[name]:
        raise AskwellError(f'{path}:{line}: {name} cannot be "{value}".', MEANINGS[name])
    return value
