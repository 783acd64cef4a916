"""Sync with a real Dovecot: only what is new, nothing changed there, nothing lost or doubled here."""

import base64
import logging
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bench.kills import killed_often
from imapclient import IMAPClient
from tests.dovecot import Box, Dovecot, dovecot, needed

from askwell.app import imap
from askwell.app.accounts import Account, put
from askwell.app.desk import Desk, open_desk, profile
from askwell.app.exporting import export
from askwell.app.leaving import all_that_left
from askwell.app.owner import claim
from askwell.app.report import Report
from askwell.app.secrets import FILE, Secret, keep, secret
from askwell.app.sync import Synced, sync
from askwell.app.undo import undo
from askwell.errors import AskwellError

TODAY = date(2026, 5, 4)
ME = "ingrid@example.no"
SENT, DRAFTS = "Sendte elementer", "Kladd"


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    needed()
    with dovecot() as found:
        yield found


@pytest.fixture
def box(server: Dovecot) -> Box:
    return server.box()


def mail(n: int, *, mine: bool = False, body: str = "", id: str = "") -> bytes:
    other = f"Person {n % 7} <person{n % 7}@firm.example>"
    sender, to = (ME, other) if mine else (other, ME)
    return (
        f"From: {sender}\r\nTo: {to}\r\nSubject: Matter {n}\r\nMessage-ID: <{id or n}@made.example>\r\n"
        f"Date: {1 + n % 28} Apr 2026 12:{n % 60:02}:00 +0000\r\n\r\n"
        f"{body or f'Hi, could you send me report {n}? Thanks for the last one.'}\r\n"
    ).encode()


def account(box: Box, **more: object) -> Account:
    one = Account("work", "imap", box.user, "localhost", box.server.tls_port)
    return replace(one, certificate=str(box.server.authority), **more)  # type: ignore[arg-type]


@contextmanager
def desk_at(home: Path, box: Box, **more: object) -> Iterator[Desk]:
    """A desk whose account is this mailbox."""
    one = account(box, **more)
    home.mkdir(exist_ok=True)
    put(home, one)
    keep(home, one.name, Secret(box.server.password))
    with open_desk(home, TODAY) as desk:
        claim(desk, [ME])
        yield replace(desk, profile=profile(desk.store, home))


def report(found: tuple[Synced, ...]) -> Report:
    (one,) = found
    assert one.trouble is None, one.trouble.message
    assert one.report is not None
    return one.report


def trouble(found: tuple[Synced, ...]) -> AskwellError:
    (one,) = found
    assert one.trouble is not None
    return one.trouble


def ids(desk: Desk) -> set[str]:
    return {one.id.partition("@")[0] for one in desk.store.messages()}


def test_only_what_is_new_comes_in(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(n) for n in range(20)])
    box.put(SENT, [mail(n, mine=True) for n in range(20, 25)], "S")
    with desk_at(tmp_path / "home", box) as desk:
        first = report(sync(desk))
        assert (first.read, first.personal, first.known) == (25, 25, 0)
        assert len(first.people) == 5
        assert first.action == 1
        again = report(sync(desk))
        assert (again.read, again.action) == (0, 0)
        box.put("INBOX", [mail(30), mail(31)])
        box.put(SENT, [mail(32, mine=True)], "S")
        more = report(sync(desk))
        assert (more.read, more.personal) == (3, 3)
        assert len(ids(desk)) == 28
        assert {one.by_me for one in desk.store.exchanges() if one.sender == ME} == {True}


def test_nothing_is_changed_in_the_mailbox(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(n) for n in range(5)])
    box.put(SENT, [mail(9, mine=True)])
    with desk_at(tmp_path / "home", box) as desk:
        report(sync(desk))
    place = box.folder("INBOX")
    assert len(list((place / "new").iterdir())) == 5, "a program that opens a folder to write moves them on"
    assert list((place / "cur").iterdir()) == []
    with IMAPClient("localhost", box.server.port, ssl=False) as client:
        client.plain_login(box.user, box.server.password)
        client.select_folder("INBOX", readonly=True)
        assert len(client.search("UNSEEN")) == 5


def test_letters_that_were_not_sent_or_not_wanted_stay_out(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(1)])
    box.put("INBOX", [mail(2, mine=True)], "D")
    box.put(DRAFTS, [mail(3, mine=True)])
    box.put("Papirkurv", [mail(4)])
    box.put("Søppelpost", [mail(5)])
    box.put("Prosjekt", [mail(6)])
    with desk_at(tmp_path / "home", box) as desk:
        found = report(sync(desk))
        assert ids(desk) == {"1", "6"}
        assert dict(found.skipped) == {"a draft": 1}
        assert found.examples["a draft"] == ["work/INBOX UID 2"]


def test_folders_are_chosen_and_left_out(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(1)])
    box.put("Søppelpost", [mail(2)])
    box.put("Familie/Østen", [mail(3)])
    with desk_at(tmp_path / "a", box, only=("Søppelpost", "Familie/Østen")) as desk:
        report(sync(desk))
        assert ids(desk) == {"2", "3"}
    with desk_at(tmp_path / "b", box, without=("Familie/Østen",)) as desk:
        report(sync(desk))
        assert ids(desk) == {"1"}


def test_a_folder_that_is_gone_is_told_and_the_others_are_read(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(1)])
    with desk_at(tmp_path / "home", box, only=("INBOX", "Gone")) as desk:
        error = trouble(sync(desk))
        assert error.message.startswith('work: there is no folder "Gone"')
        assert ids(desk) == {"1"}


def test_a_dry_run_counts_the_same_and_keeps_nothing(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [*(mail(n) for n in range(6)), mail(1), b"From: a@b.example\r\n\r\nno date\r\n"])
    with desk_at(tmp_path / "home", box) as desk:
        dry = report(sync(desk, dry=True))
        assert desk.store.counts()["messages"] == desk.store.counts()["actions"] == 0
        real = report(sync(desk))
        for name in ("read", "personal", "bulk", "known", "skipped"):
            assert getattr(dry, name) == getattr(real, name), name
        assert real.read == real.personal + real.known + sum(real.skipped.values()) == 8
        assert real.examples["no date"] == ["work/INBOX UID 8"]
        assert report(sync(desk)).read == 0, "what cannot be read is not tried again and again"


def test_what_is_taken_back_comes_again_only_on_request(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(1)])
    with desk_at(tmp_path / "home", box) as desk:
        first = report(sync(desk)).action
        box.put("INBOX", [mail(2)])
        second = report(sync(desk)).action
        undo(desk, second)
        assert ids(desk) == {"1"}
        (left,) = sync(desk)
        assert (left.paused, left.report, left.trouble) == (second, None, None)
        assert report(sync(desk, again=True)).personal == 1
        assert ids(desk) == {"1", "2"}
        undo(desk, first)
        assert report(sync(desk, dry=True, again=True)).personal == 1
        (left,) = sync(desk)
        assert left.paused == first, "an older one would come again too"
        assert report(sync(desk, again=True)).personal == 1
        assert ids(desk) == {"1", "2"}
        assert report(sync(desk)).read == 0


def test_a_mailbox_that_numbers_anew_is_read_anew_without_doubles(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(n) for n in range(8)])
    with desk_at(tmp_path / "home", box) as desk:
        report(sync(desk))
        with IMAPClient("localhost", box.server.port, ssl=False) as client:
            client.plain_login(box.user, box.server.password)
            before = client.folder_status("INBOX")[b"UIDVALIDITY"]
        time.sleep(1.1)  # the new one is made of the clock
        for path in box.folder("INBOX").glob("dovecot*"):
            path.unlink()
        box.put("INBOX", [mail(50)])
        found = report(sync(desk))
        assert (found.personal, found.known) == (1, 8)
        assert report(sync(desk)).read == 0
        with IMAPClient("localhost", box.server.port, ssl=False) as client:
            client.plain_login(box.user, box.server.password)
            assert client.folder_status("INBOX")[b"UIDVALIDITY"] != before


def test_of_a_large_letter_the_text_is_read(tmp_path: Path, box: Box) -> None:
    attached = (
        "\r\n--x\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + ("QUJD" * 19 + "\r\n") * 40_000
        + "--x--\r\n"
    )
    head = mail(1).replace(
        b"Subject", b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\nSubject"
    )
    top, _, text = head.partition(b"\r\n\r\n")
    whole = top + b"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n" + text + attached.encode()
    assert len(whole) > 3_000_000
    box.put("INBOX", [whole, mail(2)])
    with desk_at(tmp_path / "home", box) as desk:
        assert report(sync(desk)).personal == 2
        found = desk.store.message("1@made.example")
        assert found is not None
        assert found.text == "Hi, could you send me report 1? Thanks for the last one."


def test_a_text_behind_a_large_attachment_is_read(tmp_path: Path, box: Box) -> None:
    head = mail(1).replace(
        b"Subject", b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\nSubject"
    )
    top, _, text = head.partition(b"\r\n\r\n")
    film = b"\r\n--x\r\nContent-Type: video/mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    film += (b"QUJD" * 19 + b"\r\n") * 20_000
    box.put(
        "INBOX", [top + b"\r\n\r\n" + film + b"--x\r\nContent-Type: text/plain\r\n\r\n" + text + b"--x--\r\n"]
    )
    with desk_at(tmp_path / "home", box) as desk:
        assert report(sync(desk)).personal == 1
        found = desk.store.message("1@made.example")
        assert found is not None
        assert found.text == "Hi, could you send me report 1? Thanks for the last one."


def test_an_attachment_without_a_text_is_not_fetched_to_its_end(
    tmp_path: Path, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = mail(1).partition(b"\r\n\r\n")[0]
    kind = b"\r\nMIME-Version: 1.0\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    box.put("INBOX", [top + kind + (b"QUJD" * 19 + b"\r\n") * 20_000])
    asked: list[object] = []
    fetch = IMAPClient.fetch

    def noted(client: IMAPClient, uids: object, data: list[str]) -> object:
        asked.append(data)
        return fetch(client, uids, data)

    monkeypatch.setattr(IMAPClient, "fetch", noted)
    with desk_at(tmp_path / "home", box) as desk:
        assert report(sync(desk)).personal == 1
    assert ["RFC822.SIZE", "BODYSTRUCTURE"] in asked
    assert ["BODY.PEEK[]"] not in asked


def test_one_accounts_trouble_stops_no_other(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(1)])
    home = tmp_path / "home"
    with desk_at(home, box) as desk:
        put(home, replace(account(box), name="away", port=1))
        keep(home, "away", Secret(box.server.password))
        put(home, replace(account(box), name="bare"))
        put(home, replace(account(box), name="last"))
        keep(home, "last", Secret("wrong"))
        work, away, bare, last = sync(desk)
        assert work.report is not None
        assert ids(desk) == {"1"}
        assert away.trouble is not None
        assert away.trouble.message == "away: localhost does not answer on port 1."
        assert bare.trouble is not None
        assert bare.trouble.message == "bare: no password or token is kept for it."
        assert last.trouble is not None
        assert last.trouble.message.startswith(f"last: the password was refused for {box.user}.")
        assert "askwell source add imap last" in last.trouble.hint
        with pytest.raises(AskwellError, match="strange"):
            sync(desk, ["strange"])


def test_only_the_accounts_that_are_named(tmp_path: Path, box: Box) -> None:
    with desk_at(tmp_path / "home", box) as desk:
        put(desk.home, replace(account(box), name="away", port=1))
        assert report(sync(desk, ["work"])).read == 0


def test_what_left_is_noted_and_the_password_is_nowhere_but_in_its_file(
    tmp_path: Path, box: Box, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    box.put("INBOX", [mail(1)])
    home = tmp_path / "home"
    with desk_at(home, box) as desk:
        report(sync(desk))
    (left,) = all_that_left(home)
    assert (left.door, left.host) == ("sync", f"localhost:{box.server.tls_port}")
    word = box.server.password.encode()
    sent = base64.b64encode(b"\0" + box.user.encode() + b"\0" + word).decode()
    assert box.server.password not in caplog.text
    assert sent not in caplog.text
    holding = [path.name for path in home.iterdir() if path.is_file() and word in path.read_bytes()]
    assert holding == [FILE]
    assert secret(home, account(box)).reveal() == box.server.password
    assert (home / FILE).stat().st_mode & 0o777 == 0o600


def test_starttls(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(1)])
    with desk_at(tmp_path / "home", box, port=box.server.port, security="starttls") as desk:
        assert report(sync(desk)).personal == 1


KILLED = """
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from askwell.app import imap_mail
from askwell.app.desk import open_desk, profile
from askwell.app.sync import sync
imap_mail.CHUNK = 40
with open_desk(Path(sys.argv[1]), date(2026, 5, 4)) as desk:
    (one,) = sync(replace(desk, profile=profile(desk.store, desk.home)))
    if one.trouble:
        sys.exit(one.trouble.message)
"""


def test_a_kill_at_any_moment_costs_nothing(tmp_path: Path, box: Box) -> None:
    box.put("INBOX", [mail(n, mine=n % 3 == 0) for n in range(700)])
    box.put(SENT, [mail(n, mine=True) for n in range(690, 800)])

    def run(home: Path) -> subprocess.Popen[bytes]:
        with desk_at(home, box):
            return subprocess.Popen([sys.executable, "-c", KILLED, home])

    started = time.monotonic()
    assert run(tmp_path / "whole").wait() == 0
    takes = time.monotonic() - started

    def end(process: subprocess.Popen[bytes], kill: bool) -> int:
        if kill:
            process.kill()
        return process.wait()

    def told(name: str) -> object:
        with desk_at(tmp_path / name, box) as desk:
            assert desk.store.counts()["messages"] == 800
            assert desk.store.trouble() == ()
            assert report(sync(desk)).read == 0
            outcomes = [(one.id, one.reading and one.reading.outcome) for one in desk.store.exchanges()]
            return "".join(export(desk)), outcomes

    def anew() -> None:
        assert told("killed") == told("whole")
        shutil.rmtree(tmp_path / "killed")

    assert killed_often(lambda: run(tmp_path / "killed"), end, anew, takes, 4, random.Random(3)) >= 3
    assert run(tmp_path / "killed").wait() == 0
    assert told("killed") == told("whole")


def test_long_lists_of_numbers_are_asked_for_in_pieces(
    tmp_path: Path, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("askwell.sources.imap_fetch.LISTED", 7)
    monkeypatch.setattr("askwell.sources.imap_fetch.GROUP", 3)
    box.put("INBOX", [mail(n) for n in range(23)])
    with desk_at(tmp_path / "home", box) as desk:
        assert report(sync(desk)).personal == 23
        box.put("INBOX", [mail(23)])
        assert report(sync(desk)).personal == 1


def test_look_tells_folders_and_how_much_is_in_them(box: Box) -> None:
    box.put("INBOX", [mail(1), mail(2)])
    found = {one.name: one for one in imap.look(account(box), Secret(box.server.password))}
    assert (found["INBOX"].size, found["INBOX"].proposed) == (2, True)
    assert {name: one.role for name, one in found.items() if not one.proposed} == {
        DRAFTS: "drafts",
        "Papirkurv": "trash",
        "Søppelpost": "junk",
    }


@pytest.mark.skipif(os.name != "posix", reason="the crew is forked")
def test_a_sync_while_an_import_runs_is_told(tmp_path: Path, box: Box) -> None:
    with desk_at(tmp_path / "home", box) as desk, desk.store.lock():
        done = subprocess.run(
            [sys.executable, "-c", KILLED, desk.home], check=False, capture_output=True, text=True
        )
    assert "another import is running" in done.stderr
