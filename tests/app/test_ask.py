"""Whom to ask for what: the same from the kept lines as from everybody's whole history."""

from collections.abc import Callable

import pytest

from askwell.app import ask as room
from askwell.app.ask import aim_in, ask, letter_to
from askwell.app.desk import Desk
from askwell.app.histories import histories, history
from askwell.app.people import fold
from askwell.app.priors import priors
from askwell.judge.line import line
from askwell.judge.opening import step_for, too_much
from askwell.judge.standing import Standing, standing
from askwell.ledger.history import History
from askwell.ledger.person import Person
from askwell.store.contract import Exchange, Store

LEDGER = """
me Ingrid Dahl <ingrid@example.no>
person kari "Kari Berg" <kari@nordlys.example> org="Nordlys" title="Head of Data" floor=close
person ola "Ola Vik" <ola@nordlys.example> org="Nordlys" tags=sensors
person siv "Siv Moe" <siv@fjord.example> <siv@home.example> title="Sensor engineer" floor=established
person per "Per Dahl" <per@x.example> tags=sensors,nordlys floor=established
person tom "Tom Lie" <tom@x.example>
person mor "Mor" <mor@x.example> tags=sensors circle=personal
person nora "Nora Ås" <nora@x.example> met="at the Nordlys summer party"
2026-01-05 message me -> siv "Do you work with wind sensors still?"
2026-01-06 message siv -> me "I do, and with sensors under water."
2026-02-01 meeting me, tom "coffee, he spoke of sensors"
2026-02-03 note kari "knows everybody in wind"
2026-04-28 message me -> ola "Could you refer me for the analyst position at Nordlys?"
2026-03-01 message me -> per "Hello again"
2026-03-02 message per -> me "Sensors are what I think of all day."
"""
AIMS = ("a job at Nordlys", "learn about sensors", "wind", "referanse fra Nordlys", "meet somebody at sea")


def plain(desk: Desk, words: str) -> list[tuple[object, ...]]:
    """The ways, from everybody's whole history."""
    aim, known = aim_in(words), priors(desk)
    seen, wanted = room._in_mail(desk, aim.topic), room._wanted(aim.topic)
    found: list[tuple[tuple[object, ...], Standing, float]] = []
    for one in (standing(each, desk.today, known) for each in histories(desk.store)):
        notes = fold(" ".join(each.text for each in one.bearing.history.of("note", "meeting")))
        fit = 0.0 if one.bearing.personal else room._points(wanted, one.bearing.person, notes, seen)
        if fit:
            near = line(one).rank
            order = (one.peace is not None, -fit, *(-part for part in near), one.bearing.person.key)
            found.append((order, one, fit))
    best = sorted(found, key=lambda each: each[0])[: room.SHOWN]
    return [
        (one.bearing.person.key, one.bearing.stage, step_for(aim, one), too_much(aim, one), one.peace, fit)
        for _, one, fit in best
    ]


@pytest.mark.parametrize("words", AIMS)
def test_the_lines_give_what_whole_histories_give(told: Callable[[str], Desk], words: str) -> None:
    desk = told(LEDGER)
    ladder = ask(desk, words)
    ways = [
        (
            one.found.person.key,
            one.found.stage,
            one.step,
            too_much(ladder.aim, one.found),
            one.found.until,
            one.fit,
        )
        for one in ladder.ways
    ]
    assert ways == plain(desk, words)
    assert "mor" not in {one.found.person.key for one in ladder.ways}
    first = next((one for one in ladder.ways if not one.found.until), None)
    assert ladder.draft == (letter_to(desk, first.found.person, words) if first else "")


def test_everything_that_connects_somebody_is_said(told: Callable[[str], Desk]) -> None:
    ladder = ask(told(LEDGER), "learn about sensors")
    why = {one.found.person.key: one.why for one in ladder.ways}
    assert why["tom"] == "your notes on them"
    assert why["siv"] == "has written of it"
    assert why["per"] == "your notes on them; has written of it"


def test_only_the_first_has_their_mail_read(
    told: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = told(LEDGER)
    ask(desk, AIMS[0])
    looked: list[str] = []

    def look(store: Store, who: Person, mail: list[Exchange]) -> History:
        looked.append(who.key)
        return history(store, who, mail)

    monkeypatch.setattr(room, "history", look)
    assert len(ask(desk, AIMS[1]).ways) > 1
    assert len(looked) == 1
