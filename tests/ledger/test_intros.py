"""Introductions as a life: steps of a story, consents, what they turned into, and each side's history."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from askwell.ledger.entries import Said
from askwell.ledger.intros import STAGES, STATES, STEP_OF, Intro, Step, folded, life
from askwell.ledger.story import NOON, parse, write

PEOPLE = """
me Ingrid Dahl <ingrid@example.no>
person kari "Kari Nordmann" <kari@nordlys.example>
person siv "Siv Bakke" <siv@fjord.example>
person ola "Ola Vik" <ola@havvind.example>
"""


def told(lines: str) -> tuple[Said, ...]:
    return tuple(one for one in parse(PEOPLE + lines).entries if isinstance(one, Said))


def only(lines: str) -> Intro:
    (found,) = life(told(lines))
    return found


WHOLE = """
2026-03-01 intro me: siv <-> kari state=proposed for=siv purpose="learn about her work"
2026-03-02 intro me: siv <-> kari state=asked side=kari
2026-03-03 intro me: siv <-> kari state=agreed side=kari
2026-03-04 intro me: siv <-> kari
2026-03-10 intro me: siv <-> kari state=met
2026-03-12 intro me: siv <-> kari state=told actually="asked for a job"
"""


def test_one_introduction_goes_through_its_stages() -> None:
    lines = WHOLE.strip().split("\n")
    stages = [only("\n".join(lines[: n + 1])).stage for n in range(len(lines))]
    assert stages == ["proposed", "asked_one", "asked_one", "made", "met", "told"]


def test_both_consents_are_known() -> None:
    assert {end: only(WHOLE).consent(end) for end in ("siv", "kari")} == {"siv": "yes", "kari": "yes"}
    asked = only("\n".join(WHOLE.strip().split("\n")[:2]))
    assert asked.consent("kari") == "asked"
    both = only("2026-03-01 intro me: siv <-> kari consent=both")
    assert (both.consent("siv"), both.consent("kari"), both.stage) == ("yes", "yes", "made")


def test_what_it_turned_into_is_kept_with_who_was_burned() -> None:
    found = only(WHOLE)
    assert found.turned and found.burned == ("kari",)
    assert found.turned_at is not None and found.turned_at.day == date(2026, 3, 12)
    same = only('2026-03-01 intro me: siv <-> kari purpose="A talk" actually="a  talk"')
    assert not same.turned and same.burned == ()


def test_a_no_ends_it_and_a_new_wish_begins_another() -> None:
    ended = WHOLE.replace("state=agreed", "state=declined").split("2026-03-04")[0]
    assert only(ended).stage == "declined"
    again = ended + "2026-06-01 intro me: siv <-> kari state=proposed for=siv\n"
    assert [one.stage for one in life(told(again))] == ["declined", "proposed"]


def test_others_introduce_too_and_apart() -> None:
    lines = "2026-03-01 intro kari: me <-> ola\n2026-03-02 intro siv: me <-> ola\n"
    assert [one.by for one in life(told(lines))] == ["kari", "siv"]


def test_each_sides_history_has_one_entry_of_it_and_the_ask_of_the_other() -> None:
    kinds = {end: [one.kind for one in folded(told(WHOLE), end)] for end in ("siv", "kari")}
    assert kinds == {"siv": ["intro"], "kari": ["ask", "intro"]}
    ask = folded(told(WHOLE), "kari")[0]
    assert dict(ask.more) == {"for": "third_party", "outcome": "granted", STEP_OF: "intro"}
    made = folded(told(WHOLE), "siv")[0]
    assert made.at.date() == date(2026, 3, 4) and dict(made.more)["actually"] == "asked for a job"
    only_proposed = told(WHOLE.strip().split("\n")[0])
    assert folded(only_proposed, "siv") == ()


def test_a_step_that_was_read_fills_what_was_not_noted_and_never_wins() -> None:
    noted = told("2026-03-01 intro me: siv <-> kari state=proposed for=siv purpose=work\n")
    at = noted[0].at
    read = Intro("me", "kari", "siv", purpose="x", steps=(Step(at, "made", "", "w", "m1", read=True),))
    (found,) = life(noted, (read,))
    assert (found.stage, found.purpose) == ("made", "work")


def test_an_introduction_whose_other_side_was_forgotten_can_still_be_read() -> None:
    story = parse(PEOPLE + "2026-03-01 intro me: siv state=proposed\n")
    assert life(one for one in story.entries if isinstance(one, Said)) == ()
    assert parse(write(story)) == story


steps = st.builds(
    Said,
    st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(lambda day: datetime.combine(day, NOON)),
    st.just("intro"),
    st.sampled_from(["me", "kari"]),
    st.sampled_from([("siv", "kari"), ("kari", "siv"), ("siv", "ola"), ("siv",)]),
    more=st.builds(
        lambda state, side: (("side", side), ("state", state)),
        st.sampled_from(STATES),
        st.sampled_from(["siv", "kari", "x"]),
    ),
)


@given(st.lists(steps, max_size=12))
def test_any_steps_make_lives_with_a_stage_and_nothing_lost(entries: list[Said]) -> None:
    found = life(entries)
    assert all(one.stage in STAGES and one.steps for one in found)
    assert sum(len(one.steps) for one in found) == sum(len(one.to) == 2 for one in entries)
