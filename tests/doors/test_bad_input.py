"""Whatever is wrong, the answer says what, where and what to do; nothing is kept by halves."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.doors.conftest import Call, Ran

MAIL = b"From: a@b.no\nTo: i@x.no\nDate: Mon, 4 Mar 2024 11:20:34 +0000\n\nhello\n"
MBOX = b"From a@b.no Mon Mar 04 11:20:34 2024\n" + MAIL


def refused(ran: Ran, *words: str) -> None:
    assert ran.status == 2, ran
    assert ran.err.startswith("askwell: "), ran
    for word in words:
        assert word in ran.err, ran
    assert len(ran.err.strip().splitlines()) >= 2, "a remedy is missing"


def test_nothing_there(call: Call, tmp_path: Path) -> None:
    refused(call("import", tmp_path / "gone", "--me", "i@x.no"), "There is nothing at", "gone")
    refused(call("check", tmp_path / "gone.txt"), "gone.txt", "cannot be read")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff\xe0 picture", "nothing that Askwell reads"),
        (b"just words\n", "nothing that Askwell"),
    ],
)
def test_what_is_no_mailbox_is_counted(call: Call, tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "file").write_bytes(data)
    ran = call("import", tmp_path / "file", "--me", "i@x.no")
    refused(ran, "Nothing was found that could be used", "--yes")
    assert why in ran.out
    assert call("import", tmp_path / "file", "--me", "i@x.no", "--yes").status == 0
    assert "nothing to take back" in call("undo").err


def test_an_mbox_cut_off_in_the_middle(call: Call, tmp_path: Path) -> None:
    (tmp_path / "box").write_bytes(MBOX + b"\n" + MBOX[:-3])
    report = json.loads(call("--json", "import", tmp_path / "box", "--me", "i@x.no").out)
    assert (report["read"], report["used"]) == (2, 2)


def test_letters_in_another_encoding(call: Call, tmp_path: Path) -> None:
    (tmp_path / "box").write_bytes(MBOX.replace(b"hello", "Hei Kåre, takk for søknaden".encode("latin-1")))
    assert call("import", tmp_path / "box", "--me", "i@x.no").status == 0
    assert "takk for s" in call("export").out


def test_a_mail_nested_five_thousand_deep(call: Call, tmp_path: Path) -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000))
    (tmp_path / "box").write_bytes(MBOX.replace(b"\n\nhello", b"\n" + deep + b"\n\nhello"))
    report = json.loads(call("--json", "import", tmp_path / "box", "--me", "i@x.no").out)
    assert report["used"] == 1


def test_whose_mailbox_is_asked_for(call: Call, tmp_path: Path) -> None:
    (tmp_path / "box").write_bytes(MBOX)
    refused(call("import", tmp_path / "box"), "Whose mailbox is this?", "--me")
    refused(call("import", tmp_path / "box", "--me", "ingrid"), "ingrid is no address")


@pytest.mark.parametrize(
    ("data", "what"), [(b"", "is empty"), (b" \n", "is empty"), (b"\x00\x01\x02", "is not text")]
)
def test_a_draft_that_is_none(demo: Call, tmp_path: Path, data: bytes, what: str) -> None:
    (tmp_path / "d").write_bytes(data)
    refused(demo("check", tmp_path / "d", "--to", "kari"), what)


def test_a_draft_of_headers_only(demo: Call) -> None:
    refused(demo("check", "-", given="To: kari\nSubject: x\n\n"), "has headers but no text")


def test_to_nobody(demo: Call) -> None:
    refused(
        demo("check", "-", "--to", "karri", given="Hi!"),
        'Nobody in the ledger is called "karri"',
        "Did you mean kari",
    )
    refused(demo("check", "-", "--to", "zzz", given="Hi!"), "askwell people")


def test_to_two_people_of_that_name(demo: Call, tmp_path: Path) -> None:
    (tmp_path / "more.story").write_text(
        'person kari-2 "Kari Vik" <kari@vik.example>\nperson k3 "Kari Moe"\n'
    )
    demo("import", tmp_path / "more.story")
    (tmp_path / "more.story").write_text('person ola-2 "Ola Vik" <ola@other.example>\n')
    demo("import", tmp_path / "more.story")
    refused(
        demo("check", "-", "--to", "Ola Vik", given="Hi!"),
        '2 people could be "Ola Vik"',
        "ola-2",
        "ola@other.example",
    )


def test_a_day_that_is_none(demo: Call) -> None:
    refused(demo("check", "-", "--to", "kari", "--on", "2026-02-30", given="Hi!"), '"2026-02-30" is no date')


def test_a_draft_in_a_language_that_is_not_read(demo: Call) -> None:
    german = (
        "Sehr geehrte Frau Nordmann, ich würde mich sehr freuen, wenn Sie mir bei der Suche nach einer neuen "
        "Stelle helfen könnten. Mit freundlichen Grüßen, Ingrid"
    )
    ran = demo("check", "-", "--to", "kari", given=german)
    assert ran.status == 0
    assert "does not read" in ran.out


def test_a_story_with_a_mistake(call: Call, tmp_path: Path) -> None:
    (tmp_path / "s").write_text("me I <i@x.no>\n2026-03-01 beg me -> a@b.no\n")
    refused(call("import", tmp_path / "s"), "s:2: `beg` is unknown; expected")
    (tmp_path / "s").write_bytes(b'me I <i@x.no>\ngoal "\xff"\n')
    refused(call("import", tmp_path / "s"), "s:2: byte 0xff is not UTF-8")


def test_a_log_entry_with_a_mistake_keeps_nothing(demo: Call) -> None:
    before = demo("export").out
    refused(demo("log", "thanks me -> nobody-known"), 'Nobody in the ledger is called "nobody-known"')
    refused(demo("log", "thanks me kari"), "expected `->`")
    refused(demo("log", 'person x "X"'), "people")
    assert demo("export").out == before


def test_undo_of_nothing(call: Call) -> None:
    refused(call("undo"), "nothing to take back")
    refused(call("undo", "7"), "7")


def test_settings_with_a_mistake(call: Call, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.toml").write_text('\nfailon = "wait"\n')
    refused(call("people"), 'settings.toml:2: there is no setting "failon"', 'Did you mean "fail_on"?')
    (tmp_path / "home" / "settings.toml").write_text('fail_on = "maybe"\n')
    refused(call("people"), 'fail_on cannot be "maybe"')
    (tmp_path / "home" / "settings.toml").write_text("fail_on = \n")
    refused(call("people"), "settings.toml")


def test_a_rule_with_a_mistake(demo: Call, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "settings.toml").write_text('rules_folder = "mine"\n')
    refused(demo("check", "-", "--to", "kari", given="Hi!"), "There is no folder")
    (home / "mine").mkdir()
    (home / "mine" / "one.toml").write_text('kind = "pattern"\nlevl = "stop"\n')
    refused(demo("check", "-", "--to", "kari", given="Hi!"), "one.toml:2", "levl", 'did you mean "level"')


def test_a_home_that_cannot_be_written(tmp_path: Path, examples: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    done = subprocess.run(
        [sys.executable, "-m", "askwell", "--home", home, "import", examples / "demo.story"],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"LANG": "C.UTF-8"},
    )
    assert done.returncode == 2
    assert done.stderr.startswith("askwell: ")
    assert "Traceback" not in done.stderr


def test_a_ledger_from_a_newer_version(demo: Call, tmp_path: Path) -> None:
    import sqlite3

    ledger = next((tmp_path / "home").glob("*.sqlite*"))
    with sqlite3.connect(ledger) as db:
        db.execute("UPDATE alembic_version SET version_num = 'r9999'")
    refused(demo("people"), "newer")


def test_a_ledger_that_is_none(call: Call, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "ledger.sqlite").write_text("no ledger at all, but long enough to be looked at " * 9)
    refused(call("people"), "ledger.sqlite")


def test_an_address_list_of_a_megabyte(demo: Call) -> None:
    ran = demo(
        "check", "-", given="To: " + ", ".join(f"a{n}@x.no" for n in range(2000)) + "\nSubject: x\n\nHi!\n"
    )
    assert ran.status in (0, 2)


def test_lines_that_are_no_json(call: Call) -> None:
    ran = call("read", "--lines", given='{"id": 1, "text": "Hi"}\nno json\n\n{"id": 2, "text": 3}\n[1]\n')
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [one["id"] for one in answers] == [1, None, None, None]
    assert ["error" in one for one in answers] == [False, True, True, True]


def test_a_home_that_is_a_file(call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    refused(call("--home", tmp_path / "file", "people"), "cannot be made", "--home DIR")


def test_a_long_name_is_not_given_back_whole(call: Call) -> None:
    ran = call("person", "a" * 5_000)
    refused(ran, "Nobody in the ledger is called")
    assert len(ran.err) < 300


def test_an_account_without_a_user_asks_for_one(call: Call) -> None:
    refused(call("source", "add", "imap", "work"), "no user is named", "--user")
    refused(
        call("source", "add", "imap", "work", "--user", "a@b.invalid"),
        "none is known for a@b.invalid",
        "--host",
    )


def test_a_rule_names_a_page_that_is_there(call: Call) -> None:
    assert "Source: docs/model.md" in call("rules", "explain", "record/cooling-off").out
