"""Tarballs of Google Takeout: the same care as for zips."""

import gzip
import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.test_archive import CARD, MAIL, MBOX, goes_on, several

from askwell.errors import AskwellError
from askwell.sources import archive
from askwell.sources.record import Contact, Item, Raw, Skipped


def tarred(path: Path, files: dict[str, bytes | tarfile.TarInfo], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as out:  # type: ignore[call-overload]
        for name, data in files.items():
            info = data if isinstance(data, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(data) if isinstance(data, bytes) else 0
            out.addfile(info, io.BytesIO(data) if isinstance(data, bytes) else None)
    return path


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def read(path: Path) -> list[Item]:
    assert archive.SOURCE.recognises(path, path.read_bytes()[: 1 << 14])
    return list(archive.SOURCE.read(path))


@pytest.mark.parametrize("mode", ["w:gz", "w"])
def test_every_member_is_given_to_the_source_that_knows_it(tmp_path: Path, mode: str) -> None:
    files: dict[str, bytes | tarfile.TarInfo] = {
        "Takeout/Mail": special("Takeout/Mail", tarfile.DIRTYPE),
        "Takeout/Mail/All.mbox": (MBOX + b"\n") * 500,
        "Takeout/c.vcf": CARD,
        "n.jpg": b"\xff\xd8",
        "empty": b"",
        "in.zip": b"PK\x03\x04 and so on",
    }
    found = read(tarred(tmp_path / "takeout-001", files, mode))
    assert sum(isinstance(one, Raw) for one in found) == 500
    assert [one.where for one in found if isinstance(one, Contact)] == ["takeout-001/Takeout/c.vcf, card 1"]
    assert {one.where: one.why for one in found if isinstance(one, Skipped)} == {
        "takeout-001/n.jpg": "nothing that Askwell reads",
        "takeout-001/empty": "empty",
        "takeout-001/in.zip": "an archive within an archive",
    }


def test_what_could_do_harm_is_refused_by_name(tmp_path: Path) -> None:
    files: dict[str, bytes | tarfile.TarInfo] = {
        "../up": MBOX,
        "/abs": MBOX,
        "a/../../b": MBOX,
        "..\\win": MBOX,
        "C:\\win": MBOX,
        "link": special("link", tarfile.SYMTYPE, "/etc/passwd"),
        "hard": special("hard", tarfile.LNKTYPE, "good"),
        "pipe": special("pipe", tarfile.FIFOTYPE),
        "disk": special("disk", tarfile.BLKTYPE),
        "good": MBOX,
    }
    found = read(tarred(tmp_path / "t", files))
    assert sum(isinstance(one, Raw) for one in found) == 1
    said = {one.where.removeprefix("t/"): one.why for one in found if isinstance(one, Skipped)}
    assert {one for one in said if said[one] == "a path out of the archive"} == {
        "../up", "/abs", "a/../../b", "..\\win", "C:\\win",
    }  # fmt: skip
    assert (said["link"], said["hard"]) == ("a link", "a link")
    assert said["pipe"] == said["disk"] == "neither a file nor a folder"
    assert not (tmp_path / "up").exists()


@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME])
def test_a_bomb_is_left(tmp_path: Path, kind: bytes) -> None:
    """Also one in a header, which tar would read into memory whole."""
    info = tarfile.TarInfo("bomb")
    info.type, info.size = kind, 200 << 20
    path = tmp_path / "bomb.tgz"
    with gzip.open(path, "wb") as out:
        out.write(info.tobuf())
        block = b"\0" * (1 << 20)
        for _ in range(200):
            out.write(block)
    assert path.stat().st_size < 1 << 20
    with pytest.raises(AskwellError, match=r"bomb\.tgz cannot be unpacked: it is packed too tightly"):
        read(path)


def test_one_that_is_cut_off_says_so_and_what_came_before_is_used(tmp_path: Path) -> None:
    whole = tarred(tmp_path / "whole", {"a.vcf": CARD, "b.mbox": (MBOX + b"\n") * 20_000}, "w").read_bytes()
    path = tmp_path / "cut"
    path.write_bytes(whole[: len(whole) // 2])
    found: list[Item] = []
    with pytest.raises(AskwellError, match="cut cannot be unpacked") as caught:
        found.extend(archive.SOURCE.read(path))
    assert "Download it again" in caught.value.hint
    assert any(isinstance(one, Contact) for one in found) or found == []


@given(st.binary(max_size=600), st.integers(0, 600))
def test_any_damage_ends_in_a_value_or_a_clear_error(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int
) -> None:
    folder = tmp_path_factory.mktemp("tar")
    whole = tarred(folder / "whole", {"a.vcf": CARD, "b.vcf": CARD}, "w").read_bytes()
    path = folder / "damaged"
    path.write_bytes(whole[:at] + junk + whole[at + len(junk) :])
    try:
        list(archive.SOURCE.read(path))
    except AskwellError as error:
        assert "damaged" in error.message


def test_a_packed_file_that_is_no_tar_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.gz"
    path.write_bytes(gzip.compress(MBOX))
    assert not archive.SOURCE.recognises(path, path.read_bytes())


@pytest.mark.parametrize("mode", ["w:gz", "w"])
def test_reading_goes_on_within_a_member(tmp_path: Path, mode: str) -> None:
    files: dict[str, bytes | tarfile.TarInfo] = {
        "a.mbox": several(3, b"a"),
        "link": special("link", tarfile.SYMTYPE, "/etc/passwd"),
        "c.vcf": CARD,
        "one.eml": MAIL,
        "b.mbox": several(50, b"b" * 500),
        "c.mbox": several(2, b"c"),
    }
    goes_on(tarred(tmp_path / "takeout", files, mode), 56)


def test_how_much_there_is_to_come_to(tmp_path: Path) -> None:
    path = tarred(tmp_path / "t", {"a": several(5_000, b"a")})
    unpacked = len(gzip.decompress(path.read_bytes()))
    assert archive.SOURCE.extent(path) == unpacked
    wrapped = tmp_path / "wrapped"
    wrapped.write_bytes(path.read_bytes()[:-4] + (100).to_bytes(4, "little"))
    assert archive.SOURCE.extent(wrapped) == 100 + (1 << 32)
