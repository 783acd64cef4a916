"""Accounts are kept whole, refused where they cannot be right, and hold nothing secret."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from askwell.app.accounts import FILE, Account, account, accounts, is_loopback, place, put, remove
from askwell.errors import AskwellError

WORK = Account("work", "imap", "ingrid@example.no", "imap.example.no", only=("INBOX", "Sendte elementer"))
BOOK = Account("book", "carddav", "ingrid", url="https://dav.example.no/ingrid/")


def test_what_is_put_is_found_again_and_for_the_owner_only(tmp_path: Path) -> None:
    put(tmp_path, WORK)
    put(tmp_path, BOOK)
    assert accounts(tmp_path) == (WORK, BOOK)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    put(tmp_path, changed := replace(WORK, only=(), port=143))
    assert account(tmp_path, "work") == changed
    assert remove(tmp_path, "work") == changed
    assert accounts(tmp_path) == (BOOK,)


def test_a_comment_of_the_user_stays(tmp_path: Path) -> None:
    put(tmp_path, WORK)
    path = tmp_path / FILE
    path.write_text("# mine\n" + path.read_text())
    put(tmp_path, BOOK)
    assert path.read_text().startswith("# mine\n")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(WORK, name="two words"), "one word"),
        (replace(WORK, name=""), "one word"),
        (replace(WORK, kind="pop3"), 'no kind "pop3"'),
        (replace(WORK, host=""), "no server"),
        (replace(WORK, user=""), "no user"),
        (replace(WORK, auth="kerberos"), 'auth cannot be "kerberos"'),
        (replace(WORK, security="none"), 'security cannot be "none"'),
        (replace(WORK, security="plain"), "without TLS"),
        (replace(WORK, port=70_000), "no port"),
        (replace(BOOK, url="http://dav.example.no/"), "without TLS"),
        (replace(WORK, token_endpoint="http://login.example/token"), "https"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_written(
    tmp_path: Path, wrong: Account, said: str
) -> None:
    with pytest.raises(AskwellError) as error:
        put(tmp_path, wrong)
    assert said in error.value.message
    assert error.value.message.startswith(f"{wrong.name}: ")
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[work", FILE),
        ("[work]\nkind='imap'\nuser='i'\nhost='h'\npassword='x'\n", '"password"'),
        ("[work]\nkind='imap'\nuser='i'\nhost='h'\nport='x'\n", "port"),
        ("[work]\nkind='imap'\nuser=3\nhost='h'\n", "user"),
        ("[work]\nkind='imap'\nhost='h'\n", "no user"),
        ("work = 3\n", "work"),
    ],
)
def test_a_file_that_is_wrong_is_told_by_name(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(AskwellError) as error:
        accounts(tmp_path)
    assert FILE in error.value.message
    assert said in error.value.message


def test_an_unknown_name_says_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(AskwellError, match='"work"') as error:
        account(tmp_path, "work")
    assert "source add" in error.value.hint
    put(tmp_path, BOOK)
    with pytest.raises(AskwellError) as error:
        account(tmp_path, "work")
    assert "book" in error.value.hint


def test_this_machine_is_told_without_asking_a_name_server() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.8.9.1", "::1", "[::1]")))
    assert not any(map(is_loopback, ("", "imap.example.no", "10.0.0.1", "localhost.example.no")))


def test_how_far_is_remembered_by_where_it_lies_not_by_what_it_is_called() -> None:
    assert place(WORK, "INBOX") == place(replace(WORK, name="other"), "INBOX")
    assert len({place(WORK, "INBOX"), place(WORK, "Sent"), place(BOOK, "INBOX")}) == 3
