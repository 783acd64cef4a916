"""Import in the browser: files streamed in, an import followed to its end, its counts, and taking it back."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect
from tests.web.conftest import Site, running

from askwell.doors.web.uploads import FOLDER, safe, sweep

MAIL = """From ola@x.example Thu Jan  1 10:00:00 2026
From: {sender}
To: Ingrid <ingrid@mine.example>
Subject: {subject}
Date: Thu, 1 Jan 2026 10:00:0{n} +0000
Message-ID: <import-{n}@x.example>

{body}

"""
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Site]:
    yield from running(tmp_path / "home")


@pytest.fixture
def mbox(tmp_path: Path) -> Path:
    path = tmp_path / "mail.mbox"
    mails = [
        MAIL.format(n=n, sender=f'"{HOSTILE}" <ola@x.example>', subject=HOSTILE, body=HOSTILE)
        for n in range(4)
    ]
    path.write_text("".join(mails), "utf-8")
    return path


def over(client: httpx2.Client, job: str) -> dict[str, object]:
    for _ in range(600):
        found: dict[str, object] = client.get(f"/api/v1/jobs/{job}").json()
        if found["state"] != "running":
            return found
        time.sleep(0.1)
    raise AssertionError("the import does not end")


def left(site: Site) -> list[Path]:
    return [path for path in (site.home / FOLDER).rglob("*") if path.is_file()]


def test_files_are_imported_and_taken_back(page: Page, site: Site, mbox: Path) -> None:
    page.goto("/import")
    page.get_by_label("Files", exact=True).set_input_files(mbox)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("heading", name="Done.")).to_be_visible()
    expect(page.get_by_role("row", name="messages between people")).to_contain_text("4")
    assert left(site) == []
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back.")
    with site.desks.desk() as desk:
        assert desk.store.message("import-1@x.example") is None


def test_files_are_imported_without_javascript(plain: Page, mbox: Path) -> None:
    plain.goto("/import")
    plain.get_by_label("Files", exact=True).set_input_files(mbox)
    plain.get_by_role("button", name="Import").click()
    expect(plain.get_by_role("heading", name="Done.")).to_be_visible()


def test_whose_mail_it_is_is_asked_when_it_is_not_known(empty: Site, mbox: Path) -> None:
    text = mbox.read_text("utf-8")
    text += (
        text.replace("From: ", "Was: ")
        .replace("To: ", "From: ")
        .replace("Was: ", "To: ")
        .replace("import", "back")
    )
    with empty.client() as client:
        files = {"files": ("mail.mbox", text.encode())}
        job = client.post("/api/v1/import", files=files).json()
        asked = over(client, job["id"])
        assert asked["state"] == "whose"
        assert (
            client.post(f"/api/v1/jobs/{job['id']}/whose", json={"me": ["ingrid@mine.example"]}).status_code
            == 202
        )
        done = over(client, job["id"])
        assert done["state"] == "done", done
        assert client.get("/api/v1/profile").json()["addresses"] == ["ingrid@mine.example"]
        assert client.post(f"/api/v1/jobs/{job['id']}/whose", json={"me": ["x@y.example"]}).status_code == 409
    assert left(empty) == []


def test_how_far_it_has_come_is_told_as_it_goes(client: httpx2.Client, mbox: Path) -> None:
    job = client.post("/api/v1/import", files={"files": ("mail.mbox", mbox.read_bytes())}).json()
    with client.stream("GET", f"/api/v1/jobs/{job['id']}/events") as events:
        assert events.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in events.iter_lines() if line]
    assert all(line.startswith("data: ") for line in lines)
    assert '"state": "done"' in lines[-1]


def test_names_of_files_lead_nowhere_else(client: httpx2.Client, site: Site, mbox: Path) -> None:
    data = mbox.read_bytes()
    names = [
        "../../../evil.mbox",
        "..\\..\\evil",
        "/etc/evil",
        "",
        ".",
        "a" * 500,
        "\x00\n",
        HOSTILE,
        "a",
        "a/b",
    ]
    job = client.post("/api/v1/import", files=[("files", (name or "x", data)) for name in names]).json()
    done = over(client, job["id"])
    assert done["state"] == "done", done
    assert job["files"] == len(names)
    shown = client.get(f"/import/{job['id']}").text
    assert "<script>alert" not in shown
    assert list(site.home.parent.rglob("*evil*")) == []


@given(st.text(max_size=300) | st.text(st.sampled_from("./\\a\x00: "), max_size=30))
def test_every_name_is_made_safe(name: str) -> None:
    path = safe(name)
    assert not path.is_absolute()
    assert ".." not in path.parts
    assert all(0 < len(part) <= 100 for part in path.parts)
    path.as_posix().encode()


def test_a_form_without_its_key_is_refused_before_a_file_is_kept(client: httpx2.Client, site: Site) -> None:
    answer = client.post("/import", files={"files": ("mail.mbox", b"From x")})
    assert answer.status_code == 403
    assert left(site) == []


def test_what_is_no_form_is_refused(client: httpx2.Client, site: Site) -> None:
    for kind, body in (
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"--y\r\nno"),
        ("text/plain", b""),
        ("multipart/form-data; boundary=x", b"--x\r\n" + b"A: " + b"b" * 10_000),
    ):
        answer = client.post("/api/v1/import", content=body, headers={"content-type": kind})
        assert answer.status_code in (400, 422), (kind, body[:20], answer.text)
    assert not any((site.home / FOLDER).rglob("*"))


def test_an_upload_that_is_too_large_is_not_begun(
    client: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil.disk_usage("/")._replace(free=1000)
    monkeypatch.setattr("askwell.doors.web.uploads.shutil.disk_usage", lambda _: full)
    answer = client.post("/api/v1/import", files={"files": ("a", b"x")})
    assert answer.status_code == 413
    assert "room" in answer.json()["message"]


def test_what_a_stopped_server_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    gone, here = tmp_path / FOLDER / f"{2**22 + 1}-a", tmp_path / FOLDER / f"{os.getpid()}-b"
    for folder in (gone, here, tmp_path / FOLDER / "strange"):
        folder.mkdir(parents=True)
        (folder / "mail.mbox").write_text("x")
    sweep(tmp_path)
    assert [one.name for one in (tmp_path / FOLDER).iterdir()] == [here.name]
