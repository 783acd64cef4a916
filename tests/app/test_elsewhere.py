"""A draft and what was asked of others: one way to one person at a time, in mail and in notes."""

from collections.abc import Callable

import pytest

from askwell.app.check import check
from askwell.app.desk import Desk
from askwell.app.draft import Draft

PEOPLE = """
me Ingrid Dahl <ingrid@example.no>
person kari "Kari Nordmann" <kari@nordlys.example> floor=close
person tom "Tom Becker" <tom@harbour.example> floor=close
person ola "Ola Vik" <ola@havvind.example>
"""
ASK = "Hi Kari, would you be willing to introduce me to Ola Vik? I have one question for him. Ingrid"
MAILED = (
    '2026-04-25T09:00:00Z message me -> tom "Hi Tom, would you be willing to introduce me to Ola Vik? '
    'I have one question for him. Ingrid" id="t1"\n'
)
SAID_NO = (
    '2026-04-26T09:00:00Z message tom -> me "I would rather not, I hardly know him. Sorry. Tom" '
    'id="t2" reply_to="t1"\n'
)


def found(desk: Desk, text: str = ASK, to: str = "kari") -> set[str]:
    return {one.id for one in check(desk, Draft(text, to=(to,))).findings}


@pytest.mark.parametrize(
    ("before", "speaks"),
    [
        (MAILED, True),
        (MAILED + SAID_NO, False),
        (MAILED.replace("2026-04", "2025-04"), False),
        ('2026-04-25 ask me -> tom specific_introduction "to Ola Vik?"\n', True),
        ('2026-04-25 ask me -> tom specific_introduction "to Ola Vik?" outcome=declined\n', False),
        ("2026-04-25 intro tom: me <-> ola state=proposed\n", True),
        ("2026-04-25 intro tom: me <-> ola state=dropped\n", False),
        ('2026-04-25 ask me -> tom specific_introduction "to Per Moe?"\n', False),
    ],
)
def test_one_way_at_a_time(told: Callable[[str], Desk], before: str, speaks: bool) -> None:
    desk = told(PEOPLE + before)
    assert ("record/same-target-elsewhere" in found(desk)) is speaks


def test_asking_the_same_person_again_is_no_other_way(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE + MAILED)
    assert "record/same-target-elsewhere" not in found(desk, ASK.replace("Kari", "Tom"), "tom")


def test_the_fourth_introduction_of_a_year_waits(told: Callable[[str], Desk]) -> None:
    asks = "".join(
        f'2026-0{month}-10 ask me -> kari specific_introduction "to {name}?" outcome=granted\n'
        f"2026-0{month}-12 thanks me -> kari\n2026-0{month}-14 report_back me -> kari\n"
        for month, name in ((1, "Per"), (2, "Liv"), (3, "Nils"))
    )
    assert "record/introductions-enough" in found(told(PEOPLE + asks))
