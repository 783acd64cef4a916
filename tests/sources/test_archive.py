"""Archives are opened with care: nothing leads out, nothing explodes, each member is accounted for."""

import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.errors import AskwellError
from askwell.sources import archive
from askwell.sources.record import Contact, Item, Raw, Skipped

MAIL = b"From: a@b.no\nTo: c@d.no\nDate: Mon, 4 Mar 2024 11:20:34 +0000\n\nhello\n"
MBOX = b"From a@b.no Mon Mar 04 11:20:34 2024\n" + MAIL
CARD = b"BEGIN:VCARD\nFN:Kari Nordmann\nEND:VCARD\n"


def zipped(path: Path, files: dict[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return path


def read(path: Path) -> list[Item]:
    assert archive.SOURCE.recognises(path, path.read_bytes()[:100])
    return list(archive.SOURCE.read(path))


def skipped(path: Path) -> dict[str, str]:
    return {
        one.where.removeprefix(path.name + "/"): one.why for one in read(path) if isinstance(one, Skipped)
    }


def test_every_member_is_given_to_the_source_that_knows_it(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "takeout", {"Takeout/Mail/All.mbox": MBOX, "Takeout/c.vcf": CARD, "n.jpg": b"\xff\xd8"}
    )
    mail, card, picture = read(path)
    assert isinstance(mail, Raw)
    assert mail.where == "takeout/Takeout/Mail/All.mbox at byte 0"
    assert isinstance(card, Contact)
    assert card.where == "takeout/Takeout/c.vcf, card 1"
    assert isinstance(picture, Skipped)
    assert (picture.where, picture.why) == ("takeout/n.jpg", "nothing that Askwell reads")


def letters(path: Path, start: int = 0) -> list[Raw]:
    return [one for one in archive.SOURCE.read(path, start) if isinstance(one, Raw)]


def goes_on(path: Path, count: int) -> None:
    """From the offset of any letter only what follows it is read, wherever in whichever member it lies."""
    whole = letters(path)
    assert len(whole) == count
    assert [one.offset for one in whole] == sorted({one.offset for one in whole})
    for number, one in enumerate(whole, 1):
        assert [left.data for left in letters(path, one.offset)] == [left.data for left in whole[number:]]
    assert whole[-1].offset <= archive.SOURCE.extent(path)


def several(count: int, mark: bytes) -> bytes:
    return b"\n".join(MBOX.replace(b"hello", b"%s %d" % (mark, n)) for n in range(count))


def test_reading_goes_on_within_a_member(tmp_path: Path) -> None:
    files: dict[str | zipfile.ZipInfo, bytes] = {
        "a.mbox": several(3, b"a"),
        "../out": MBOX,
        "n.jpg": b"\xff\xd8",
        "c.vcf": CARD,
        "empty": b"",
        "one.eml": MAIL,
        "b.mbox": several(4, b"b"),
    }
    goes_on(zipped(tmp_path / "takeout", files), 8)


def test_how_much_there_is_to_come_to(tmp_path: Path) -> None:
    path = zipped(tmp_path / "t", {"a": several(500, b"a"), "../b": MBOX, "c": MBOX})
    assert archive.SOURCE.extent(path) == len(several(500, b"a")) + len(MBOX)
    broken = tmp_path / "broken"
    broken.write_bytes(path.read_bytes()[:100])
    assert archive.SOURCE.extent(broken) == 100


def test_what_could_do_harm_is_refused_by_name(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    inner = zipped(tmp_path / "inner", {"x": MBOX}).read_bytes()
    files: dict[str | zipfile.ZipInfo, bytes] = {
        "../up": MBOX,
        "/abs": MBOX,
        "a/../../b": MBOX,
        "..\\win": MBOX,
        "C:\\win": MBOX,
        link: b"/etc/passwd",
        "bomb": MBOX + b"0" * (40 << 20),
        "inner.zip": inner,
        "empty": b"",
    }
    assert skipped(zipped(tmp_path / "z", files)) == {
        "../up": "a path out of the archive",
        "/abs": "a path out of the archive",
        "a/../../b": "a path out of the archive",
        "..\\win": "a path out of the archive",
        "C:\\win": "a path out of the archive",
        "link": "a link",
        "bomb": "packed too tightly to be safe",
        "inner.zip": "an archive within an archive",
        "empty": "empty",
    }
    assert sorted(one.name for one in tmp_path.iterdir()) == ["inner", "z"]


def test_a_member_that_lies_about_its_size_is_not_believed(tmp_path: Path) -> None:
    path = zipped(tmp_path / "z", {"a": MBOX + b"x" * 100_000})
    data = bytearray(path.read_bytes())
    size = len(MBOX) + 100_000
    at = data.rindex(size.to_bytes(4, "little"))
    data[at : at + 4] = (500).to_bytes(4, "little")
    path.write_bytes(data)
    assert skipped(path) == {"a": "damaged"}


def test_a_damaged_archive_says_what_to_do(tmp_path: Path) -> None:
    path = zipped(tmp_path / "z", {"a": MBOX * 100})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(AskwellError, match="cannot be unpacked"):
        read(path)


def test_documents_that_happen_to_be_zips_are_left_alone(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.docx", {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    assert not archive.SOURCE.recognises(path, path.read_bytes()[:100])


@given(st.binary(max_size=200), st.integers(0, 400))
def test_any_damage_is_an_error_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, at: int
) -> None:
    path = zipped(tmp_path_factory.getbasetemp() / "fuzzed.zip", {"a": MBOX, "b.vcf": CARD})
    whole = bytearray(path.read_bytes())
    at %= len(whole)
    whole[at : at + len(data)] = data
    path.write_bytes(whole)
    try:
        list(archive.SOURCE.read(path))
    except AskwellError as error:
        assert "cannot be unpacked" in str(error)
