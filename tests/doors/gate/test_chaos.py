"""Letters while client, server and judges fail at random: each once, or refused (see `bench/doors.py`)."""

from __future__ import annotations

from pathlib import Path

from bench.doors import chaos


def test_nothing_is_lost_and_nothing_is_doubled(home: Path) -> None:
    people = ["tom@harbour.example", "kari@nordlys.example", "liv@x.example"]
    found = chaos(home, people, count=200)
    assert found["accepted"] + found["refused"] == 200
    assert found["accepted"] > 100
    assert found["refused"] > 10
    assert found["tries"] > 210
    assert [found[one] for one in ("lost", "doubled", "refused but sent", "open")] == [0, 0, 0, 0]
