"""Secrets lie where only their owner reads them, and are shown nowhere."""

import logging
import pickle
import stat
import traceback
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from askwell.app.accounts import Account
from askwell.app.secrets import FILE, Secret, drop, keep, secret, stored
from askwell.errors import AskwellError

WORD = "løyndom-9137"
WORK = Account("work", "imap", "ingrid@example.no", "imap.example.no")


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    found = Ring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", found)
    return found


def test_a_secret_is_shown_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    one = Secret(WORD)
    shown = [repr(one), str(one), f"{one}", f"{one!r:>40}", repr([one]), "%s" % one, "{}".format(one)]  # noqa: UP031, UP032
    logging.getLogger("askwell").error("%s %r", one, one)
    try:
        raise ValueError(one)
    except ValueError as error:
        shown += traceback.format_exception(error)
    assert WORD not in "".join((*shown, caplog.text))
    with pytest.raises(TypeError):
        pickle.dumps(one)
    assert one.reveal() == WORD


def test_in_the_keyring_where_there_is_one(tmp_path: Path, ring: Ring) -> None:
    assert keep(tmp_path, "work", Secret(WORD)) == "keyring"
    assert WORD in ring.kept.values()
    assert not (tmp_path / FILE).exists()
    assert secret(tmp_path, WORK).reveal() == WORD
    assert stored(tmp_path / "other", "work") is None, "another home has accounts of its own"
    drop(tmp_path, "work")
    assert not ring.kept
    drop(tmp_path, "work")


def test_else_in_a_file_for_the_owner(tmp_path: Path) -> None:
    assert keep(tmp_path, "work", Secret(WORD)) == "file"
    keep(tmp_path, "home", Secret("x"))
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert secret(tmp_path, WORK).reveal() == WORD
    drop(tmp_path, "work")
    assert WORD not in (tmp_path / FILE).read_text()
    drop(tmp_path, "home")
    assert not (tmp_path / FILE).exists()


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    keep(tmp_path, "work", Secret(WORD))
    (tmp_path / FILE).chmod(0o640)
    with pytest.raises(AskwellError, match="by others") as error:
        secret(tmp_path, WORK)
    assert "chmod 600" in error.value.hint


@pytest.mark.parametrize("text", [f'{{"work": "{WORD}"', f'"{WORD}"', ""])
def test_a_broken_file_is_told_without_what_is_in_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / FILE
    path.touch(0o600)
    path.write_text(text)
    with pytest.raises(AskwellError) as error:
        secret(tmp_path, WORK)
    assert str(path) in error.value.message
    assert WORD not in "".join(traceback.format_exception(error.value))


def test_none_kept_names_the_account(tmp_path: Path) -> None:
    with pytest.raises(AskwellError, match="work: ") as error:
        secret(tmp_path, WORK)
    assert "askwell source add imap work" in error.value.hint


def test_a_command_may_print_it(tmp_path: Path) -> None:
    one = replace(WORK, password_command=f"printf '{WORD}\\nmore\\n' | cat")
    assert secret(tmp_path, one).reveal() == WORD
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(("command", "why"), [(f"echo {WORD}; exit 3", "3"), ("true", "nothing")])
def test_a_command_that_fails_is_told_without_its_output(tmp_path: Path, command: str, why: str) -> None:
    with pytest.raises(AskwellError, match="work: ") as error:
        secret(tmp_path, replace(WORK, password_command=command))
    assert why in error.value.message
    assert WORD not in error.value.message
