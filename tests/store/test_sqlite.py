"""What can go wrong with a ledger on a disk, and what the user is told."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.store.store_letters import ASK, KARI, ME, START, add, keep, letter

from askwell.errors import AskwellError
from askwell.ledger.person import Person
from askwell.store import sqlite
from askwell.store.opening import FILE, open_store

HERE = Path(__file__).parent


def _raw(path: Path, *statements: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        return [row for statement in statements for row in db.execute(statement)]


def _in_another_process(code: str, *, wait_for: str = "") -> subprocess.Popen[str]:
    lines = f"import sys; sys.path.insert(0, {str(HERE)!r})\nfrom pathlib import Path\n"
    lines += "from askwell.store.opening import open_store\nfrom store_letters import *\n"
    process = subprocess.Popen([sys.executable, "-c", lines + code], stdout=subprocess.PIPE, text=True)
    if wait_for:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == wait_for
    return process


# -- the file --------------------------------------------------------------------------------------
def test_what_is_set_on_every_connection(ledger: Path) -> None:
    store = open_store(ledger)
    with store._reading() as db:  # type: ignore[attr-defined]
        value = {
            name: db.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert value == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 10_000}


def test_only_the_user_may_read_it(tmp_path: Path) -> None:
    store = open_store(tmp_path / "new" / "home")
    add(store, letter("1"))
    folder = tmp_path / "new" / "home"
    assert (folder / FILE).exists()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o077 for file in folder.iterdir() if file.name == FILE} == {0}
    assert (folder / (FILE + "-wal")).stat().st_mode & 0o077 == 0


def test_no_ledger_is_made_where_none_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(AskwellError, match="no ledger") as error:
        open_store(tmp_path, create=False)
    assert error.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [b"From me to you, a letter\n" * 100, b"\0" * 5000, b"x", b"SQLite format 3\0" + b"\xff" * 4096],
)
def test_a_file_that_is_no_ledger(ledger: Path, content: bytes) -> None:
    ledger.write_bytes(content)
    with pytest.raises(AskwellError, match=r"no Askwell ledger|damaged") as error:
        open_store(ledger)
    assert error.value.hint
    assert error.value.exit_status == 2
    assert ledger.read_bytes() == content


def test_a_database_of_another_program(ledger: Path) -> None:
    _raw(ledger, "CREATE TABLE bookmark (id)")
    with pytest.raises(AskwellError, match="no Askwell ledger"):
        open_store(ledger)


def test_an_empty_file_becomes_a_ledger(ledger: Path) -> None:
    ledger.touch()
    assert open_store(ledger).counts()["messages"] == 0


def test_a_damaged_file(ledger: Path) -> None:
    store = open_store(ledger)
    add(store, *(letter(f"{n}", ME, KARI, n, text="et ord " * 200) for n in range(400)))
    store.close()
    content = bytearray(ledger.read_bytes())
    content[8192 : len(content) - 4096] = os.urandom(len(content) - 12288)
    ledger.write_bytes(content)
    with pytest.raises(AskwellError, match="damaged") as error:
        list(open_store(ledger).messages())
    assert "copy" in error.value.hint


def test_where_no_file_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AskwellError, match="cannot be opened") as error:
        open_store(tmp_path / "file" / "home" / FILE)
    assert "--home" in error.value.hint


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder outside the test's own, which only its user may look into."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


@contextmanager
def _as_somebody() -> Iterator[None]:
    """The superuser may write anywhere: be another user for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are another matter there")
def test_a_folder_that_cannot_be_written_to(shared: Path) -> None:
    shared.chmod(0o555)
    for path in (shared, shared / "home", shared / FILE):
        with _as_somebody(), pytest.raises(AskwellError, match="cannot be opened") as error:
            open_store(path)
        assert "--home" in error.value.hint
    assert list(shared.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are another matter there")
def test_a_ledger_that_the_user_may_not_write_to(shared: Path) -> None:
    store = open_store(shared / FILE)
    add(store, letter("1", ME, KARI))
    store.close()
    (shared / FILE).chmod(0o444)
    (shared / (FILE + ".lock")).touch()
    (shared / (FILE + ".lock")).chmod(0o444)
    shared.chmod(0o555)
    with _as_somebody():
        theirs = open_store(shared)
        assert [each.id for each in theirs.exchanges([KARI])] == ["1"]
        with pytest.raises(AskwellError, match="cannot be written to"):
            theirs.begin(START, "log", "")
        with pytest.raises(AskwellError, match="cannot be written to"), theirs.lock():
            pass
        theirs.close()
    shared.chmod(0o000)
    with _as_somebody(), pytest.raises(AskwellError, match="cannot be opened"):
        open_store(shared)


def test_a_ledger_that_may_only_be_read(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(ledger)
    add(store, letter("1", ME, KARI))
    store.close()
    monkeypatch.setattr(sqlite, "writable", lambda path: not path)
    store = open_store(ledger)
    assert [each.id for each in store.exchanges([KARI])] == ["1"]
    assert store.trouble() == ()
    with pytest.raises(AskwellError, match="cannot be written to") as error:
        store.begin(START, "log", "")
    assert "--home" in error.value.hint
    assert error.value.exit_status == 2


# -- a full disk -----------------------------------------------------------------------------------
def test_a_full_disk_loses_nothing(ledger: Path) -> None:
    store = open_store(ledger)
    add(store, letter("1", text="før"))
    action = store.begin(START, "import", "")
    engine: sa.Engine = store._engine  # type: ignore[attr-defined]
    engine.dispose()
    pages = _raw(ledger, "PRAGMA page_count")[0][0]

    @sa.event.listens_for(engine, "connect")
    def _small(link: sqlite3.Connection, _: object) -> None:
        link.execute(f"PRAGMA max_page_count = {int(str(pages)) + 20}")

    many = [keep(letter(f"n{n}", ME, KARI, n, text=f"ord{n} " * 300), ASK) for n in range(300)]
    with pytest.raises(AskwellError, match="disk is full") as error:
        store.add(action, many)
    assert "again" in error.value.hint
    assert store.counts()["messages"] == 1
    assert store.trouble() == ()
    sa.event.remove(engine, "connect", _small)
    engine.dispose()
    assert store.add(action, many) == 300
    store.settle()
    assert store.trouble() == ()


# -- several processes -----------------------------------------------------------------------------
def test_a_second_import_is_told_at_once(ledger: Path) -> None:
    store = open_store(ledger)
    code = f"""
with open_store(Path({str(ledger)!r})).lock():
    print("held", flush=True)
    import time
    time.sleep(60)
"""
    other = _in_another_process(code, wait_for="held")
    try:
        with pytest.raises(AskwellError, match="another import is running") as error, store.lock():
            pass
        assert error.value.exit_status == 2
        with pytest.raises(AskwellError, match="another import"):
            store.undo(store.begin(START, "log", ""))
        assert list(store.messages()) == []
    finally:
        other.send_signal(signal.SIGKILL)
        other.wait()
    with store.lock():
        pass


def test_who_waits_too_long_is_told(ledger: Path) -> None:
    store = open_store(ledger, patience=0.2)
    with closing(sqlite3.connect(ledger, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(AskwellError, match="another import is running"):
            store.begin(START, "log", "")
        assert store.counts()["actions"] == 0
        other.execute("ROLLBACK")
    assert store.begin(START, "log", "") == 1


def test_two_read_while_one_writes(ledger: Path) -> None:
    writer = open_store(ledger)
    add(writer, *(letter(f"{n:04d}", at=n) for n in range(1500)))
    readers = [open_store(ledger), open_store(ledger)]
    streams = [reader.messages() for reader in readers]
    assert [next(stream).id for stream in streams] == ["0000", "0000"]
    add(writer, letter("new", at=2000))
    assert [sum(1 for _ in stream) for stream in streams] == [1499, 1499]
    assert [reader.counts()["messages"] for reader in readers] == [1501, 1501]


def test_two_writers_take_turns(ledger: Path) -> None:
    open_store(ledger).close()
    code = f"""
store = open_store(Path({str(ledger)!r}))
for n in range(60):
    store.begin(START, "log", "")
"""
    others = [_in_another_process(code) for _ in range(2)]
    assert [other.wait() for other in others] == [0, 0]
    assert open_store(ledger).counts()["actions"] == 120


def test_two_make_the_ledger_at_once(ledger: Path) -> None:
    code = f"open_store(Path({str(ledger)!r})).begin(START, 'log', '')"
    others = [_in_another_process(code) for _ in range(3)]
    assert [other.wait() for other in others] == [0, 0, 0]
    assert open_store(ledger).counts()["actions"] == 3


@pytest.mark.parametrize("seconds", [0.02, 0.1, 0.3])
def test_a_kill_leaves_whole_chunks(ledger: Path, seconds: float) -> None:
    code = f"""
from askwell.store.contract import Place
store = open_store(Path({str(ledger)!r}))
action = store.begin(START, "import", "")
print("begun", flush=True)
for at in range(0, 100_000, 50):
    ids = range(at, at + 50)
    chunk = [keep(letter(f"{{n}}", ME, KARI, text="et ord " * 50, refs=(f"{{n - 1}}",)), ASK) for n in ids]
    store.add(action, chunk, Place("a", "p", at + 50))
"""
    process = _in_another_process(code, wait_for="begun")
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    store = open_store(ledger)
    kept, place = store.counts()["messages"], store.place("a")
    assert kept == (place.offset if place else 0)
    assert kept == store.counts()["readings"]
    store.settle()
    assert store.trouble() == ()
    assert len({store.thread_of(f"{n}") for n in range(kept)}) == min(kept, 1)


def test_a_kill_while_forgetting_is_mended_when_next_opened(ledger: Path) -> None:
    store = open_store(ledger)
    store.put_person(
        add(store, letter("1", ME, KARI, text="Solskinnsbolle")), Person("kari", "Kari", (KARI,))
    )
    store._sweep = lambda: (_ for _ in ()).throw(KeyboardInterrupt)  # type: ignore[attr-defined]
    with pytest.raises(KeyboardInterrupt):
        store.forget("kari")
    open_store(ledger)
    assert b"olskinnsbolle" not in b"".join(file.read_bytes() for file in ledger.parent.iterdir())
    assert store.get("forget_pending") is None


def test_forgetting_while_another_reads(ledger: Path) -> None:
    store = open_store(ledger, patience=0.2)
    store.put_person(add(store, letter("1", ME, KARI), letter("2")), Person("kari", "Kari", (KARI,)))
    with closing(sqlite3.connect(ledger, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM message").fetchone()
        with pytest.raises(AskwellError, match="forgotten, but another program"):
            store.forget("kari")
    assert store.people() == ()
    assert store.get("forget_pending") == "1"
    open_store(ledger)
    assert store.get("forget_pending") is None


# -- what the check finds --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM message WHERE id = '1'", "reading"),
        ("DELETE FROM body", "messages without a text"),
        ("DELETE FROM thread", "messages without a thread"),
        ("UPDATE action SET undone = 1", "undone"),
        ("DELETE FROM search_docsize", "index of words"),
        ("UPDATE body SET text = 'noe annet'", "index of words"),
    ],
)
def test_trouble_is_found(ledger: Path, statement: str, said: str) -> None:
    store = open_store(ledger)
    add(store, letter("1", text="hei hei"), letter("2", text="hopp"), reading=ASK)
    assert store.trouble() == ()
    _raw(ledger, "PRAGMA foreign_keys = OFF", statement)
    assert any(said in line for line in store.trouble()), store.trouble()


def test_what_can_be_made_anew_is_mended(ledger: Path) -> None:
    store = open_store(ledger)
    add(store, letter("1", text="hei hei"), letter("2", text="hopp", refs=("1",)))
    _raw(ledger, "DELETE FROM search_docsize", "UPDATE body SET text = 'noe annet'", "DELETE FROM thread")
    store.mend()
    assert store.trouble() == ()
    assert store.thread_of("2") == "1"
    assert len(store.search("annet")) == 2


def test_an_error_on_a_full_disk_is_called_that(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    error = sqlite3.OperationalError("?")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    monkeypatch.setattr(sqlite, "_no_room", lambda path: path == ledger)
    meant = sqlite.explain(error, ledger)
    assert meant is not None
    assert "disk is full" in meant.message


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (sqlite3.SQLITE_IOERR, "disk reports an error"),
        (sqlite3.SQLITE_IOERR_WRITE, "disk reports an error"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "cannot be written to"),
        (sqlite3.SQLITE_PERM, "not permitted"),
        (sqlite3.SQLITE_CANTOPEN, "cannot be opened"),
        (sqlite3.SQLITE_FULL, "disk is full"),
    ],
)
def test_what_an_error_means(code: int, said: str) -> None:
    error = sqlite3.OperationalError("?")
    error.sqlite_errorcode = code
    meant = sqlite.explain(error, Path("/home/me/ledger"))
    assert meant is not None
    assert said in meant.message
    assert meant.hint
    assert meant.exit_status == 2
