"""Letters without an ask: short, harmless to our own reader, nothing in them without an entry behind it."""

import re
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.judge.bearing import bear
from askwell.judge.clauses import LEAST, MOST, Clause, Note, fact, plain
from askwell.judge.thanks import Help, foreign, sentence, thanks, told
from askwell.judge.wording import LANGUAGES
from askwell.ledger.history import MINE, THEIRS, Event, History
from askwell.ledger.person import Person
from askwell.text.read import read
from askwell.text.reading import ABOUTS

TODAY = date(2026, 5, 4)
KARI = Person("kari", "Kari Nordmann", ("kari@nordlys.example",))
SAID = {
    "en": ("got the job", "I was not chosen, but they want to see me again in autumn."),
    "nb": ("fikk jobben", "Jeg ble ikke valgt, men de vil se meg igjen til høsten."),
    "nn": ("fekk jobben", "Eg vart ikkje vald, men dei vil sjå meg att til hausten."),
}


def tables(lang: str) -> dict[str, Any]:
    file = resources.files("askwell.judge") / "letters" / "thanks" / f"{lang}.toml"
    return tomllib.loads(file.read_text("utf-8"))


def flat(table: dict[str, Any], above: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        found |= flat(value, f"{above}{key}.") if isinstance(value, dict) else {above + key: value}
    return found


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def past(days: int) -> datetime:
    return at(TODAY - timedelta(days=days))


def favour(days: int, about: str, number: int = 1) -> Event:
    return Event(past(days), "favour", THEIRS, "helped", f"said:{number}", about=about, favour=True, size=5.0)


def written(lang: str, *events: Event, who: str = "") -> Note:
    bearing = bear(History(KARI, events), TODAY)
    had = bearing.received[-1]
    return thanks(bearing, Help(had, who, had.event.source if who else ""), lang, "Ingrid Dahl")


def harmless(note: Note) -> None:
    reading = read(note.text, lang=note.lang)
    assert [one.id for one in reading.patterns] == []
    favours = {act.about for act in reading.asks if act.favour} - {"tip", "advice", "info", "other"}
    assert not favours, note.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_courtesy_has_no_room_for_a_fact(lang: str) -> None:
    for key, text in flat(tables(lang)["plain"]).items():
        assert not re.search(r"[{}\d]", text), key
        assert plain(lang, key).sources == ()


def test_the_languages_say_the_same_things() -> None:
    english = tables("en")
    holes = {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in flat(english["fact"]).items()}
    for lang in ("nb", "nn"):
        other = tables(lang)
        assert flat(other).keys() == flat(english).keys()
        found = {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in flat(other["fact"]).items()}
        assert found == holes


def test_a_fact_without_a_source_is_refused() -> None:
    with pytest.raises(ValueError, match="without a source"):
        fact("en", "told", ("",), outcome="I got the job.")
    assert fact("en", "told", ("said:3", "said:3"), outcome="I got it.").sources == ("said:3",)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("about", ABOUTS)
@pytest.mark.parametrize("days", [1, 40])
def test_thanks_for_any_help_are_short_and_harmless(lang: str, about: str, days: int) -> None:
    met = replace(favour(60, ""), kind="meeting", source="said:9")
    for events in ((favour(days, about),), (met, met, favour(days, about))):
        note = written(lang, *events)
        assert LEAST[lang] <= note.words <= MOST[lang], note.text
        assert note.text.count("!") <= 1
        assert note.text.count("?") <= 1
        harmless(note)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1])
def test_what_came_of_it_is_told_with_thanks_or_as_news(lang: str, number: int) -> None:
    led = Event(
        past(0), "outcome", MINE, SAID[lang][number], "said:7", of=(TODAY - timedelta(days=50)).isoformat()
    )
    bearing = bear(History(KARI, (favour(50, "referral"), led)), TODAY)
    had = Help(bearing.received[-1])
    for note in (told(bearing, had, led, lang, "Ingrid"), told(bearing, None, led, lang, "Ingrid")):
        assert LEAST[lang] - 12 <= note.words <= MOST[lang], note.text
        assert sentence(lang, SAID[lang][number]) in note.text
        harmless(note)


def test_an_introduction_is_thanked_for_by_name() -> None:
    intro = Event(past(2), "intro", THEIRS, "", "said:1", purpose="wind")
    note = written("en", intro, who="Ola Vik")
    assert "Thank you for introducing me to Ola Vik." in note.text
    assert note.clauses[0].sources == ("said:1",)


def test_a_next_small_step_is_asked_for_only_where_it_fits() -> None:
    met = replace(favour(60, ""), kind="meeting", by="both", source="said:9")
    fits = written("en", met, replace(met, at=past(30)), favour(2, "contact_detail"))
    assert fits.text.count("?") == 1
    assert "that is perfectly fine" in fits.text
    assert "?" not in written("en", met, favour(40, "contact_detail")).text
    assert "?" not in written("en", met, favour(2, "referral")).text
    waiting = Event(
        past(3), "ask", MINE, "could you", "m2", about="chat", favour=True, size=3, outcome="open"
    )
    assert "?" not in written("en", met, favour(2, "contact_detail"), waiting).text


def test_what_is_said_becomes_a_sentence() -> None:
    assert sentence("en", "got the job") == "I got the job."
    assert sentence("nb", "fikk jobben!") == "Jeg fikk jobben!"
    assert sentence("nn", "Det gjekk bra") == "Det gjekk bra."
    assert sentence("nb", "got the job") == "[got the job]"
    assert foreign("en", "Jeg fikk dessverre ikke jobben denne gangen")
    assert not foreign("nn", "fikk jobben")


KINDS = st.sampled_from(("favour", "ask", "intro", "thanks", "report_back", "outcome", "introduction_made"))


@st.composite
def histories(draw: st.DrawFn) -> History:
    events = []
    for number in range(draw(st.integers(1, 8))):
        kind = draw(KINDS)
        mine = kind in ("ask", "thanks", "report_back", "outcome")
        about = draw(st.sampled_from(ABOUTS)) if kind in ("favour", "ask") else ""
        outcome = draw(st.sampled_from(("granted", "partly", "open", "declined"))) if kind == "ask" else ""
        when = past(draw(st.integers(0, 400)))
        events.append(
            Event(
                when,
                kind,
                MINE if mine else THEIRS,
                draw(st.sampled_from(("got the job", "it helped", "yes, gladly"))),
                f"said:{number}" if draw(st.booleans()) else f"m{number}@x.example",
                about=about,
                favour=kind in ("favour", "ask"),
                size=draw(st.floats(0, 10)),
                outcome=outcome,
                closed=when if outcome in ("granted", "partly", "declined") else None,
            )
        )
    return History(KARI, tuple(sorted(events, key=lambda one: one.at)))


@settings(max_examples=150, deadline=None)
@given(histories(), st.sampled_from(LANGUAGES))
def test_no_letter_states_what_no_entry_says(history: History, lang: str) -> None:
    bearing = bear(history, TODAY)
    courtesies = set(flat(tables(lang)["plain"]).values())
    known = {one.source: one for one in history.events}
    for had in bearing.received:
        notes = [thanks(bearing, Help(had), lang, "Ingrid")]
        notes += [told(bearing, Help(had), had.led, lang, "Ingrid")] if had.led else []
        for note in notes:
            assert note.words <= MOST[lang]
            for clause in note.clauses:
                grounded(clause, courtesies, known, lang)


def grounded(clause: Clause, courtesies: set[str], known: dict[str, Event], lang: str) -> None:
    """A clause is a courtesy word for word, or names entries whose words and months it has."""
    if not clause.sources:
        assert clause.text in courtesies
        return
    entries = [known[source] for source in clause.sources]
    months = [one for one in tables_of_months(lang) if re.search(rf"\bi?n? {one}\b", clause.text)]
    days = {(one.closed or one.at).month for one in entries}
    assert all(tables_of_months(lang).index(name) + 1 in days for name in months), clause
    if "got the job" in clause.text:
        assert any(one.text == "got the job" for one in entries)


def tables_of_months(lang: str) -> list[str]:
    file = resources.files("askwell.judge") / "words" / f"{lang}.toml"
    months = tomllib.loads(file.read_text("utf-8"))["months"]
    assert isinstance(months, list)
    return months
