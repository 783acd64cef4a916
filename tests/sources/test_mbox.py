"""Mailbox files: every message found, whatever program wrote the file; nothing lost, nothing doubled."""

import resource
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.sources import mbox
from askwell.sources.record import Raw, Skipped

HEAD = b"From: a@b.no\nDate: Mon, 4 Mar 2024 11:20:34 +0000\n\n"
FROM_LINES = [
    b"From edd at debian.org  Fri May 22 13:38:22 2015",
    b"From @pencer@gr@ve@ @end|ng |rom e||ect|vede|en@e@org  Tue Jan  7 00:03:06 2020",
    b"From 1790123456789012345@xxx Mon Mar 04 11:20:34 +0000 2024",
    b"From MAILER-DAEMON Fri Jul  8 12:08:34 2011",
    b"From - Mon Mar 04 11:20:34 2024",
    b"From me@here.no Thu, 01 Jan 1998 10:00:00 +0100",
]


def read(tmp_path: Path, data: bytes, start: int = 0) -> list[Raw | Skipped]:
    path = tmp_path / "box"
    path.write_bytes(data)
    return [item for item in mbox.SOURCE.read(path, start) if isinstance(item, Raw | Skipped)]


@pytest.mark.parametrize("line", FROM_LINES)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_every_form_of_from_line_begins_a_message(tmp_path: Path, line: bytes, end: bytes) -> None:
    one = (line + b"\n" + HEAD + b"hello\n\n").replace(b"\n", end)
    found = read(tmp_path, one * 3)
    assert [isinstance(item, Raw) for item in found] == [True] * 3
    assert all(item.data.rstrip().endswith(b"hello") for item in found if isinstance(item, Raw))
    assert mbox.SOURCE.recognises(tmp_path, one[:200])


def test_a_from_in_the_text_begins_nothing(tmp_path: Path) -> None:
    body = b"I heard\n\nFrom now on Mon is free.\n>From the top\nFrom a@b Mon Mar 04 11:20:34 2024\nx\n"
    found = read(tmp_path, FROM_LINES[0] + b"\n" + HEAD + body)
    assert len(found) == 1
    assert isinstance(found[0], Raw)
    assert b"\nFrom the top" in found[0].data


def test_reading_goes_on_from_any_offset_it_gave(tmp_path: Path) -> None:
    data = b"".join(FROM_LINES[0] + b"\n" + HEAD + b"%d\n\n" % n for n in range(50))
    whole = read(tmp_path, data)
    for at in (1, 17, 49):
        assert read(tmp_path, data, whole[at - 1].offset) == whole[at:]
    assert whole[-1].offset == len(data)


def test_messages_on_the_edge_of_a_block_are_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"".join(FROM_LINES[n % 6] + b"\n" + HEAD + b"text %d\n\n" % n for n in range(300))
    whole = read(tmp_path, data)
    monkeypatch.setattr(mbox, "BLOCK", 97)
    assert read(tmp_path, data) == whole
    assert len(whole) == 300


def test_a_line_of_two_gigabytes_is_skipped_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "box"
    with path.open("wb") as file:
        file.write(FROM_LINES[0] + b"\n" + HEAD)
        file.seek(2 << 30, 1)
        file.write(b"\n\n" + FROM_LINES[0] + b"\n" + HEAD + b"after\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = list(mbox.SOURCE.read(path))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert [type(item) for item in found] == [Skipped, Raw]
    assert isinstance(found[0], Skipped)
    assert found[0].why == "a message of over 64 MB"
    assert grown < 400_000  # kB


def test_a_truncated_file_gives_what_is_there(tmp_path: Path) -> None:
    data = (FROM_LINES[0] + b"\n" + HEAD + b"text\n\n") * 2
    found = read(tmp_path, data[:-4])
    assert [item.data[-6:] for item in found if isinstance(item, Raw)] == [
        b"text\n\n",
        b":34 +0000\n\nte"[-6:],
    ]


@given(st.lists(st.binary(max_size=60).map(lambda b: b.replace(b"From", b"form")), max_size=6))
def test_any_bytes_between_from_lines_come_back(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes]
) -> None:
    data = b"".join(FROM_LINES[0] + b"\n" + part + b"\n\n" for part in parts)
    found = read(tmp_path_factory.mktemp("m"), data)
    assert [item.data for item in found if isinstance(item, Raw)] == [part + b"\n\n" for part in parts]
