"""Accounts from the command line: added, listed, synced, removed; and what is said when it goes wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doors.conftest import Call
from tests.dovecot import Box, dovecot, needed

MAIL = (
    b"From: Kari <kari@nordlys.example>\r\nTo: %s\r\nMessage-ID: <%d@x.example>\r\n"
    b"Date: 1 Apr 2026 12:00:00 +0000\r\n\r\nHi\r\n"
)


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    needed()
    with dovecot() as server:
        found = server.box("ingrid@example.no")
        found.put("INBOX", [MAIL % (found.user.encode(), n) for n in range(3)])
        for n, sender in enumerate(
            [b"ID <ingrid.d@alias.example>"] * 2 + [found.user.encode()] * 3 + [b"x@y.no"]
        ):
            found.put("Sendte elementer", [b"From: %s\r\n\r\n%d\r\n" % (sender, n)])
        found.put("Reise", [MAIL % (found.user.encode(), 7)])
        yield found


def there(box: Box) -> tuple[object, ...]:
    server = box.server
    at = ("--host", "localhost", "--port", server.tls_port, "--certificate", server.authority)
    return ("--user", box.user, *at)


def test_from_adding_to_removing(call: Call, box: Box, tmp_path: Path) -> None:
    ran = call("source", "add", "imap", "work", *there(box), given=box.server.password + "\n")
    assert ran.status == 0, ran.err
    assert "work is added: signing in went well." in ran.out
    assert "read      3  INBOX" in ran.out
    assert "left out  0  Kladd" in ran.out
    ran = call("sync", "--dry-run")
    assert "Counted only" in ran.out
    ran = call("sync", "--on", "2026-05-04")
    assert ran.status == 0
    assert ran.out.startswith("work\nDone.\n")
    assert "4  messages between people, kept and read" in ran.out
    assert call("sync").out == "work\n  Nothing new.\n"
    assert (
        "work  imap  ingrid@example.no · localhost  password in a file  last new 2026-05-04"
        in call("source", "list").out
    )
    assert call("undo").status == 0
    assert "--again" in call("sync").out
    assert call("sync", "--again").status == 0
    told = json.loads(call("sync", "--json").out)
    assert told["schema"] == "askwell.sync/1"
    assert told["accounts"][0]["report"]["read"] == 0
    assert call("source", "add", "imap", "work", "--without", "Reise", given="").status == 0
    assert json.loads(call("source", "list", "--json").out)["accounts"][0]["without"] == ["Reise"]
    ran = call("source", "remove", "work")
    assert ran.status == 0
    assert not (tmp_path / "home" / "secrets.json").exists()
    assert call("source", "list").out.startswith("No accounts.")


def test_a_wrong_password_leaves_nothing_behind(call: Call, box: Box, tmp_path: Path) -> None:
    ran = call("source", "add", "imap", "work", *there(box), given="wrong-word\n")
    assert ran.status == 2
    assert ran.err.startswith("askwell: work: the password was refused for ingrid@example.no.")
    assert "wrong-word" not in ran.err + ran.out
    assert not (tmp_path / "home" / "accounts.toml").exists()
    assert not (tmp_path / "home" / "secrets.json").exists()
    assert call("source", "add", "imap", "work", *there(box), given=box.server.password).status == 0
    assert call("source", "add", "imap", "work", *there(box), given="wrong-word\n").status == 2
    assert call("sync").status == 0, "the password that was good is still there"


def test_other_addresses_that_letters_are_sent_from_are_proposed(call: Call, box: Box) -> None:
    ran = call("source", "add", "imap", "work", *there(box), given=box.server.password)
    told = "sent from ingrid.d@alias.example too. If it is yours, say so: --me ingrid.d@alias.example"
    assert told in " ".join(ran.out.split())
    assert "x@y.no" not in ran.out
    ran = call("source", "add", "imap", "work", "--me", "ingrid.d@alias.example", "--me", box.user, given="")
    assert ran.status == 0
    assert "alias" not in ran.out


def test_a_password_is_not_shown_to_another_server(call: Call, box: Box) -> None:
    assert call("source", "add", "imap", "work", *there(box), given=box.server.password).status == 0
    ran = call("source", "add", "imap", "work", "--host", "127.0.0.1", given="")
    assert ran.status == 2
    assert "is for another server or user" in ran.err
    assert call("source", "add", "imap", "work", "--folder", "INBOX", given="").status == 0


def test_folders_are_chosen_from_those_that_are_there(call: Call, box: Box) -> None:
    call("source", "add", "imap", "work", *there(box), given=box.server.password)
    ran = call("source", "add", "imap", "work", "--folder", "Resie", given="")
    assert ran.status == 2
    assert ran.err.splitlines()[0] == 'askwell: work: there is no folder "Resie".'
    assert "Reise" in ran.err
    call("source", "add", "imap", "work", "--folder", "Reise", given="")
    assert json.loads(call("source", "list", "--json").out)["accounts"][0]["only"] == ["Reise"]
    call("source", "add", "imap", "work", "--proposed", given="")
    assert json.loads(call("source", "list", "--json").out)["accounts"][0]["only"] == []


def test_trouble_shows_in_the_exit_status(call: Call, box: Box, tmp_path: Path) -> None:
    call("source", "add", "imap", "work", *there(box), given=box.server.password)
    with (tmp_path / "home" / "accounts.toml").open("a") as file:
        file.write('only = ["Gone"]\n')
    ran = call("sync")
    assert ran.status == 2
    assert 'work: there is no folder "Gone" any more' in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--user", "i@unknown.example"), "no server is named"),
        (("--user", "i@x.example", "--host", "h.example", "--security", "plain"), "without TLS"),
        (("--user", "ingrid", "--host", "h.example"), "which address is yours"),
        (("--user", "i@x.example", "--host", "localhost", "--port", 1), "no password or token"),
        ((), "no user is named"),
    ],
)
def test_what_cannot_be_added(call: Call, words: tuple[object, ...], said: str, tmp_path: Path) -> None:
    ran = call("source", "add", "imap", "work", *words, given="")
    assert ran.status == 2
    assert ran.err.startswith("askwell: work: ")
    assert said in ran.err
    assert not (tmp_path / "home" / "accounts.toml").exists()


def test_known_providers_need_no_host() -> None:
    from askwell.app.accounts import Account, check
    from askwell.app.source import completed, providers

    one = completed(Account("g", "imap", "Somebody@Gmail.com"))
    assert (one.host, one.security, one.auth) == ("imap.gmail.com", "tls", "password")
    assert completed(Account("m", "imap", "a@hotmail.no")).auth == "xoauth2"
    for domain in providers():
        check(completed(Account("x", "imap", f"a@{domain}", client_id="c")))


def test_the_home_and_language_may_stand_anywhere(call: Call, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert "No accounts" in call("source", "--home", other, "list").out
    assert other.exists()
    assert json.loads(call("source", "--json", "list").out)["accounts"] == []
    assert call("sync").status == 2


def test_what_is_gone_from_the_server_is_told_and_forgotten_on_request(call: Call, box: Box) -> None:
    mine = box.server.box()
    mine.put("INBOX", [MAIL % (mine.user.encode(), 100 + n) for n in range(30)])
    assert call("source", "add", "imap", "work", *there(mine), given=mine.server.password).status == 0
    assert call("sync").status == 0
    letters = sorted(mine.folder("INBOX").glob("*/17*"))
    letters[0].unlink()
    ran = call("sync")
    assert ran.out == (
        "work\n  Nothing new.\n  1 message is gone from the folders that are read there."
        " Its part of the ledger is kept.\n  To take that out as well: askwell sync --forget-gone\n"
    )
    assert call("sync").out == "work\n  Nothing new.\n"
    told = json.loads(call("sync", "--forget-gone", "--dry-run", "--json").out)
    assert told["forgotten"] == 1
    ran = call("sync", "--forget-gone")
    assert "1 message that is gone from the server was taken out of the ledger." in ran.out
    for letter in letters[1:20]:
        letter.unlink()
    told = json.loads(call("sync", "--json").out)
    assert told["accounts"][0]["gone"] == {"new": 19, "all": 19}
    ran = call("sync", "--forget-gone")
    assert ran.status == 2
    assert "Take 19 messages that are gone from the server out of the ledger, of 29?" in ran.err
    assert "--yes" in ran.err
    assert json.loads(call("sync", "--forget-gone", "--yes", "--json").out)["forgotten"] == 19
    assert json.loads(call("sync", "--forget-gone", "--yes", "--json").out)["forgotten"] == 0
