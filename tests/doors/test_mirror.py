"""`askwell mirror`, and pictures into files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

DAY = ("--on", "2026-05-04")


def test_the_mirror_is_words(demo: Callable[..., Any]) -> None:
    out = demo("mirror", *DAY).out
    assert "You asked for" in out
    assert "A mirror, not a grade." in out
    assert "Kari" not in out.split("What to look at")[0]


def test_the_mirror_as_json(demo: Callable[..., Any]) -> None:
    found = json.loads(demo("mirror", *DAY, "--json").out)
    assert found["schema"] == "askwell.mirror/1"
    assert sum(one["asked"] for one in found["kinds"]) == found["asked"] > 0


def test_since_narrows_it(demo: Callable[..., Any]) -> None:
    found = json.loads(demo("mirror", *DAY, "--since", "2026-04-01", "--json").out)
    assert found["since"] == "2026-04-01"
    assert demo("mirror", "--since", "yesterday").status == 2


@pytest.mark.parametrize("command", [("mirror",), ("person", "tom")])
def test_pictures_go_into_a_file(demo: Callable[..., Any], tmp_path: Path, command: tuple[str, ...]) -> None:
    path = tmp_path / "drawn.svg"
    said = demo(*command, *DAY, "--svg", path).out
    assert "drawn.svg; any browser" in " ".join(said.split())
    assert len(ElementTree.parse(path).findall(".//{http://www.w3.org/2000/svg}g[@role='img']")) >= 2
    for standard in (("--svg",), ("--svg", "-")):
        assert demo(*command, *DAY, *standard).out == path.read_text("utf-8")


def test_a_file_that_cannot_be_written_is_named(demo: Callable[..., Any], tmp_path: Path) -> None:
    ran = demo("mirror", *DAY, "--svg", tmp_path / "nowhere" / "a.svg")
    assert ran.status == 2
    assert "a.svg cannot be written" in ran.err


def test_a_person_without_history_is_a_picture_without_marks(demo: Callable[..., Any]) -> None:
    ran = demo("person", "jonas", *DAY, "--svg", "-")
    assert ran.status == 0
    ElementTree.fromstring(ran.out)
