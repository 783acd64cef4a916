"""docs/gate.md says what is so: a letter is held, mended with the rewrite, and goes out."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.doors.gate.conftest import Stand
from tests.doors.gate.test_real_parts import swaks
from tests.postfix import Postfix

from askwell.app import held
from askwell.app.desk import open_desk
from askwell.app.draft import parse_draft
from askwell.app.importing import import_
from askwell.app.owner import claim
from askwell.doors.cli import main

GUIDE = Path(__file__).parents[3] / "docs" / "gate.md"


@pytest.fixture
def home(tmp_path: Path, examples: Path) -> Path:
    with open_desk(tmp_path / "home", date(2026, 5, 4)) as desk:
        claim(desk, ["ingrid.dahl@example.no"])
        import_(desk, [examples / "demo.mbox"])
    return tmp_path / "home"


def test_the_guides_letter(stand: Stand, postfix: Postfix, examples: Path) -> None:
    guide = GUIDE.read_text("utf-8")
    postfix.clear()
    gate = stand("--server", f"localhost:{postfix.port}", "--certificate", postfix.trust_file)
    words = parse_draft((examples / "drafts" / "en.txt").read_bytes()).text
    more = ("--from", "ingrid.dahl@example.no", "--h-Subject", "My flatmate")
    refused = swaks(gate.port, words, *more)
    (line,) = [one[4:] for one in refused.stdout.splitlines() if one.startswith("<** 550")]
    assert f"\n{line}\n" in guide
    shown = CliRunner().invoke(main, ["--home", str(gate.home), "--lang", "en", "gate", "--held"])
    printed = re.sub(r"^\d{4}-\d\d-\d\d \d\d:\d\d", "2026-05-04 09:30", shown.output)
    assert printed.strip() in guide
    mended = held.listed(gate.home)[0].verdict["rewrite"]
    assert swaks(gate.port, mended, *more).returncode == 0
    (letter,) = postfix.letters(1)
    assert b"May I pass on one specific question" in letter
    assert b"interview" not in letter
    assert "The gate stands at" in gate.stop()
