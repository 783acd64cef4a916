"""What a person is called in a letter and a verdict."""

import pytest

from askwell.judge.wording import short


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Kari Nordmann", "Kari"),
        ("Dr Gregor Hall", "Gregor"),
        ("Prof. Dr. Anna Weiss", "Anna"),
        ("Nordmann, Kari", "Kari"),
        ("Nordmann, Kari Anne", "Kari"),
        ("Kari Nordmann, PhD", "Kari"),
        ("J C Nash", "J C Nash"),
        ("J. Nash", "J. Nash"),
        ("Kari", "Kari"),
        ("Dr.", "Dr."),
        ("", ""),
        (" ", ""),
        ("Dr Hall", "Dr Hall"),
        ("kari.n@example.org", "kari.n@example.org"),
    ],
)
def test_the_first_name(name: str, called: str) -> None:
    assert short(name) == called
