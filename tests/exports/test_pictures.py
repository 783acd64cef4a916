"""Pictures: well-formed whatever the names, the same bytes each time, few marks, nothing that a strict page
forbids, and what can be seen stands in the table too."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.exports.pictures import answers, network, rhythm, timeline, years
from askwell.exports.pictures.drawing import figure, plain
from askwell.exports.pictures.picture import Picture, style, together
from askwell.exports.pictures.timescale import timescale
from askwell.ledger.history import Event, History
from askwell.ledger.person import STAGES, Person
from askwell.words import set_language

TODAY = date(2026, 5, 4)
SVG = "{http://www.w3.org/2000/svg}"
MOST_MARKS = 1200
KARI = Person("kari", "Kari Nordmann")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    set_language("en")


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC)


def ask(day: str, by: str = "me", **more: object) -> Event:
    return Event(at(day), "ask", by, about="chat", favour=True, size=3.0, outcome="open", **more)  # type: ignore[arg-type]


HISTORY = History(
    KARI,
    (
        Event(at("2026-01-20"), "message", "me", words=50),
        Event(at("2026-01-22"), "message", "them", words=50),
        Event(at("2026-02-01"), "meeting", "both", text="coffee"),
        Event(at("2026-03-01"), "favour", "them", about="contact_detail", favour=True, source="said:1"),
        ask("2026-04-20"),
    ),
)


def every(name: str = "Kari", today: date = TODAY, history: History = HISTORY) -> list[Picture]:
    person = Person("kari", name)
    told = History(person, history.events)
    people = [network.Known(person, "warming"), network.Known(Person("ola", "Ola " + name), "new")]
    made = [network.Introduction(TODAY, "kari", "me", "ola", name)]
    asked = tuple((one.at.date(), one.size) for one in history.of("ask"))
    return [
        timeline.timeline(told, today),
        rhythm.rhythm(told, today),
        network.network(people, made),
        years.years(years.Years(asked, (TODAY,), (TODAY,)), today),
        answers.answers((0.01, 2.0, 400.0), (1.0,)),
        answers.kinds((answers.Kind("chat", 3, 2, 1),), lambda _: name),
    ]


def parsed(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.alone())


@given(st.text(max_size=300))
def test_no_name_breaks_out_of_a_picture(name: str) -> None:
    whole = ElementTree.fromstring(together(name, every(name)))
    tags = {one.tag.removeprefix(SVG) for one in whole.iter()}
    assert tags <= {
        "svg",
        "title",
        "desc",
        "style",
        "g",
        "rect",
        "line",
        "circle",
        "text",
        "polygon",
        "polyline",
        "path",
    }
    assert all(
        "style" not in one.attrib and not any(a.startswith("on") for a in one.attrib) for one in whole.iter()
    )


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "a\u202eb\u0000c", "\ud800", "x" * 100_000, "\"&<>'", "\ufffe\uffff"],
)
def test_hostile_names_are_words(name: str) -> None:
    for one in every(name):
        ElementTree.fromstring(one.alone())
        assert "<script" not in one.inline()
        assert len(one.inline()) < 60_000


def test_a_picture_says_what_it_shows() -> None:
    for one in every():
        svg = ElementTree.fromstring(one.inline())
        assert svg.get("role") == "img"
        labels = svg.get("aria-labelledby", "").split()
        found = {e.get("id"): e.text for e in svg if e.tag in ("title", "desc")}
        assert [bool(found[label]) for label in labels] == [True, True]
        assert one.table.rows
        assert {len(row) for row in one.table.rows} == {len(one.table.head)}


def test_a_part_of_a_page_brings_no_style_of_its_own() -> None:
    for one in every():
        assert not re.search(r"<style|style=|<script|href", one.inline())


def test_a_file_stands_alone() -> None:
    file = together("All", every())
    assert "prefers-color-scheme: dark" in file
    assert not re.search(r"url\(|href|@import|src=", file)
    classes = set(re.findall(r'class="([^"]+)"', file))
    used = {part for one in classes for part in one.split()} - {
        "alone",
        "axis",
        "label",
        "name",
        "still",
        "count",
    }
    assert {one for one in used if f".{one}" not in style()} == set()


def test_the_same_values_give_the_same_bytes() -> None:
    assert [one.alone() for one in every()] == [one.alone() for one in every()]


def test_a_long_history_has_few_marks() -> None:
    start = datetime(1998, 1, 1, 9, tzinfo=UTC)
    sides = ("me", "them")
    kinds = ("message", "ask", "thanks", "meeting")
    events = tuple(
        Event(
            start + timedelta(hours=5 * n),
            kinds[n % 4],
            sides[n % 2] if n % 4 != 3 else "both",
            about="chat",
            favour=True,
            size=3.0,
            outcome="answered",
            closed=start + timedelta(hours=5 * n + 30),
        )
        for n in range(40_000)
    )
    for one in every(history=History(KARI, events)):
        assert len(list(parsed(one).iter())) < MOST_MARKS
        assert len(one.inline()) < 200_000
        assert len(one.table.rows) <= 400


def test_what_comes_after_today_is_not_shown() -> None:
    later = History(KARI, (*HISTORY.events, ask("2027-01-01")))
    assert timeline.timeline(later, TODAY).inline() == timeline.timeline(HISTORY, TODAY).inline()


def test_an_empty_history_is_said_kindly() -> None:
    empty = History(KARI)
    assert timeline.timeline(empty, TODAY).description.startswith("Nothing has passed")
    assert rhythm.rhythm(empty, TODAY).description.startswith("Nothing has passed")
    assert years.years(years.Years(), TODAY).description == "No favour that you asked for is known."
    assert network.network((), ()).description == "Nobody yet."
    for one in (timeline.timeline(empty, TODAY), rhythm.rhythm(empty, TODAY), network.network((), ())):
        parsed(one)


def test_an_open_ask_is_hollow_and_its_line_reaches_today() -> None:
    drawn = timeline.timeline(HISTORY, TODAY)
    assert "still" in drawn.marks
    assert ("2026-04-20", "You asked", "chat: open") in drawn.table.rows
    settled = tuple(
        e if e.kind != "ask" else Event(**{**_fields(e), "outcome": "granted", "closed": at("2026-04-22")})
        for e in HISTORY.events
    )
    assert "still" not in timeline.timeline(History(KARI, settled), TODAY).marks


def _fields(event: Event) -> dict[str, object]:
    return {name: getattr(event, name) for name in Event.__dataclass_fields__}


def test_help_is_hollow_until_it_is_thanked_for() -> None:
    assert "theirs hollow" in timeline.timeline(HISTORY, TODAY).marks
    thanked = History(KARI, (*HISTORY.events, Event(at("2026-05-01"), "thanks", "me")))
    assert "theirs hollow" not in timeline.timeline(thanked, TODAY).marks


def test_the_rhythm_says_how_long_it_is_now() -> None:
    assert rhythm.rhythm(HISTORY, TODAY).description.endswith("Now it is 92 days.")


def test_the_network_names_those_of_introductions_first_and_counts_the_rest() -> None:
    many = [network.Known(Person(f"p{n:03}", f"Person {n:03}"), "new") for n in range(500)]
    made = [
        network.Introduction(TODAY, "p499", "me", "p498"),
        network.Introduction(TODAY, "me", "p497", "p000"),
    ]
    drawn = network.network(many, made)
    assert "Person 499" in drawn.marks
    assert "Person 250" not in drawn.marks
    assert f"and {500 - network.MOST_NAMES} more" in drawn.marks
    assert len(re.findall(r'class="tie', drawn.marks)) == 2
    assert len(drawn.table.rows) == 3


def test_an_introduction_to_a_stranger_stands_in_the_table() -> None:
    drawn = network.network(
        [network.Known(KARI, "new")], [network.Introduction(TODAY, "kari", "me", "x@elsewhere.example")]
    )
    assert 'class="tie' not in drawn.marks
    assert "Kari Nordmann introduced you and x@elsewhere.example" in {row[1] for row in drawn.table.rows}


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_a_column(stage: str) -> None:
    assert "Kari" in network.network([network.Known(KARI, stage)], ()).marks


@pytest.mark.parametrize(("days", "named"), [(100, "2026-05"), (1000, "quarter"), (4000, "2026")])
def test_years_are_quarters_or_months_where_there_are_few(days: int, named: str) -> None:
    first = TODAY - timedelta(days=days)
    drawn = years.years(years.Years(((first, 2.0), (TODAY, 9.0))), TODAY)
    assert named in drawn.table.rows[-1][0]
    assert drawn.table.rows[-1][1:4] == ("0", "0", "1")


@given(st.lists(st.floats(0, 1000)))
def test_every_wait_falls_into_one_class(days: list[float]) -> None:
    assert sum(answers.counted(days)) == len(days)


@given(st.dates(date(1700, 1, 1), date(2099, 1, 1)), st.dates(date(1970, 6, 1), date(2099, 12, 31)))
def test_an_axis_has_few_marks_on_it(first: date, today: date) -> None:
    scale = timescale(min(first, today), today, 10, 500)
    marks = list(scale.marks())
    assert len(marks) <= 20
    assert all(10 <= scale.at(day) <= 500 for day, _ in marks)


def test_an_axis_of_a_working_life_can_be_read() -> None:
    for days in (60, 200, 400, 1000, 3000, 8000, 15000):
        scale = timescale(TODAY - timedelta(days=days), TODAY, 10, 500)
        assert 2 <= len(list(scale.marks())) <= 9, days


def test_plain_words_and_figures() -> None:
    assert plain("a\u202e\n b\x00") == "a b"
    assert plain("abcdef", 4) == "abc…"
    assert [figure(n) for n in (-0.01, 3.0, 2.25, -1.5)] == ["0", "3", "2.2", "-1.5"]


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_pictures_speak_the_readers_language(language: str) -> None:
    set_language(language)
    assert "Du" in timeline.timeline(HISTORY, TODAY).marks
