"""MODEL.md 3.3 and 3.4: the worked examples, and properties P12 to P18."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.judge.imposition import Asked, ceiling, impose
from askwell.judge.weight import weigh
from askwell.ledger.rapport import Rapport
from askwell.text.reading import ABOUTS

MET_ONCE = Rapport(23.6, "new")
ESTABLISHED = Rapport(60.7, "established")
CLOSE = Rapport(85.4, "close")
DORMANT = Rapport(23.0, "dormant", "close")

WORKED = [
    (Asked("specific_introduction", third_party=True, hidden_goal=True), ESTABLISHED, 8.5, None, "not_yet"),
    (Asked("advice", third_party=True, one_specific=True, easy_out=True), ESTABLISHED, 2.5, 5.1, "polite"),
    (Asked("open_introduction", open_ended=True), MET_ONCE, 7.0, None, "not_yet"),
    (Asked("advice", one_specific=True), MET_ONCE, 1.0, 5.1, "polite"),
    (Asked("interview", after_no=True), ESTABLISHED, 10.0, None, "not_yet"),
    (Asked("tip", one_specific=True, loop_closed=True), ESTABLISHED, 0.0, 2.6, "plain"),
    (Asked("referral"), DORMANT, 7.0, None, "not_yet"),
    (Asked("advice", one_specific=True, easy_out=True), DORMANT, 0.5, None, "polite"),
    (Asked("reference", loop_closed=True, easy_out=True), CLOSE, 6.5, 8.1, "full"),
    (Asked("cv_review", days_left=0), MET_ONCE, 5.5, None, "not_yet"),
]


@pytest.mark.parametrize(("asked", "rapport", "imposed", "total", "band"), WORKED)
def test_worked_examples(
    asked: Asked, rapport: Rapport, imposed: float, total: float | None, band: str
) -> None:
    found = impose(asked).total
    weight = weigh(found, rapport)
    assert found == pytest.approx(imposed)
    assert weight.band == band
    if total is not None:
        assert weight.total == pytest.approx(total, abs=0.05)


def test_a_deadline_in_three_days_presses_nobody() -> None:
    def at(days: int) -> float:
        return impose(Asked("chat", days_left=days)).total

    assert (at(0), at(1), at(2), at(3)) == (5.0, 4.0, 4.0, 3.0)


def test_the_same_ask_weighs_more_the_sooner_it_comes_again() -> None:
    assert [impose(Asked("chat", days_since_same=d)).total for d in (10, 30, 31, 90, 91)] == [
        4.5,
        4.5,
        4.0,
        4.0,
        3.0,
    ]


flags = st.booleans()
asks = st.builds(
    Asked,
    about=st.sampled_from(ABOUTS),
    third_party=flags,
    hidden_goal=flags,
    open_ended=flags,
    days_left=st.none() | st.integers(0, 10),
    after_no=flags,
    days_since_same=st.none() | st.integers(0, 200),
    still_open=flags,
    several=flags,
    effort_unstated=flags,
    one_specific=flags,
    forwardable=flags,
    easy_out=flags,
    flexible=flags,
    prepared=flags,
    loop_closed=flags,
    offer=flags,
)
ADDERS = ("third_party", "hidden_goal", "open_ended", "after_no", "still_open", "several", "effort_unstated")
REDUCERS = ("one_specific", "forwardable", "easy_out", "flexible", "prepared", "loop_closed", "offer")
scores = st.floats(0, 100)
stages = st.sampled_from(("unknown", "new", "warming", "established", "close", "dormant"))


@given(asks)
def test_p12_r_stays_in_its_range(asked: Asked) -> None:
    assert 0.0 <= impose(asked).total <= 10.0


@given(asks, st.sampled_from(ADDERS))
def test_p13_what_adds_never_lowers(asked: Asked, name: str) -> None:
    without, having = replace(asked, **{name: False}), replace(asked, **{name: True})
    assert impose(having).total >= impose(without).total


@given(asks, st.integers(0, 10))
def test_p13_a_deadline_never_lowers(asked: Asked, days: int) -> None:
    assert impose(replace(asked, days_left=days)).total >= impose(replace(asked, days_left=None)).total


@given(asks, st.sampled_from(REDUCERS))
def test_p14_what_takes_away_never_raises(asked: Asked, name: str) -> None:
    without, having = replace(asked, **{name: False}), replace(asked, **{name: True})
    assert impose(having).total <= impose(without).total


@given(
    st.floats(0, 10),
    st.floats(0, 10),
    scores,
    scores,
    st.floats(0, 2),
    st.floats(0, 2),
    st.sampled_from(("en", "nb")),
)
def test_p15_w_rises_with_each_part(
    r1: float, r2: float, s1: float, s2: float, p1: float, p2: float, lang: str
) -> None:
    r1, r2 = sorted((r1, r2))
    near, far = Rapport(max(s1, s2), "warming"), Rapport(min(s1, s2), "warming")
    p1, p2 = sorted((p1, p2))
    assert weigh(r1, near, p1, lang).total <= weigh(r2, near, p1, lang).total
    assert weigh(r1, near, p1, lang).total <= weigh(r1, far, p1, lang).total
    assert weigh(r1, near, p1, lang).total <= weigh(r1, near, p2, lang).total


@given(st.floats(0, 10), scores, stages, st.floats(0, 2), st.sampled_from(("nb", "nn")))
def test_p16_norwegian_never_weighs_more(r: float, score: float, stage: str, say: float, lang: str) -> None:
    rapport = Rapport(score, stage, "close" if stage == "dormant" else "")
    assert weigh(r, rapport, say, lang).total <= weigh(r, rapport, say, "en").total


def test_p17_the_ceiling_rises_with_the_stage() -> None:
    bears = [ceiling(stage) for stage in ("unknown", "new", "warming", "established", "close")]
    assert bears == sorted(bears)
    dormant = [ceiling("dormant", was) for was in ("warming", "established", "close")]
    assert dormant == sorted(dormant)
    assert all(ceiling("dormant", was) <= ceiling(was) for was in ("warming", "established", "close"))


@given(asks)
def test_p18_an_ask_for_somebody_else_never_weighs_less(asked: Asked) -> None:
    mine, theirs = replace(asked, third_party=False), replace(asked, third_party=True)
    assert impose(theirs).total >= impose(mine).total
