"""The letters of triage and of introductions: no harm, no invented fact, short, alike in three languages."""

import itertools
import re
import time
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import resources

import pytest

from askwell.judge.clauses import LEAST, MOST, Note
from askwell.judge.introducing import Sides, apology, blurb_cautions, cautions, forward, made
from askwell.judge.meant import meant
from askwell.judge.triage import Request, replies
from askwell.ledger.intros import Intro, Step
from askwell.ledger.person import Person
from askwell.text.read import read

LANGUAGES = ("en", "nb", "nn")
UNSAYABLE = re.compile(r"\b(?:owes?|debt|skylder|skuldar|gjeld|saldo|balance|pipeline|leads?)\b")
SIV = Person("siv", "Siv Bakke", ("siv@fjord.example",), org="Fjord kommune")
KARI = Person("kari", "Kari Nordmann", ("kari@nordlys.example",), org="Nordlys", title="Head of Data")
OLA = Person("ola", "Ola Vik", ("ola@havvind.example",), tags=("boss",), say=2.0)
PURPOSE = {"en": "learn about her work", "nb": "lære om arbeidet hennes", "nn": "lære om arbeidet hennar"}
QUESTION = {
    "en": "How does a wind farm find out which sensor is wrong?",
    "nb": "Hvordan finner en vindpark ut hvilken sensor som viser feil?",
    "nn": "Korleis finn ein vindpark ut kva for ein sensor som viser feil?",
}


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 12, tzinfo=UTC)


def intro(lang: str, **more: str) -> Intro:
    steps = (
        Step(at(1), "proposed", "", "", "said:1"),
        Step(at(2), "asked", "kari", "", "said:2"),
        Step(at(3), "agreed", "kari", "", "m3", read=True),
        Step(at(4), "made", "", "", "said:4"),
        Step(at(9), "told", "", "", "said:9"),
    )
    return Intro("me", "siv", "kari", "siv", "siv", purpose=PURPOSE[lang], steps=steps, **more)


def answers(lang: str) -> Iterator[tuple[Note, Request]]:
    for whom, friend, named, question, blurb in itertools.product(
        ("sender", "third_party"), ("", "Leo"), ("", "Kari"), ("", QUESTION[lang]), ("", "x")
    ):
        request = Request(
            *("m1", date(2026, 3, 1), "A question", lang, SIV, whom, "clear", "q"),
            friend=friend if whom == "third_party" else "",
            named=named,
            question=question,
            blurb=blurb,
        )
        yield from ((note, request) for note in replies(request, "Ingrid Dahl"))


def steps_letters(lang: str) -> Iterator[Note]:
    sides = Sides(SIV, KARI)
    for vouched in (("", ""), ("yes", "said:7"), ("no", "said:7")):
        yield forward(intro(lang), sides, "Ingrid Dahl", lang, vouched)
        yield forward(
            Intro("me", "siv", "kari", steps=intro(lang).steps), sides, "Ingrid Dahl", lang, vouched
        )
    yield made(intro(lang), sides, "Ingrid Dahl", lang)
    for purpose in (intro(lang), Intro("me", "siv", "kari", actually="x", steps=intro(lang).steps)):
        yield apology(purpose, sides, "Ingrid Dahl", lang, date(2026, 3, 12))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_are_short_harmless_and_rest_on_the_mail(lang: str) -> None:
    for note, request in answers(lang):
        assert LEAST[lang] <= note.words <= MOST[lang], note.text
        assert not read(note.text, lang=lang).patterns, note.text
        assert {source for clause in note.clauses for source in clause.sources} <= {"m1"}
        for clause in note.clauses:
            named = any(
                one and one in clause.text for one in (request.friend, request.named, request.question)
            )
            assert not named or clause.sources == ("m1",), clause


@pytest.mark.parametrize("lang", LANGUAGES)
def test_letters_of_the_steps_are_short_harmless_and_name_their_sources(lang: str) -> None:
    for note in steps_letters(lang):
        assert LEAST[lang] <= note.words < 120 and note.subject == "Siv Bakke / Kari Nordmann"
        assert not read(note.text, lang=lang).patterns, note.text
        for clause in note.clauses:
            facts = any(one in clause.text for one in ("Siv Bakke", PURPOSE[lang], "March", "mars"))
            assert not facts or clause.sources, clause


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_apology_asks_for_nothing(lang: str) -> None:
    for note in steps_letters(lang):
        if note.do == "apology":
            assert not any(act.act in ("ask", "nudge") for act in read(note.text, lang=lang).acts), note.text


def keys(table: dict[str, object], above: str = "") -> set[str]:
    found: set[str] = set()
    for name, value in table.items():
        found |= keys(value, f"{above}{name}.") if isinstance(value, dict) else {above + name}
    return found


def test_the_three_languages_have_the_same_sentences_with_the_same_holes() -> None:
    root = resources.files("askwell.judge") / "requests"
    tables = {lang: tomllib.loads((root / f"{lang}.toml").read_text("utf-8")) for lang in LANGUAGES}
    assert keys(tables["en"]) == keys(tables["nb"]) == keys(tables["nn"])

    def holes(table: dict[str, object], key: str) -> set[str]:
        value: object = table
        for part in key.split("."):
            assert isinstance(value, dict)
            value = value[part]
        return set(re.findall(r"\{(\w+)\}", str(value)))

    for key in keys(tables["en"]):
        assert holes(tables["en"], key) == holes(tables["nb"], key) == holes(tables["nn"], key), key
        for lang in LANGUAGES:
            value: object = tables[lang]
            for part in key.split("."):
                value = value[part]  # type: ignore[index]
            assert not re.search(
                r"\b(?:owes?|debt|skylder|gjeld|saldo|balance|pipeline|leads?)\b", str(value)
            )


@pytest.mark.parametrize(
    ("text", "target", "found"),
    [
        ("Could you introduce me to Kari Nordmann?", "Kari Nordmann", ["kari"]),
        ("Could you introduce me to Kari?", "Kari", ["kari"]),
        ("Do you know somebody at Nordlys?", "Nordlys", ["kari"]),
        ("Could you pass it on to the Head of Data?", "Head of Data", ["kari"]),
        ("Kan du spørre sjefen din?", "sjefen din", ["ola"]),
        ("Write to ola@havvind.example for me, please.", "", ["ola"]),
        ("Could you introduce me to Petra?", "Petra", []),
        ("I was in Karibia and it rained.", "", []),
        ("", "", []),
    ],
)
def test_whom_a_mail_means(text: str, target: str, found: list[str]) -> None:
    got = meant(text, target, (0, len(text)), (SIV, KARI, OLA), ("siv",))
    assert [one.key for one in got] == found


def test_cautions_before_an_ask() -> None:
    def wish(number: int, by: str = "me", other: str = "kari", **more: str) -> Intro:
        steps = (
            Step(at(number), "proposed", "", "", f"p{number}"),
            Step(at(number), "asked", other, "", f"a{number}"),
        )
        return Intro(by, "siv" if by == "me" else "me", other, steps=steps, **more)

    today = date(2026, 3, 20)
    one = wish(20)
    told = list(cautions(one, "kari", [wish(1), wish(2), one], today, "en", "Kari"))
    assert [each.id for each in told] == ["enough", "chasing"]
    assert {proof.source for proof in told[0].evidence} == {"a1", "a2"}
    ways = list(cautions(wish(20, "tom", "ola"), "tom", [wish(3, "liv", "ola")], today, "nb", "Tom"))
    assert [each.id for each in ways] == ["other_way"]
    burned = Intro("me", "siv", "kari", "siv", purpose="a", actually="b", steps=intro("en").steps)
    assert "burned" in {each.id for each in cautions(wish(19), "kari", [burned], today, "nn", "Kari")}
    assert [one.id for one in blurb_cautions("word " * 130, 2, "en")] == ["text_long", "text_asks"]
    assert list(blurb_cautions("A few lines.", 1, "en")) == []


def test_a_long_mail_and_many_people_are_looked_through_at_once() -> None:
    people = [
        Person(f"p{n}", f"Per{n} Moe{n}", (f"p{n}@firm{n}.example",), org=f"Firm {n}") for n in range(5000)
    ]
    start = time.process_time()
    assert meant("a word, " * 100_000, "a", (0, 4), people) == ()
    assert time.process_time() - start < 15
