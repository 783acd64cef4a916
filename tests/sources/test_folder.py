"""What a file or folder holds is found by looking into it, never by its name."""

from pathlib import Path

import pytest

from askwell.app.importing import sources
from askwell.errors import AskwellError
from askwell.sources.folder import find
from askwell.sources.record import Raw, Skipped

MAIL = b"From: a@b.no\nTo: c@d.no\nDate: Mon, 4 Mar 2024 11:20:34 +0000\n\nhello\n"
MBOX = b"From a@b.no Mon Mar 04 11:20:34 2024\n" + MAIL
STORY = b'# mine\nme Ingrid <i@x.no>\n2026-03-02 ask me -> kari@x.no job "x"\n'


def kinds(path: Path) -> dict[str, str]:
    known, broken = sources()
    assert not broken
    found = {}
    for one in find(path, known):
        if isinstance(one, Skipped):
            found[one.where] = one.why
        else:
            found[one[1].relative_to(path.parent).as_posix()] = one[0].name
    return found


def test_names_do_not_matter(tmp_path: Path) -> None:
    top = tmp_path / "mail"
    (top / "sub").mkdir(parents=True)
    for name, data in {
        "1.": MAIL,
        "x.txt": MBOX,
        "sub/y.mbox": STORY,
        "e": b" \n",
        "z.jpg": b"\xff\xd8\xff",
    }.items():
        (top / name).write_bytes(data)
    assert kinds(top) == {
        "mail/1.": "eml",
        "mail/x.txt": "mbox",
        "mail/sub/y.mbox": "story",
        "mail/e": "empty",
        "mail/z.jpg": "nothing that Askwell reads",
    }


def test_maildirs_are_taken_whole_with_their_subfolders(tmp_path: Path) -> None:
    top = tmp_path / "Maildir"
    for part in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp"):
        (top / part).mkdir(parents=True)
    (top / "cur" / "1:2,S").write_bytes(MAIL)
    (top / "cur" / "2:2,DS").write_bytes(MAIL)
    (top / "new" / "3").write_bytes(MAIL)
    (top / "tmp" / "4").write_bytes(MAIL)
    (top / ".Sent" / "cur" / "5:2,S").write_bytes(MAIL)
    assert kinds(top) == {"Maildir": "maildir", "Maildir/.Sent": "maildir"}
    known, _ = sources()
    items = [item for one in find(top, known) if isinstance(one, tuple) for item in one[0].read(one[1])]
    assert sum(isinstance(item, Raw) for item in items) == 3
    assert [item.why for item in items if isinstance(item, Skipped)] == ["a draft"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "up").symlink_to(tmp_path)
    assert kinds(tmp_path / "mail") == {}


def test_nothing_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(AskwellError, match="There is nothing at"):
        list(find(tmp_path / "gone", sources()[0]))


def test_a_broken_plugin_is_named_and_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import EntryPoint

    from askwell import plugins

    ours = plugins.entry_points(group=plugins.SOURCES)
    theirs = EntryPoint("bad", "askwell.no_such_module:SOURCE", plugins.SOURCES)
    monkeypatch.setattr(plugins, "entry_points", lambda **_: [*ours, theirs])
    found, broken = sources()
    assert {one.name for one in found} >= {"mbox", "maildir", "eml", "story"}
    assert [one.name for one in broken] == ["bad"]
