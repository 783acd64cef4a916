"""Importing: every message accounted for, again is nothing new, and a kill at any moment costs nothing."""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bench.kills import killed_often

from askwell.app import importing
from askwell.app.desk import Desk, open_desk, profile
from askwell.app.exporting import export
from askwell.app.histories import history
from askwell.app.importing import import_
from askwell.app.owner import claim, propose
from askwell.app.priors import priors
from askwell.app.report import Report
from askwell.app.undo import undo
from askwell.errors import AskwellError
from askwell.ledger.rhythm import PRIORS
from askwell.ledger.story import parse

TODAY = date(2026, 5, 4)
ME = "ingrid.dahl@example.no"


def run(home: Path, *paths: Path, dry: bool = False) -> Report:
    with open_desk(home, TODAY) as desk:
        claim(desk, [ME])
        return import_(replace(desk, profile=profile(desk.store, home)), paths, dry=dry)


def story(home: Path) -> str:
    with open_desk(home, TODAY) as desk:
        return "".join(export(desk))


def test_every_message_is_accounted_for(tmp_path: Path, examples: Path) -> None:
    report = run(tmp_path, examples / "demo.mbox")
    assert (report.read, report.personal, report.bulk, report.known) == (16, 13, 2, 1)
    assert (
        report.people == ("anne-moen", "kari-nordmann", "leif-aas", "tom-becker") or len(report.people) == 4
    )
    assert not report.skipped


def test_again_changes_nothing(tmp_path: Path, examples: Path) -> None:
    run(tmp_path, examples / "demo.mbox", examples / "demo.story")
    before = story(tmp_path)
    report = run(tmp_path, examples / "demo.mbox", examples / "demo.story")
    assert (report.personal, report.bulk, report.said, report.people) == (0, 0, 0, ())
    assert report.known == report.read
    assert story(tmp_path) == before


def test_a_dry_run_counts_the_same_and_keeps_nothing(tmp_path: Path, examples: Path) -> None:
    paths = (examples / "demo.mbox", examples / "demo.story")
    dry = run(tmp_path, *paths, dry=True)
    with open_desk(tmp_path, TODAY) as desk:
        assert desk.store.counts()["messages"] == 0
        assert desk.store.people() == ()
    real = run(tmp_path, *paths)
    for name in ("read", "personal", "bulk", "known", "said", "skipped"):
        assert getattr(dry, name) == getattr(real, name), name
    assert len(dry.people) == len(real.people)


def test_export_and_import_give_the_same_ledger(tmp_path: Path, examples: Path) -> None:
    run(tmp_path / "a", examples / "demo.mbox", examples / "demo.story")
    text = story(tmp_path / "a")
    parse(text)
    (tmp_path / "out.story").write_text(text, "utf-8")
    with open_desk(tmp_path / "b", TODAY) as desk:
        import_(desk, [tmp_path / "out.story"])
    assert story(tmp_path / "b") == text


def test_undo_takes_an_import_back_whole(tmp_path: Path, examples: Path) -> None:
    run(tmp_path, examples / "demo.story")
    before = story(tmp_path)
    run(tmp_path, examples / "demo.mbox")
    assert story(tmp_path) != before
    with open_desk(tmp_path, TODAY) as desk:
        undo(desk)
    assert story(tmp_path) == before
    assert run(tmp_path, examples / "demo.mbox").personal == 13


def mailbox(path: Path, messages: int) -> None:
    """A mailbox whose owner writes to 40 people, with replies, made from a seed."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as out:
        for n in range(messages):
            who = f"p{chance.randrange(40)}@x.no"
            sender, to = (ME, who) if chance.random() < 0.5 else (who, ME)
            reply = f"In-Reply-To: <{chance.randrange(n)}@x>\n" if n and chance.random() < 0.4 else ""
            out.write(
                f"From {sender} Mon Mar 04 11:20:34 2024\nFrom: {sender}\nTo: {to}\n{reply}"
                f"Date: Mon, 4 Mar 2024 {n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02} +0000\n"
                f"Message-ID: <{n}@x>\nSubject: s\n\n"
                f"Hi, could you send me report {n}? Thanks for the last one.\n\n"
            )


KILLED = """
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from askwell.app import importing
from askwell.app.desk import open_desk, profile
from askwell.app.owner import claim
importing.CHUNK = 50
home, box = map(Path, sys.argv[1:])
with open_desk(home, date(2026, 5, 4)) as desk:
    claim(desk, ["ingrid.dahl@example.no"])
    importing.import_(replace(desk, profile=profile(desk.store, home)), [box])
"""


def test_a_kill_at_any_moment_costs_nothing(tmp_path: Path) -> None:
    box = tmp_path / "box"
    mailbox(box, 1500)
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", KILLED, tmp_path / "whole", box], check=True)
    takes = time.monotonic() - started

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", KILLED, tmp_path / "killed", box])

    def end(process: subprocess.Popen[bytes], kill: bool) -> int:
        if kill:
            process.kill()
        return process.wait()

    def anew() -> None:
        assert story(tmp_path / "killed") == story(tmp_path / "whole")
        shutil.rmtree(tmp_path / "killed")

    assert killed_often(start, end, anew, takes, 4, random.Random(3)) >= 3
    subprocess.run([sys.executable, "-c", KILLED, tmp_path / "killed", box], check=True)
    assert story(tmp_path / "killed") == story(tmp_path / "whole")
    with open_desk(tmp_path / "killed", TODAY) as desk:
        assert desk.store.counts()["messages"] == 1500
        assert desk.store.trouble() == ()


def test_two_imports_at_once_are_told_apart(tmp_path: Path, examples: Path) -> None:
    with open_desk(tmp_path, TODAY) as desk, desk.store.lock():
        code = KILLED.replace("importing.CHUNK = 50", "")
        done = subprocess.run(
            [sys.executable, "-c", code, tmp_path, examples / "demo.mbox"],
            check=False,
            capture_output=True,
            text=True,
        )
    assert done.returncode
    assert "import" in done.stderr.splitlines()[-1].lower()


def test_files_that_are_no_mail_are_counted(tmp_path: Path, examples: Path) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "a").write_bytes((examples / "demo.mbox").read_bytes())
    (tmp_path / "mail" / "b").write_bytes(b"nothing of use")
    (tmp_path / "mail" / "c").write_bytes(b"")
    report = run(tmp_path / "home", tmp_path / "mail")
    assert report.personal == 13
    assert dict(report.skipped) == {"nothing that Askwell reads": 1, "empty": 1}
    assert report.read == report.personal + report.bulk + report.known + sum(report.skipped.values())


def test_the_owner_is_proposed_not_assumed(examples: Path, tmp_path: Path) -> None:
    found = propose([examples / "demo.mbox"])
    assert found is not None
    assert found.address == ME
    lonely = tmp_path / "list"
    lonely.write_text(
        "".join(
            f"From a{n}@x.no Mon Mar 04 11:20:34 2024\nFrom: a{n}@x.no\n"
            "Date: Mon, 4 Mar 2024 11:20:34 +0000\n\nhi\n\n"
            for n in range(9)
        )
    )
    assert propose([lonely]) is None


def test_a_story_that_is_broken_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "s").write_text(
        'me I <i@x.no>\n2026-03-01 ask me -> kari job "x"\n2026-03-02 beg me -> a@b.no\n'
    )
    with pytest.raises(AskwellError, match=r"s:3: `beg` is unknown"):
        run(tmp_path / "home", tmp_path / "s")
    with open_desk(tmp_path / "home", TODAY) as desk:
        assert desk.store.said() == ()


def test_memory_does_not_grow_with_the_archive(tmp_path: Path, told: Callable[[str], Desk]) -> None:
    """The chunks that are under way are few, however long the mailbox is."""
    box = tmp_path / "box"
    mailbox(box, 3000)
    desk = told(f"me I <{ME}>\n")
    parts = importing._parts(desk, [box], importing.sources()[0], Report())
    sizes = [len(chunk.kept) for chunk in importing._chunks(desk, parts, 0, Report())]
    assert sum(sizes) == 3000
    assert max(sizes) <= importing.CHUNK


LETTERS = """From a@x.no Mon Mar 04 11:20:34 2024
From: Ann <a@x.no>
To: b@x.no
Date: Mon, 4 Mar 2024 11:20:34 +0000
Message-ID: <1@x>

Hi, could you introduce me to your boss?

From a@x.no Mon Mar 04 11:20:34 2024
From: Ann <a@x.no>
To: ingrid.dahl@example.no
Date: Mon, 4 Mar 2024 12:20:34 +0000
Message-ID: <2@x>

Hi Ingrid, could you introduce me to your boss?
"""


def test_others_letters_to_each_other_are_kept_but_not_read(tmp_path: Path) -> None:
    (tmp_path / "box").write_text(LETTERS)
    home = tmp_path / "home"
    assert run(home, tmp_path / "box").personal == 2
    with open_desk(home, TODAY) as desk:
        assert desk.store.reading("1@x") is None
        mine = desk.store.reading("2@x")
        assert mine is not None
        assert [act.act for act in mine.acts] == ["ask"]
        claim(desk, ["b@x.no"])
    run(home, tmp_path / "box")
    with open_desk(home, TODAY) as desk:
        assert desk.store.reading("1@x") is not None


def test_an_answer_is_quoted_in_its_own_words(told: Callable[[str], Desk]) -> None:
    desk = told(
        'me I <i@x.no>\nperson kari "Kari" <k@x.no>\n'
        '2026-03-02T09:00:00Z message me -> kari "Hi Kari, could you introduce me to Ola Vik?" id="q@x"\n'
        '2026-03-04T09:00:00Z message kari -> me "Hi! Yes, I will introduce you on Monday." '
        'id="a@x" reply_to="q@x"\n'
    )
    person = desk.store.person("kari")
    assert person is not None
    ask = history(desk.store, person).of("ask", by="me")[0]
    assert (ask.outcome, ask.reply_source) == ("granted", "a@x")
    assert "introduce you on Monday" in ask.reply


def test_what_is_usual_is_learned_from_enough_mail(tmp_path: Path) -> None:
    mailbox(tmp_path / "box", 1200)
    run(tmp_path / "home", tmp_path / "box")
    with open_desk(tmp_path / "home", TODAY) as desk:
        learned = priors(desk)
        assert sum(learned.counts.values()) > 0
        assert learned != PRIORS
