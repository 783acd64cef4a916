"""The tour: its letters get the verdicts that it tells of; its pictures are there, and small."""

import re
from pathlib import Path

import pytest
from upkeep import tour

from askwell.app.check import check
from askwell.app.demo import DAY, examples
from askwell.app.desk import open_desk
from askwell.app.draft import Draft
from askwell.app.importing import import_

GUIDE = tour.GUIDE.read_text("utf-8")
NAMES = sorted(one.name for one in tour.SHOTS)


def test_each_picture_has_a_shot_and_each_shot_its_picture() -> None:
    assert sorted(set(re.findall(r"\(tour/([\w-]+)\.webp\)", GUIDE))) == NAMES
    assert sorted(path.stem for path in tour.FOLDER.iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_pictures_are_small(name: str) -> None:
    data = (tour.FOLDER / f"{name}.webp").read_bytes()
    assert data[:4] == b"RIFF"
    assert data[8:12] == b"WEBP"
    assert len(data) < tour.MOST


def test_pictures_say_what_is_to_be_seen() -> None:
    assert all(len(words) > 10 for words in re.findall(r"!\[(.*?)\]", GUIDE))


def test_the_letters_get_the_verdicts_that_the_guide_tells_of(tmp_path: Path) -> None:
    with open_desk(tmp_path, DAY) as desk:
        import_(desk, [examples() / "demo.story"])
        found = [check(desk, Draft(one.text, subject=one.subject), [one.to]) for one in tour.letters()]
    assert [one.verdict for one in found] == ["wait", "send", "wait"]
    eager = found[0]
    assert eager.rewrite
    assert {one.id for one in eager.findings} == {
        "record/big-ask-new-contact",
        "en/urgency/needless-deadline",
    }


def test_an_unknown_picture_is_named() -> None:
    with pytest.raises(SystemExit, match="nonsense"):
        tour.take(["nonsense"])
