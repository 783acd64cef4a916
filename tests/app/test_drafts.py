"""Drafts in a real mailbox: judged and marked, never touched, with notes that come and go."""

import contextlib
import hashlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from imapclient import IMAPClient
from tests.dovecot import Box, Dovecot, dovecot, needed

from askwell.app import drafts as room
from askwell.app.accounts import Account, put
from askwell.app.desk import Desk, open_desk, profile
from askwell.app.drafts import Round, drafts, watch
from askwell.app.importing import import_
from askwell.app.leaving import all_that_left
from askwell.app.owner import claim
from askwell.app.secrets import Secret, keep
from askwell.app.sync import sync
from askwell.errors import AskwellError
from askwell.sources import imap_drafts

TODAY = date(2026, 5, 4)
DRAFTS = "Kladd"
FAVOUR = (
    b"From: Ingrid <ingrid.dahl@example.no>\r\nTo: Tom Becker <tom@harbour.example>\r\n"
    b"Subject: My flatmate\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"Hi Tom,\r\n\r\nMy flatmate Leo is looking for his first job and he would be perfect for you."
    b" Could you get him an interview at Harbour Analytics this month?\r\n\r\nBest,\r\nIngrid\r\n"
)
PLAIN = (
    FAVOUR.replace(b"My flatmate", b"Friday").partition(b"Hi Tom")[0]
    + b"Hi Tom, see you on Friday at ten.\r\n"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    needed()
    with dovecot() as found:
        yield found


@pytest.fixture
def box(server: Dovecot) -> Box:
    return server.box()


def account(box: Box) -> Account:
    one = Account("work", "imap", box.user, "localhost", box.server.tls_port)
    return replace(one, certificate=str(box.server.authority))


@contextmanager
def desk_at(home: Path, box: Box, examples: Path) -> Iterator[Desk]:
    with open_desk(home, TODAY) as desk:
        if not desk.store.people():
            claim(desk, ["ingrid.dahl@example.no"])
            import_(replace(desk, profile=profile(desk.store, home)), [examples / "demo.mbox"])
        put(home, account(box))
        keep(home, "work", Secret(box.server.password))
        yield replace(desk, profile=profile(desk.store, home))


@contextmanager
def client(box: Box) -> Iterator[IMAPClient]:
    """The user's own mail program."""
    with IMAPClient("localhost", box.server.port, ssl=False) as found:
        found.plain_login(box.user, box.server.password)
        yield found


def flags(box: Box) -> dict[int, set[str]]:
    with client(box) as found:
        found.select_folder(DRAFTS, readonly=True)
        said = found.fetch(found.search(), ["FLAGS"])
        return {
            uid: {str(flag, "ascii") for flag in one[b"FLAGS"]} - {"\\Recent"} for uid, one in said.items()
        }


def notes(box: Box) -> list[bytes]:
    with client(box) as found:
        if not found.folder_exists("Askwell"):
            return []
        found.select_folder("Askwell", readonly=True)
        return [one[b"BODY[]"] for one in found.fetch(found.search(), ["BODY.PEEK[]"]).values()]


def save(box: Box, mail: bytes, instead: int = 0) -> None:
    """Save a draft as mail programs do: put the new one, throw the old one away."""
    with client(box) as found:
        found.append(DRAFTS, mail, [b"\\Draft", b"\\Seen"])
        if instead:
            found.select_folder(DRAFTS)
            found.delete_messages([instead])
            found.expunge()


def bodies(box: Box) -> list[bytes]:
    with client(box) as found:
        found.select_folder(DRAFTS, readonly=True)
        return [one[b"BODY[]"] for one in found.fetch(found.search(), ["BODY.PEEK[]"]).values()]


def secret(box: Box) -> Secret:
    return Secret(box.server.password)


def test_each_draft_gets_its_keyword_and_stays_byte_for_byte(
    tmp_path: Path, box: Box, examples: Path
) -> None:
    save(box, FAVOUR)
    save(box, PLAIN)
    before = bodies(box)
    files = {hashlib.sha256(path.read_bytes()).hexdigest() for path in box.folder(DRAFTS).glob("[cn]*/*")}
    with desk_at(tmp_path / "home", box, examples) as desk:
        found = drafts(desk, account(box), secret(box), notes=True)
        assert [one.word for one in found.drafts] == ["dont", "send"]
        assert [one.changed for one in found.drafts] == [True, True]
        assert flags(box) == {
            1: {"\\Draft", "\\Seen", "$AskwellDont"},
            2: {"\\Draft", "\\Seen", "$AskwellSend"},
        }
        again = drafts(desk, account(box), secret(box), notes=True)
        assert [one.changed for one in again.drafts] == [False, False]
    assert bodies(box) == before == [FAVOUR, PLAIN]
    after = {hashlib.sha256(path.read_bytes()).hexdigest() for path in box.folder(DRAFTS).glob("[cn]*/*")}
    assert after == files


def test_a_draft_that_was_not_read_yet_is_not_marked_as_read(
    tmp_path: Path, box: Box, examples: Path
) -> None:
    with client(box) as found:
        found.append(DRAFTS, FAVOUR, [b"\\Draft"])
    with desk_at(tmp_path / "home", box, examples) as desk:
        drafts(desk, account(box), secret(box))
    assert flags(box) == {1: {"\\Draft", "$AskwellDont"}}


def test_a_note_says_why_and_goes_with_its_draft(tmp_path: Path, box: Box, examples: Path) -> None:
    save(box, FAVOUR)
    with desk_at(tmp_path / "home", box, examples) as desk:
        drafts(desk, account(box), secret(box))
        assert notes(box) == [], "only on request"
        for _ in range(2):
            drafts(desk, account(box), secret(box), notes=True)
        (note,) = notes(box)
        mail = message_from_bytes(note, policy=default)
        assert mail["Subject"] == "Don't send this: My flatmate"
        assert mail["To"] == box.user
        text = mail.get_content()
        assert "asks a favour for somebody that Tom does not know" in text
        assert "A gentler letter" in text
        assert "you can always send" in text
        save(box, PLAIN, instead=1)
        drafts(desk, account(box), secret(box), notes=True)
        assert notes(box) == []
        assert list(flags(box)) == [2]
        assert {one.what for one in all_that_left(desk.home)} == {room.LOOKED, room.NOTED}


def test_a_changed_draft_loses_its_old_note_and_gets_a_new_one(
    tmp_path: Path, box: Box, examples: Path
) -> None:
    save(box, FAVOUR)
    with desk_at(tmp_path / "home", box, examples) as desk:
        drafts(desk, account(box), secret(box), notes=True)
        save(box, FAVOUR.replace(b"My flatmate\r\n", b"Leo\r\n"), instead=1)
        drafts(desk, account(box), secret(box), notes=True)
        assert [message_from_bytes(one)["Subject"] for one in notes(box)] == ["Don't send this: Leo"]


def test_what_else_lies_in_the_folder_of_notes_stays(tmp_path: Path, box: Box, examples: Path) -> None:
    save(box, FAVOUR)
    with client(box) as found:
        found.create_folder("Askwell")
        found.append("Askwell", PLAIN)
    with desk_at(tmp_path / "home", box, examples) as desk:
        drafts(desk, account(box), secret(box), notes=True)
        assert len(notes(box)) == 2
        with client(box) as found:
            found.select_folder(DRAFTS)
            found.delete_messages([1])
            found.expunge()
        drafts(desk, account(box), secret(box))
        assert notes(box) == [PLAIN]


def test_notes_are_no_letters(tmp_path: Path, box: Box, examples: Path) -> None:
    save(box, FAVOUR)
    with desk_at(tmp_path / "home", box, examples) as desk:
        drafts(desk, account(box), secret(box), notes=True)
        put(desk.home, replace(account(box), only=("INBOX", "Askwell")))
        (one,) = sync(desk)
        assert one.report is not None
        assert dict(one.report.skipped) == {"a note of Askwell's own": 1}


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"Subject: x\r\n\r\n",
        b"To: tom@harbour.example\r\n\r\n",
        b"To: ingrid.dahl@example.no\r\nSubject: x\r\n\r\nCould you get me a job?\r\n",
        "To: tom@harbour.example\r\n\r\nSehr geehrter Herr Becker, könnten Sie bitte meinem Freund eine"
        " Stelle geben? Wir wären Ihnen sehr dankbar dafür.\r\n".encode(),
        b"To: tom@harbour.example\r\nContent-Type: multipart/encrypted; boundary=x\r\n\r\n--x--\r\n",
    ],
)
def test_what_cannot_be_judged_is_left_in_peace(
    tmp_path: Path, box: Box, examples: Path, mail: bytes
) -> None:
    save(box, mail or b"\r\n")
    with desk_at(tmp_path / "home", box, examples) as desk:
        found = drafts(desk, account(box), secret(box), notes=True)
        assert [one.word for one in found.drafts] == [""]
    assert flags(box) == {1: {"\\Draft", "\\Seen"}}
    assert notes(box) == []


def test_a_name_that_is_nobodys_is_told(tmp_path: Path, box: Box, examples: Path) -> None:
    save(box, FAVOUR.replace(b"Tom Becker <tom@harbour.example>", b"Somebody"))
    with desk_at(tmp_path / "home", box, examples) as desk:
        (one,) = drafts(desk, account(box), secret(box)).drafts
        assert one.word == "" or not one.trouble
        assert one.to == ("Somebody",)


def test_a_verdict_that_is_another_now_changes_the_keyword(tmp_path: Path, box: Box, examples: Path) -> None:
    with client(box) as found:
        found.append(DRAFTS, PLAIN, [b"\\Draft", b"$AskwellWait", b"$Other"])
    with desk_at(tmp_path / "home", box, examples) as desk:
        drafts(desk, account(box), secret(box))
    assert flags(box) == {1: {"\\Draft", "$Other", "$AskwellSend"}}


def test_no_folder_of_drafts_is_told(tmp_path: Path, box: Box, examples: Path) -> None:
    with client(box) as found:
        found.delete_folder(DRAFTS)
    found_ = room.mailboxes
    with (
        desk_at(tmp_path / "home", box, examples) as desk,
        pytest.MonkeyPatch.context() as patch,
        pytest.raises(AskwellError, match="work: there is no folder"),
    ):
        patch.setattr(room, "mailboxes", lambda one: [box for box in found_(one) if box.role != "drafts"])
        drafts(desk, account(box), secret(box))


class Watching:
    """A watch that runs beside the test."""

    def __init__(self, home: Path, box: Box, port: int = 0) -> None:
        one = replace(account(box), port=port or box.server.tls_port)
        self.rounds: list[Round] = []
        self._new = threading.Condition()
        self._stop = False
        self._made = watch(home, one, lambda: secret(box), lambda: TODAY, "en", notes=True)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        for found in self._made:
            with self._new:
                self.rounds.append(found)
                self._new.notify_all()
            if self._stop:
                return

    def until(self, words: list[str]) -> None:
        """Wait until a round says this of the drafts."""
        with self._new:
            there = self._new.wait_for(
                lambda: bool(self.rounds) and [one.word for one in self.rounds[-1].drafts] == words, 60
            )
        assert there, self.rounds

    def end(self) -> None:
        self._stop = True


@pytest.mark.parametrize("idle", [True, False])
def test_a_draft_is_judged_as_soon_as_it_is_saved(
    tmp_path: Path, box: Box, examples: Path, idle: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap_drafts, "POLL", 0.2)
    if not idle:
        can = IMAPClient.has_capability
        monkeypatch.setattr(IMAPClient, "has_capability", lambda me, name: name != "IDLE" and can(me, name))
    with desk_at(tmp_path / "home", box, examples):
        pass
    watching = Watching(tmp_path / "home", box)
    watching.until([])
    save(box, FAVOUR)
    watching.until(["dont"])
    assert flags(box)[1] >= {"$AskwellDont"}
    assert len(notes(box)) == 1
    save(box, PLAIN, instead=1)
    watching.until(["send"])
    watching.end()
    with client(box) as found:
        found.select_folder(DRAFTS)
        found.delete_messages([2])
        found.expunge()
    watching.until([])
    assert notes(box) == []


class Line:
    """A way to a server that can be cut."""

    def __init__(self, to: int) -> None:
        self._to, self._ends = to, list[socket.socket]()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                one, _ = self._listener.accept()
            except OSError:
                return
            other = socket.create_connection(("127.0.0.1", self._to))
            self._ends += [one, other]
            for ends in ((one, other), (other, one)):
                threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)

    def cut(self) -> None:
        """Break all connections; new ones can be made."""
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._ends.clear()

    def end(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()


def test_a_watch_outlives_its_connection(
    tmp_path: Path, box: Box, examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "FIRST_PAUSE", 0.3)
    with desk_at(tmp_path / "home", box, examples):
        pass
    save(box, FAVOUR)
    line = Line(box.server.tls_port)
    watching = Watching(tmp_path / "home", box, line.port)
    watching.until(["dont"])
    line.cut()
    save(box, PLAIN, instead=1)
    watching.until(["send"])
    (away,) = [one.away for one in watching.rounds if one.away]
    assert away.message == "work: localhost has broken off the connection."
    watching.end()
    save(box, FAVOUR)
    watching.until(["send", "dont"])
    line.end()


def test_what_lies_there_unchanged_is_not_judged_again_until_the_day_changes(
    tmp_path: Path, box: Box, examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    look = room.of_mail
    monkeypatch.setattr(imap_drafts, "IDLE", 0.3)
    monkeypatch.setattr(imap_drafts.wait, "__defaults__", (0.3,))
    monkeypatch.setattr(room, "of_mail", lambda data: judged.append(look(data).subject) or look(data))
    with desk_at(tmp_path / "home", box, examples):
        pass
    save(box, FAVOUR)
    days = iter([TODAY, TODAY, TODAY, TODAY.replace(day=5)])
    made = watch(tmp_path / "home", account(box), lambda: secret(box), lambda: next(days), "en")
    assert [one.word for one in next(made).drafts] == ["dont"]
    save(box, PLAIN)
    assert [one.word for one in next(made).drafts] == ["dont", "send"]
    assert [one.word for one in next(made).drafts] == ["dont", "send"]
    assert judged == ["My flatmate", "Friday"]
    next(made)
    assert judged == ["My flatmate", "Friday"] * 2
    made.close()


def test_a_watch_waits_where_no_token_can_be_had(
    tmp_path: Path, box: Box, examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "FIRST_PAUSE", 0.05)
    with desk_at(tmp_path / "home", box, examples):
        pass
    answers = iter([AskwellError("no token", http_status=502), AskwellError("locked", http_status=503)])

    def word() -> Secret:
        if (trouble := next(answers, None)) is not None:
            raise trouble
        return secret(box)

    made = watch(tmp_path / "home", account(box), word, lambda: TODAY, "en")
    assert [next(made).away is None for _ in range(3)] == [False, False, True]
    made.close()


def test_a_watch_stops_at_a_password_that_is_wrong(tmp_path: Path, box: Box, examples: Path) -> None:
    with desk_at(tmp_path / "home", box, examples):
        pass
    made = watch(tmp_path / "home", account(box), lambda: Secret("wrong"), lambda: TODAY, "en")
    with pytest.raises(AskwellError, match="work: the password was refused"):
        next(made)
