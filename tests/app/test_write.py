"""A letter that is written, checked and mended in one go."""

from collections.abc import Callable

import pytest

from askwell.app.check import check
from askwell.app.desk import Desk
from askwell.app.draft import Draft
from askwell.app.write import ROUNDS, write
from askwell.errors import AskwellError

STORY = """
me Ingrid Dahl <ingrid@example.no>
person kari "Kari Nordmann" <kari@nordlys.example> org="Nordlys"
person ola "Ola Vik" <ola@havvind.example>
2026-04-02 message kari -> me "Hei Ingrid! Takk for sist. Skriv gjerne igjen." subject="Takk for sist"
2026-04-03 message me -> kari "Hei Kari! Takk, det gjør jeg." subject="Sv: Takk for sist"
"""


@pytest.mark.parametrize("about", ["a job at Nordlys", "a job at my brother's firm", "et råd om vindkraft"])
def test_what_is_written_is_what_the_judge_would_send(told: Callable[[str], Desk], about: str) -> None:
    desk = told(STORY)
    written = write(desk, "kari", about)
    assert written.rounds <= ROUNDS
    assert written.verdict.verdict == check(desk, Draft(written.draft), ["kari"]).verdict == "send"
    assert "Kari" in written.draft


def test_a_letter_is_in_the_language_that_the_two_write_in(told: Callable[[str], Desk]) -> None:
    assert write(told(STORY), "kari", "a job at Nordlys").draft.startswith("Hei Kari")


@pytest.mark.parametrize(
    "about",
    [
        " ",
        "en jobb for broren min",
        "a job for my best friend",
        "praksisplass til ei venninne",
        "ein jobb til syster mi",
    ],
)
def test_about_nothing_or_for_another_is_refused(told: Callable[[str], Desk], about: str) -> None:
    with pytest.raises(AskwellError):
        write(told(STORY), "kari", about)
