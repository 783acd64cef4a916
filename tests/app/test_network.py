"""Everybody in a line each: always what a computation from nothing gives, and never more work than needed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from askwell.app import network as room
from askwell.app.desk import Desk, open_desk
from askwell.app.forget import forget
from askwell.app.histories import history
from askwell.app.joining import join
from askwell.app.log import log
from askwell.app.network import network
from askwell.app.owner import claim
from askwell.app.people import setting
from askwell.app.priors import priors
from askwell.app.undo import undo
from askwell.judge.line import Line, line
from askwell.judge.standing import standing
from askwell.ledger.entries import Correction, Message, Said
from askwell.ledger.person import Person
from askwell.store.contract import Kept
from askwell.text.reading import Act, Reading

TODAY = date(2026, 5, 4)
ME = "ingrid@example.no"
KEYS = ("kari", "ola", "siv", "per")
PEOPLE = f"me Ingrid Dahl <{ME}>\n" + "".join(
    f'person {key} "{key.title()} Berg" <{key}@x.example>\n' for key in KEYS
)
ASK = Act("ask", (0, 4), "Kan du hjelpe", 0.9, ("kan du",), "referral", "self", True, 5.0)
SMALL = Act("ask", (0, 4), "Kan du si noe", 0.9, ("kan du",), "advice", "self", True, 2.0)
THANKS = Act("thanks", (0, 4), "Takk", 0.9, ("takk",))
READINGS = (
    Reading("nb"),
    Reading("nb", (ASK,)),
    Reading("nb", (SMALL,)),
    Reading("nb", (THANKS,)),
    Reading("nb", outcome="granted", answer="Ja, gjerne"),
    Reading("nb", outcome="declined", answer="Nei, dessverre"),
)


def from_nothing(desk: Desk) -> dict[str, Line]:
    known = priors(desk)
    people = desk.store.people()
    return {one.key: line(standing(history(desk.store, one), desk.today, known)) for one in people}


def letter(desk: Desk, number: int, who: str, reading: int, mine: bool, ago: int, reply: int) -> None:
    at = datetime(2026, 5, 4, 8, tzinfo=UTC) - timedelta(days=ago, minutes=number)
    other = f"{who}@x.example"
    to, cc = ((other,), (f"{KEYS[number % 4]}@x.example",)) if mine else ((ME,), ())
    refs = (f"{reply}@m",) if reply != number else ()
    message = Message(
        f"{number}@m", at, ME if mine else other, to, cc, "Hei", "Hei", refs[-1] if refs else "", refs
    )
    action = desk.store.begin(desk.now, "import", "a letter")
    desk.store.add(action, [Kept(message, mine, READINGS[reading], "1", 50, topic="hei")])
    if number % 3:
        desk.store.settle()


def joined(desk: Desk, one: str, other: str) -> None:
    first, second = desk.store.person(one), desk.store.person(other)
    if first and second and one != other:
        join(desk, desk.store.begin(desk.now, "people", "one"), first, second)


def take_back(desk: Desk, number: int) -> None:
    open_ = [one for one in desk.store.actions(50) if not one.undone]
    if len(open_) > 1:
        undo(desk, open_[number % (len(open_) - 1)].id)


def forgotten(desk: Desk, who: str) -> None:
    if desk.store.person(who):
        forget(desk, who)


def changed(desk: Desk, who: str, floor: str, circle: str) -> None:
    if desk.store.person(who):
        setting(desk, who, floor=floor, circle=circle)


def said(desk: Desk, kind: str, by: str, to: str, ago: int) -> None:
    by, to = (by, to) if by != to else ("me", to)
    others = (to, KEYS[ago % 4]) if kind in ("intro", "meeting") else (to,)
    at = datetime(2026, 5, 4, 12, tzinfo=UTC) - timedelta(days=ago)
    one = Said(at, kind, by, (*others, "me") if by != "me" else others, "chat", "hilsen Kari")
    desk.store.say(desk.store.begin(desk.now, "log", kind), one)


def corrected(desk: Desk, number: int, what: str) -> None:
    desk.store.say(
        desk.store.begin(desk.now, "correct", what), Correction(desk.now, f"{number}@m", "Kan du", what)
    )


def read_again(desk: Desk, number: int, reading: int) -> None:
    desk.store.put_readings("2", [(f"{number}@m", READINGS[reading], 30)])


def relearned(desk: Desk, share: int) -> None:
    reply = dict.fromkeys(("unknown", "new", "warming", "established", "close", "dormant"), share / 100)
    kept = {"reply": reply, "silent": [[0, 1], [30, 0]], "counts": {}, "waits": 0}
    desk.store.set("priors", json.dumps(kept))


who = st.sampled_from(KEYS)
number = st.integers(0, 9)
steps = st.lists(
    st.one_of(
        st.tuples(
            st.just(letter), number, who, st.integers(0, 5), st.booleans(), st.integers(-3, 250), number
        ),
        st.tuples(st.just(letter), number, who, st.integers(0, 5), st.booleans(), st.integers(0, 40), number),
        st.tuples(
            st.just(said),
            st.sampled_from(("favour", "ask", "thanks", "meeting", "grant", "outcome", "intro")),
            st.sampled_from(("me", *KEYS)),
            who,
            st.integers(-2, 100),
        ),
        st.tuples(st.just(corrected), number, st.sampled_from(("no_ask", "granted", "routine"))),
        st.tuples(st.just(take_back), number),
        st.tuples(st.just(joined), who, who),
        st.tuples(
            st.just(changed),
            who,
            st.sampled_from(("", "close")),
            st.sampled_from(("professional", "personal")),
        ),
        st.tuples(st.just(read_again), number, st.integers(0, 5)),
        st.tuples(st.just(relearned), st.integers(0, 80)),
        st.tuples(st.just(forgotten), who),
        st.tuples(st.just(claim), st.sampled_from((["ola@x.example"], ["ingrid@home.example"]))),
        st.tuples(st.just("day"), st.integers(-3, 40)),
        st.tuples(st.just("look")),
    ),
    max_size=14,
)


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=steps)
def test_it_is_what_a_computation_from_nothing_gives(
    tmp_path_factory: pytest.TempPathFactory, kind: str, steps: list[tuple[Any, ...]]
) -> None:
    home = tmp_path_factory.mktemp("home") if kind == "sqlite" else None
    day = TODAY
    with open_desk(home, TODAY) as empty:
        claim(desk := empty, [ME])
        action = desk.store.begin(desk.now, "import", "people")
        desk.store.put_people(
            action, [Person(key, f"{key.title()} Berg", (f"{key}@x.example",)) for key in KEYS], ()
        )
        network(empty)
        for what, *more in [*steps, ("look",)]:
            desk = replace(empty, today=day)
            if what == "day":
                day += timedelta(days=more[0])
            elif what == "look":
                assert dict(network(desk).by_key) == from_nothing(desk)
            else:
                what(desk, *more)
        room._seen.clear()  # what the store keeps, without what is at hand
        assert dict(network(desk).by_key) == from_nothing(desk)


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whose line was worked out since the list was cleared."""
    found: list[str] = []

    summary = room._summary

    def noted(one: Any, *more: Any) -> Any:
        found.append(one.person.key)
        return summary(one, *more)

    monkeypatch.setattr(room, "_summary", noted)
    return found


def test_only_those_are_worked_out_whom_a_change_touches(
    told: Callable[[str], Desk], worked_out: list[str]
) -> None:
    desk = told(PEOPLE + "2026-05-01 favour kari -> me advice\n")
    network(desk)
    assert sorted(worked_out) == sorted(KEYS)
    worked_out.clear()
    network(desk)
    assert worked_out == []
    log(desk, "thanks me -> kari")
    assert network(desk).by_key["kari"].thank == ()
    assert worked_out == ["kari"]


def test_a_new_day_costs_those_for_whom_it_may_bring_something(
    told: Callable[[str], Desk], worked_out: list[str]
) -> None:
    desk = told(PEOPLE + "2026-05-04 favour kari -> me advice\n2019-01-01 meeting me, ola\n")
    network(desk)
    worked_out.clear()
    tomorrow = replace(desk, today=TODAY + timedelta(days=1))
    assert [due.about for due in network(tomorrow).by_key["kari"].thank] == ["advice"]
    assert worked_out == ["kari"]


def test_another_program_finds_what_one_has_worked_out(
    told: Callable[[str], Desk], worked_out: list[str]
) -> None:
    desk = told(PEOPLE)
    here = network(desk)
    worked_out.clear()
    with open_desk(desk.home, TODAY) as there:
        assert network(there).lines == here.lines
        assert worked_out == []
        log(there, "favour siv -> me advice")
        assert network(there).by_key["siv"].favours == 1
    assert network(desk).by_key["siv"].favours == 1  # and sees at once that it was changed
    assert worked_out == ["siv"]


def test_who_is_forgotten_leaves_no_line_behind(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE + '2026-05-01 intro kari: me <-> ola purpose="wind with Kari"\n')
    network(desk)
    gone = forget(desk, "kari")
    assert gone.removed["summaries"] == 2  # and Ola's, which may speak of her
    assert "kari" not in "".join(desk.store.summaries().values()).lower()
    assert sorted(network(desk).by_key) == ["ola", "per", "siv"]


def test_a_ledger_that_cannot_be_written_to_is_looked_at_all_the_same(
    told: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    from askwell.errors import AskwellError

    desk = told(PEOPLE)

    def refused(*_: Any, **__: Any) -> None:
        raise AskwellError("locked", http_status=503)

    monkeypatch.setattr(type(desk.store), "put_summaries", refused)
    assert sorted(network(desk).by_key) == sorted(KEYS)
    assert desk.store.summaries() == {}


def test_progress_is_told_where_they_are_many(
    told: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PORTION", 3)
    seen: list[tuple[int, int]] = []
    network(told(PEOPLE), lambda done, of: seen.append((done, of)))
    assert seen == [(3, 4), (4, 4)]


def test_an_address_of_two_people_counts_with_both(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE + '2026-05-01T09:00:00Z message kari -> me "Hei" id="1@m"\n')
    action = desk.store.begin(desk.now, "people", "shared")
    desk.store.put_person(action, Person("twin", "Twin", ("kari@x.example",)))
    found = network(desk).by_key
    assert (found["kari"].received, found["twin"].received) == (1, 1)


def test_the_rank_puts_the_nearest_first(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE + "2026-05-01 meeting me, kari\n")
    setting(desk, "ola", floor="close")
    lines = sorted(network(desk).lines, key=lambda one: one.rank, reverse=True)
    assert [one.person.key for one in lines][:2] == ["ola", "kari"]


def test_people_without_a_history_stand_as_each_of_them_would(told: Callable[[str], Desk]) -> None:
    desk = told(PEOPLE + '2026-05-01 meeting me, kari\nperson liv "Liv Vik" <liv@x.example>\n')
    setting(desk, "ola", floor="close")
    setting(desk, "siv", circle="personal")
    found = network(desk).by_key
    assert found == from_nothing(desk)
    assert {found[key].stage for key in ("per", "liv")} != {found["ola"].stage}
