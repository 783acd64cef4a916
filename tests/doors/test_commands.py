"""Each command does its main task, in words and as JSON, in three languages."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.doors.conftest import Call

from askwell.doors.cli import COMMANDS, main

FRIEND = (
    "Hi Tom,\n\nmy flatmate is looking for work. Could you get him an interview at your firm?\n\nIngrid\n"
)
TIME = ("--on", "2026-05-04")


def test_a_third_party_ask_is_held_back_with_evidence(demo: Call) -> None:
    ran = demo("--json", "check", "-", "--to", "tom", *TIME, given=FRIEND)
    verdict = json.loads(ran.out)
    assert ran.status == 1
    assert verdict["schema"] == "askwell.verdict/1"
    assert verdict["verdict"] == "dont"
    assert verdict["to"][0]["person"] == "tom"
    evidence = [one for finding in verdict["findings"] for one in finding["evidence"]]
    assert {"date": "2026-02-10", "source": "d12@demo"}.items() <= evidence[0].items()
    assert evidence[0]["quote"] in demo("export").out
    start, end = next(f["span"] for f in verdict["findings"] if f["span"])
    assert "interview" in FRIEND[start:end]


def test_a_plain_letter_goes(demo: Call) -> None:
    ran = demo(
        "check", "-", "--to", "siv", *TIME, given="Hei Siv! Takk for kaffien, det var ei fin stund. Ingrid"
    )
    assert ran.status == 0
    assert ran.out.startswith("Send\n")


@pytest.mark.parametrize(("fail_on", "status"), [("soften", 1), ("wait", 1), ("dont", 1), ("never", 0)])
def test_the_exit_status_is_the_users_choice(demo: Call, fail_on: str, status: int) -> None:
    assert demo("check", "-", "--to", "tom", "--fail-on", fail_on, *TIME, given=FRIEND).status == status


def test_a_draft_may_be_a_mail_with_its_own_to(demo: Call, tmp_path: Path) -> None:
    mail = b"From: ingrid.dahl@example.no\r\nTo: Tom Becker <tom@harbour.example>\r\nSubject: x\r\n" + (
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + FRIEND.replace("get him", "get J=C3=B8rn").encode()
    )
    (tmp_path / "d.eml").write_bytes(mail)
    by_mail = json.loads(demo("--json", "check", tmp_path / "d.eml", *TIME).out)
    assert by_mail["to"][0]["person"] == "tom"
    assert by_mail["verdict"] == "dont"
    assert "get Jørn an interview" in by_mail["acts"][-1]["text"]


def test_an_address_that_is_not_known_is_somebody_new(demo: Call) -> None:
    verdict = json.loads(demo("--json", "check", "-", "--to", "new@firm.example", *TIME, given=FRIEND).out)
    assert verdict["to"] == [
        {"person": "new@firm.example", "name": "new@firm.example", "stage": "unknown", "last_contact": None}
    ]


@pytest.mark.parametrize("lang", ["en", "nb", "nn"])
def test_verdicts_are_in_the_readers_language(demo: Call, lang: str) -> None:
    first = {"en": "Don't send this", "nb": "Ikke send dette", "nn": "Ikkje send dette"}[lang]
    assert demo("--lang", lang, "check", "-", "--to", "tom", *TIME, given=FRIEND).out.startswith(first)


def test_options_may_stand_before_or_after_the_command(demo: Call) -> None:
    one = demo("--json", "--lang", "nb", "check", "-", "--to", "tom", *TIME, given=FRIEND).out
    other = demo("check", "-", "--to", "tom", *TIME, "--json", "--lang", "nb", given=FRIEND).out
    assert one == other


def test_read_needs_no_ledger(call: Call) -> None:
    text = "Kan du skaffe vennen min en jobb hos dere?"
    reading = json.loads(call("read", "--text", text, "--json").out)
    assert (reading["schema"], reading["language"]) == ("askwell.reading/1", "nb")
    assert [one["id"] for one in reading["patterns"]] == ["third_party_ask"]
    assert call("read", "-", given=text).out


def test_log_people_person_today_and_undo(demo: Call) -> None:
    before = demo("export").out
    assert demo("log", "2026-05-01 thanks me -> kari", *TIME).status == 0
    assert "2026-05-01 thanks me -> kari" in demo("export").out
    assert demo("undo").status == 0
    assert demo("export").out == before
    assert "Kari Nordmann" in demo("people").out
    assert [one["person"] for one in json.loads(demo("people", "nordlys", "--json").out)["people"]] == [
        "kari"
    ]
    assert "Kari Nordmann" in demo("person", "kari", *TIME).out
    assert json.loads(demo("today", "--json", *TIME).out)["schema"] == "askwell.today/1"


def test_a_correction_holds_through_a_new_reading(demo: Call) -> None:
    words = "Could you put in a good word for her"
    assert demo("correct", "d12@demo", words, "no_ask").status == 0
    assert json.loads(demo("reread", "--json").out)["read"] > 20
    verdict = json.loads(demo("--json", "check", "-", "--to", "tom", *TIME, given=FRIEND).out)
    assert "record/third-party-again" not in [one["id"] for one in verdict["findings"]]


def test_two_addresses_are_one_person_when_the_user_says_so(demo: Call) -> None:
    assert demo("people", "--link", "kari", "kari.nordmann@post.example").status == 0
    linked = json.loads(demo("people", "kari", "--json").out)["people"][0]
    assert linked["addresses"] == ["kari@nordlys.example", "kari.nordmann@post.example"]
    demo("undo")
    assert json.loads(demo("people", "kari", "--json").out)["people"][0]["addresses"] == [
        "kari@nordlys.example"
    ]


def test_forget_leaves_nothing(demo: Call, tmp_path: Path) -> None:
    refused = demo("forget", "siv")
    assert refused.status == 2
    assert "--yes" in refused.err
    assert demo("forget", "siv", "--yes").status == 0
    text = demo("export").out
    assert "siv" not in text.lower()
    for path in (tmp_path / "home").iterdir():
        assert b"siv.bakke@fjord" not in path.read_bytes(), path


def test_rules_are_listed_explained_and_their_examples_hold(demo: Call) -> None:
    assert "nn/third-party/career-favour" in demo("rules").out
    assert "Source:" in demo("rules", "explain", "record/thanks-overdue").out
    ran = demo("rules", "test")
    assert ran.status == 0, ran.out


def test_a_rule_that_is_off_is_silent(demo: Call, tmp_path: Path) -> None:
    (tmp_path / "home" / "settings.toml").write_text('rules_off = ["record/third-party-again"]\n')
    verdict = json.loads(demo("--json", "check", "-", "--to", "tom", *TIME, given=FRIEND).out)
    assert "record/third-party-again" not in [one["id"] for one in verdict["findings"]]


def test_doctor_finds_all_well(demo: Call) -> None:
    ran = demo("doctor", "--json")
    assert ran.status == 0, ran.out
    assert json.loads(ran.out)["trouble"] == []


def test_demo_shows_three_verdicts(call: Call, tmp_path: Path) -> None:
    checked = json.loads(call("demo", "--json", home=tmp_path / "demo").out)["checked"]
    assert [one["draft"] for one in checked] == ["en", "nb", "nn"]
    assert [one["verdict"]["verdict"] for one in checked] == ["dont", "wait", "send"]


def test_export_refuses_to_overwrite(demo: Call, tmp_path: Path) -> None:
    assert demo("export", tmp_path / "out.story").status == 0
    assert demo("export", tmp_path / "out.story").status == 2
    lines = demo("export", "--as", "jsonl").out.splitlines()
    assert {json.loads(line)["kind"] for line in lines} >= {"profile", "person", "message", "said"}


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help(call: Call, name: str) -> None:
    ran = call(name, "--help")
    assert ran.status == 0
    assert "--json" in ran.out
    found = main.get_command(None, name)  # type: ignore[arg-type]
    assert found is not None
    assert found.help


def test_a_pipe_gets_plain_text(demo: Call, tmp_path: Path, examples: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "askwell",
            "--home",
            tmp_path / "home",
            "check",
            examples / "drafts" / "en.txt",
            *TIME,
        ],
        check=False,
        capture_output=True,
        env=os.environ | {"LANG": "C.UTF-8"},
    )
    assert b"\x1b" not in done.stdout
    assert done.returncode == 1
    assert demo("people").out


CARDS = """BEGIN:VCARD\nVERSION:3.0\nFN:Kari Nordmann\nN:Nordmann;Kari;;;\nEMAIL:kari.n@post.example
TEL:+4722334455\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Kari Nordmann\nN:Nordmann;Kari;;;
EMAIL:kn@elsewhere.example\nTEL:22 33 44 55\nEND:VCARD\n"""


def test_review_shows_who_may_be_one_and_joins_nobody(demo: Call, tmp_path: Path) -> None:
    crowd = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:Person{n} Name{n}\nN:Name{n};Person{n};;;\n"
        f"EMAIL:p{n}@x.example\nEND:VCARD\n"
        for n in range(200)
    )
    (tmp_path / "cards").write_text(CARDS + crowd)
    demo("import", tmp_path / "cards")
    before = demo("people").out
    pairs = json.loads(demo("people", "review", "--json").out)["pairs"]
    assert {"name", "phone"} <= {reason["what"] for reason in pairs[0]["reasons"]}
    assert "the same telephone" in demo("people", "--review").out
    assert demo("people").out == before
