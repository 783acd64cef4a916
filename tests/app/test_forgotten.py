"""Who was forgotten does not come back with the next import: neither their mail nor mail to them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from askwell.app.desk import open_desk, profile
from askwell.app.forget import forget
from askwell.app.importing import import_
from askwell.app.owner import claim
from askwell.app.report import Report

MAIL = """From me@example.org Tue Jan 20 09:00:00 2026
From: Me <me@example.org>
To: {to}
Subject: {subject}
Date: Tue, 20 Jan 2026 09:00:00 +0100
Message-ID: <{id}@example.org>

Hello, how is it going? I read chapter three.

"""
BERIT = "Berit Vold <berit@vold.example>"
TOM = "Tom Becker <tom@harbour.example>"
MAILBOX = (
    MAIL.format(to=BERIT, subject="chapter", id="one")
    + MAIL.format(to=f"{TOM}, {BERIT}", subject="lunch", id="two")
    + MAIL.format(to=TOM, subject="book", id="three")
)


def bring(home: Path, file: Path) -> Report:
    with open_desk(home, date(2026, 5, 4)) as desk:
        claim(desk, ["me@example.org"])
        return import_(replace(desk, profile=profile(desk.store, desk.home)), [file])


@pytest.mark.parametrize("known", [True, False], ids=["again", "new mail"])
def test_a_forgotten_person_stays_out(tmp_path: Path, known: bool) -> None:
    file = tmp_path / "a.mbox"
    file.write_text(MAILBOX, "utf-8")
    home = tmp_path / "home"
    bring(home, file)
    with open_desk(home, date(2026, 5, 4)) as desk:
        forget(desk, "berit-vold")
    if not known:
        file.write_text(
            MAILBOX.replace("@example.org>", ".later@example.org>").replace("Me <me.later", "Me <me")
        )
    report = bring(home, file)
    assert report.skipped["to somebody you asked Askwell to forget"] == 1
    kept = b"".join(one.read_bytes() for one in home.iterdir() if one.is_file()).lower()
    assert b"tom@harbour" in kept
    assert b"berit" not in kept
    assert b"vold.example" not in kept
