"""Every format, damaged in every way: a count with reasons or a clear error, and a ledger in order."""

import io
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.doors.conftest import Call
from tests.sources.test_sheet import MEMBERS
from tests.sources.test_whatsapp import ANDROID

from askwell import plugins
from askwell.app.desk import open_desk
from askwell.sources import archive, whatsapp

LONG = b"x" * 10**6


def _zip(examples: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted((examples / "sources" / "linkedin").iterdir()):
            packed.write(path, path.name)
    return out.getvalue()


def _tar(examples: Path) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as packed:
        packed.add(examples / "takeout" / "Takeout", "Takeout")
    return out.getvalue()


FORMATS: dict[str, Callable[[Path], bytes]] = {
    "mbox": lambda examples: (examples / "demo.mbox").read_bytes(),
    "story": lambda examples: (examples / "demo.story").read_bytes(),
    "vcard": lambda examples: (examples / "sources" / "contacts.vcf").read_bytes(),
    "calendar": lambda examples: (examples / "sources" / "calendar.ics").read_bytes(),
    "outlook": lambda examples: (examples / "sources" / "outlook.csv").read_bytes(),
    "connections": lambda examples: (examples / "sources" / "linkedin" / "Connections.csv").read_bytes(),
    "messages": lambda examples: (examples / "sources" / "linkedin" / "messages.csv").read_bytes(),
    "linkedin": _zip,
    "takeout": _tar,
    "table": lambda _: MEMBERS.encode(),
    "chat": lambda _: ANDROID.encode(),
    "eml": lambda _: (
        b"From: a@b.no\nTo: ingrid.dahl@example.no\nDate: Mon, 4 Mar 2024 11:20:34 +0000\n\nhello\n"
    ),
}


def _nested(data: bytes) -> bytes:
    for _ in range(3):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            packed.writestr("inside", data)
        data = out.getvalue()
    return data


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut in half": lambda data: data[: len(data) // 2],
    "cut at its end": lambda data: data[:-7],
    "only its beginning": lambda data: data[:40],
    "a wrong header": lambda data: b"\x89WRONG\r\n" + data,
    "its first line gone": lambda data: data.partition(b"\n")[2],
    "as UTF-16": lambda data: data.decode("latin-1").encode("utf-16"),
    "letters of another encoding": lambda data: data.replace(b"e", b"\xe9\xff"),
    "noughts": lambda data: data.replace(b"a", b"\x00"),
    "a field of a million letters": lambda data: data.replace(b"a", LONG, 1),
    "a last field of a million letters": lambda data: LONG.join(data.rsplit(b"a", 1)),
    "a million lines": lambda data: data + b"\r\n" * 10**6,
    "zipped three times": _nested,
}


@pytest.fixture(autouse=True)
def _chats(monkeypatch: pytest.MonkeyPatch) -> None:
    found, broken = plugins.load()
    if whatsapp.SOURCE not in found:
        for module in (plugins, archive):
            monkeypatch.setattr(module, "load", lambda *_: ((*found, whatsapp.SOURCE), broken))


@pytest.mark.parametrize("form", FORMATS)
def test_damage_is_counted_or_told(call: Call, tmp_path: Path, examples: Path, form: str) -> None:
    whole = FORMATS[form](examples)
    me = ("--me", "Ingrid Dahl") if form == "chat" else ("--me", "ingrid.dahl@example.no")
    for number, (what, damage) in enumerate(DAMAGES.items()):
        path = tmp_path / f"file{number}"
        path.write_bytes(damage(whole))
        ran = call("import", path, *me, "--yes", home=tmp_path / f"home{number}")
        assert ran.status in (0, 2), (what, ran)
        if ran.status:
            assert ran.err.startswith("askwell: "), (what, ran)
            assert len(ran.err.strip().splitlines()) >= 2, (what, "a remedy is missing", ran)
        assert len(ran.out) + len(ran.err) < 10_000, (what, "an error of endless length")
        with open_desk(tmp_path / f"home{number}", date(2026, 5, 4)) as desk:
            assert desk.store.trouble() == (), what


@pytest.mark.parametrize("form", [one for one in FORMATS if one != "messages"])  # alone, they name no owner
def test_undamaged_it_is_used(call: Call, tmp_path: Path, examples: Path, form: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(FORMATS[form](examples))
    me = ("--me", "Ingrid Dahl") if form == "chat" else ("--me", "ingrid.dahl@example.no")
    yes = ("--yes",) if form == "table" else ()
    ran = call("import", path, *me, *yes)
    assert ran.status == 0, ran
    path.write_bytes(b"")
    assert call("import", path, *me, home=tmp_path / "other").status == 2
