"""A SIGKILL at any moment of an import of cards, appointments, LinkedIn's export or an archive costs nothing.
`python -m bench.kills` does the same at twenty moments each."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from bench import kills


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (kills.book, 700),
        (kills.calendar, 1_500),
        (kills.linkedin, 120),
        (kills.zipped, 160),
        (kills.tarred, 160),
    ],
    ids=["an address book", "a calendar", "LinkedIn", "a zip", "a tarball"],
)
def test_killed_at_a_few_moments(tmp_path: Path, make: Callable[[Path, int], None], size: int) -> None:
    make(tmp_path / "file", size)
    good, killed, _ = kills.same(tmp_path, tmp_path / "file", 4, random.Random(5))
    assert killed > 1
    assert good
