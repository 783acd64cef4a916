"""What left is noted, and nothing of what was in it."""

import stat
from datetime import UTC, datetime
from pathlib import Path

from askwell.app.leaving import FILE, Habit, Left, all_that_left, habits, note

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_what_left_is_told_in_order(tmp_path: Path) -> None:
    note(tmp_path, AT, "sync", "imap.example.org:993", "sign-in", 120)
    note(tmp_path, AT, "check", "https://me:secret@ai.example/v1?key=secret", "a letter without names", 900)
    assert all_that_left(tmp_path) == (
        Left(AT, "sync", "imap.example.org:993", "sign-in", 120),
        Left(AT, "check", "ai.example", "a letter without names", 900),
    )
    assert "secret" not in (tmp_path / FILE).read_text()
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_nothing_is_noted_without_a_home_and_none_stops_a_send(tmp_path: Path) -> None:
    note(Path(), AT, "sync", "h", "w")
    assert not Path(FILE).exists()
    note(tmp_path / "gone", AT, "sync", "h", "w")
    assert all_that_left(tmp_path / "gone") == ()


def test_a_torn_line_is_passed_over(tmp_path: Path) -> None:
    note(tmp_path, AT, "sync", "h", "w\nw", 1)
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"at": "2026\n\xff\n[]\n')
    note(tmp_path, AT, "sync", "i", "w", 1)
    assert [(one.host, one.what) for one in all_that_left(tmp_path)] == [("h", "w w"), ("i", "w")]


def test_what_left_is_summed_up(tmp_path: Path) -> None:
    later = datetime(2026, 5, 6, 12, tzinfo=UTC)
    note(tmp_path, AT, "sync", "i:993", "w", 1)
    note(tmp_path, later, "sync", "i:993", "w", 2)
    note(tmp_path, AT, "drafts", "i:993", "n", 5)
    assert habits(all_that_left(tmp_path)) == (
        Habit("i:993", "w", 2, 3, later),
        Habit("i:993", "n", 1, 5, AT),
    )
    (tmp_path / FILE).write_text(
        '{"at": "2026-05-04T12:00:00", "door": "d", "host": "h", "what": "w", "size": 1}'
    )
    assert [one.last for one in habits(all_that_left(tmp_path))] == [AT]
