"""A mailbox file that ends too early, and the whole one: in any order the letter is whole, and there once."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.doors.conftest import Call

from askwell.app.desk import open_desk

ME = "ingrid@example.no"
SENTENCES = (
    "Thank you for introducing me to Ola, it was a great help.\n\n"
    "I have thought about what you said on sensor data.\n\n"
    "Could you send me the contact details of the head of procurement at Havn?\n"
)


def letter(n: int, text: str = "Hello again.\n") -> str:
    return (
        f"From kari@nordlys.example Mon Mar 04 11:20:{n:02} 2024\nFrom: Kari <kari@nordlys.example>\n"
        f"To: {ME}\nMessage-ID: <{n}@x.example>\nSubject: matter {n}\n"
        f"Date: Mon, 4 Mar 2024 11:20:{n:02} +0000\n\n{text}\n"
    )


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    whole = letter(1) + letter(2) + letter(3, SENTENCES)
    for name, text in (("whole", whole), ("cut", whole[: whole.index("sensor")])):
        (tmp_path / name).write_text(text)
    return tmp_path / "cut", tmp_path / "whole"


def test_the_cut_one_first(call: Call, files: tuple[Path, Path], tmp_path: Path) -> None:
    cut, whole = files
    assert call("import", cut, "--me", ME).status == 0
    told = json.loads(call("import", whole, "--dry-run", "--json").out)
    assert (told["known"], told["made_whole"], told["personal"]) == (3, 1, 0)
    ran = call("import", whole)
    assert "3  in the ledger already" in ran.out
    assert "1  of these, cut short before and whole now" in ran.out
    with open_desk(tmp_path / "home", date(2024, 3, 10)) as desk:
        found = desk.store.message("3@x.example")
        assert found is not None
        assert found.text == SENTENCES.strip()
        read = desk.store.reading("3@x.example")
        assert read is not None
        assert "ask" in {act.act for act in read.acts}
        assert desk.store.counts()["messages"] == 3
        assert desk.store.search("procurement")
        assert desk.store.trouble() == ()
    told = json.loads(call("import", whole, "--json").out)
    assert (told["known"], told["made_whole"]) == (3, 0)
    told = json.loads(call("import", cut, "--json").out)
    assert (told["known"], told["made_whole"]) == (3, 0)


def test_the_whole_one_first(call: Call, files: tuple[Path, Path]) -> None:
    cut, whole = files
    assert call("import", whole, "--me", ME).status == 0
    before = call("export").out
    told = json.loads(call("import", cut, "--json").out)
    assert (told["known"], told["made_whole"], told["personal"]) == (3, 0, 0)
    assert call("export").out == before


@pytest.mark.parametrize("order", [1, -1])
def test_both_at_once(call: Call, files: tuple[Path, Path], tmp_path: Path, order: int) -> None:
    assert call("import", *files[::order], "--me", ME).status == 0
    both = call("export").out
    assert call("--home", tmp_path / "other", "import", files[1], "--me", ME).status == 0
    assert call("--home", tmp_path / "other", "export").out == both


def test_a_file_that_is_filled_up_in_its_place(call: Call, files: tuple[Path, Path]) -> None:
    cut, whole = files
    assert call("import", cut, "--me", ME).status == 0
    cut.write_bytes(whole.read_bytes())
    told = json.loads(call("import", cut, "--json").out)
    assert (told["known"], told["made_whole"], told["personal"]) == (3, 1, 0)


def test_cut_within_its_headers_it_is_no_letter_yet(call: Call, tmp_path: Path) -> None:
    whole = letter(1) + letter(2)
    (tmp_path / "cut").write_text(whole[: whole.index("<2@x")])
    told = json.loads(call("import", tmp_path / "cut", "--me", ME, "--json").out)
    assert told["personal"] == 1
    assert [one["why"] for one in told["skipped"]] == ["cut short within its headers"]
    (tmp_path / "cut").write_text(whole)
    told = json.loads(call("import", tmp_path / "cut", "--json").out)
    assert (told["personal"], told["known"]) == (1, 1)
