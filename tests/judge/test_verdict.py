"""The judge as a whole: several people, nobody known, personal contacts, offers, evidence, speed."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.judge.case import Case
from askwell.judge.examples import history_of, reading_of
from askwell.judge.packs import Rules
from askwell.judge.verdict import judge
from askwell.ledger.history import Event, History
from askwell.ledger.person import Person, Profile
from askwell.text.reading import ABOUTS, PATTERNS, Reading
from judge.golden import TODAY, story

REFERRAL = "Could you refer me for the analyst role?"


def case(draft: str, read: list[str], *names: str, lang: str = "en") -> Case:
    return Case(draft, reading_of(draft, lang, read), tuple(story(name) for name in names), TODAY, lang=lang)


def renamed(name: str, first: str) -> History:
    known = story(name)
    return History(replace(known.person, key=first.lower(), name=f"{first} Hansen"), known.events)


def test_of_several_people_the_strictest_counts_and_is_named() -> None:
    draft = case(REFERRAL, ["ask referral"])
    draft = replace(draft, to=(renamed("established", "Liv"), renamed("met_once", "Ola")))
    found = judge(draft)
    assert found.verdict == "wait"
    assert "Ola" in found.summary and "(Liv would be fine.)" in found.summary
    assert [one.name for one in found.to] == ["Liv Hansen", "Ola Hansen"]


def test_if_it_goes_for_all_it_says_so() -> None:
    draft = case(REFERRAL, ["ask referral"], lang="nb")
    draft = replace(draft, to=(renamed("met_once", "Liv"), renamed("met_once", "Ola")))
    assert judge(draft).summary.endswith("(Det samme gjelder Ola.)")


def test_without_a_known_person_only_words_are_judged_and_that_is_said() -> None:
    found = judge(case("Would you have time for a chat?", ["ask chat", "positive one_specific_ask"]))
    assert (found.verdict, found.to) == ("send", ())
    assert "Nothing is known of any earlier contact" in found.summary
    big = judge(case("Can you get me a job?", ["ask job"]))
    assert big.verdict == "soften" and "the recipient" in big.summary
    harmful = judge(case("Can you get my son a job?", ["ask job third_party", "pattern third_party_ask"]))
    assert harmful.verdict == "dont"


def test_somebody_in_the_ledger_without_any_contact_is_a_stranger() -> None:
    stranger = History(Person("a@b.example", "a@b.example", ("a@b.example",)))
    found = judge(replace(case(REFERRAL, ["ask referral"]), to=(stranger,)))
    assert found.verdict == "wait"
    assert found.rewrite and found.rewrite.startswith("Hi,\n")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_personal_contact_is_never_stopped_nor_coached(pattern: str) -> None:
    found = judge(case("Kan du ordne det?", ["ask job", f"pattern {pattern}"], "personal", lang="nb"))
    assert found.verdict in ("send", "soften")
    assert found.rewrite is None and not found.first


def test_whom_one_knows_at_a_party_is_small_talk() -> None:
    for draft in ("Who do you know that's coming on Saturday?", "Hvem kjenner du på festen?"):
        assert judge(case(draft, [], "met_once")).verdict == "send"
    assert judge(case("Who do you know at Telenor?", [], "met_once")).verdict == "dont"


def test_a_rule_that_is_switched_off_is_silent() -> None:
    draft = case("Who else do you know?", ["ask open_introduction", "pattern contact_fishing"], "established")
    before = [one.id for one in judge(draft, most=0).findings]
    assert "en/fishing/whom-do-you-know" in before
    off = replace(draft, off=frozenset({"en/fishing/whom-do-you-know", "record/thanks-overdue"}))
    assert "en/fishing/whom-do-you-know" not in [one.id for one in judge(off, most=0).findings]


def test_a_pattern_that_is_doubtful_weighs_less() -> None:
    read = ["ask specific_introduction third_party", "pattern third_party_ask"]
    sure = case("Can you introduce my son to Liv?", read, "established")
    doubtful = tuple(replace(one, confidence=0.4) for one in sure.reading.patterns)
    unsure = replace(sure, reading=replace(sure.reading, patterns=doubtful))
    assert (judge(sure).verdict, judge(unsure).verdict) == ("dont", "soften")


@pytest.mark.parametrize(("confidence", "level"), [(0.45, None), (0.6, "soften"), (0.8, "stop")])
def test_a_favour_for_a_friend_on_an_ask_for_oneself_is_doubted(confidence: float, level: str | None) -> None:
    draft = case("Could you hand in my CV?", ["ask forward_cv", "pattern third_party_ask"], "established")
    patterns = tuple(replace(one, confidence=confidence) for one in draft.reading.patterns)
    found = judge(replace(draft, reading=replace(draft.reading, patterns=patterns)), most=0).findings
    assert next((one.level for one in found if one.pattern == "third_party_ask"), None) == level


def test_a_draft_that_speaks_of_a_no_comes_back_to_it() -> None:
    told = case("Du sa nei sist. Kan du tenke deg om?", ["ask other"], "said_no", lang="nb")
    untold = case("Kan du tenke deg om?", ["ask other"], "said_no", lang="nb")
    assert (judge(told).verdict, judge(untold).verdict) == ("dont", "send")
    assert "Takk for at du var ærlig sist." in (judge(told).rewrite or "")


def test_evidence_quotes_what_is_on_record() -> None:
    found = judge(case(REFERRAL, ["ask referral"], "intro_unthanked"))
    evidence = found.findings[0].evidence[0]
    assert found.findings[0].id == "record/thanks-overdue"
    assert (evidence.date.isoformat(), evidence.quote) == ("2026-10-26", "introduced me to Ola Berg")
    assert evidence.source.startswith("said:")
    assert evidence.what == "Kari helped: the introduction"


def test_a_long_quote_is_cut_at_a_word() -> None:
    long = "one two three four five six seven eight nine ten " * 8
    told = f'person kari "Kari" <k@n.example> floor=warming\n2026-11-22  ask  me -> kari  chat  "{long}"'
    found = judge(replace(case("Any news?", ["nudge"]), to=(history_of(told),)))
    quote = found.findings[0].evidence[0].quote
    assert len(quote) <= 160 and quote.endswith("…") and not quote.endswith(" …")


def test_first_comes_thanks_with_a_letter_in_the_language_of_the_draft() -> None:
    draft = case("Kunne du anbefalt meg?", ["ask referral"], "intro_unthanked", lang="nb")
    found = judge(replace(draft, lang="en"))
    assert [step.do for step in found.first][:2] == ["thank", "report_back"]
    assert found.first[0].about == "the introduction on 26 October"
    assert "Jeg ville takke deg for introduksjonen" in found.first[0].draft


def test_an_offer_that_is_on_the_profile_is_the_step() -> None:
    day = datetime(2026, 8, 1, tzinfo=UTC)
    helped = Event(day, "ask", "me", "?", "said:x", "advice", favour=True, size=2, outcome="answered")
    told = (*story("established").events, helped)
    draft = replace(case(REFERRAL, ["ask referral"]), to=(History(story("established").person, told),))
    found = judge(replace(draft, profile=Profile(offers=("a tour of the lab",))))
    assert [(step.do, step.about) for step in found.first] == [("offer", "a tour of the lab")]


def test_the_components_stand_behind_why() -> None:
    parts = dict(judge(case(REFERRAL, ["ask referral"], "met_once")).weight)
    assert parts["imposition"] == 7.0 and parts["most_it_bears"] == 3.0
    assert parts["weight"] == pytest.approx(
        parts["distance"] + parts["power"] + parts["imposition"], abs=0.11
    )
    assert parts["rapport"] == 23.6


def test_json_has_the_schema() -> None:
    found = judge(case(REFERRAL, ["ask referral"], "met_once")).to_json()
    assert json.loads(json.dumps(found)) == found
    assert found["schema"] == "askwell.verdict/1"


def test_a_warm_judge_is_quick() -> None:
    """Under 5 ms for a person with 200 events on a quiet machine, ten times that here."""
    person = story("established").person
    start = datetime(2025, 1, 1, 12, tzinfo=UTC)
    events = tuple(
        Event(start + timedelta(days=3 * n), kind, by, "some words " * 10, f"<{n}@x>", words=20)
        for n in range(100)
        for kind, by in (("message", "me" if n % 2 else "them"), ("thanks", "me"))
    )
    draft = replace(case(REFERRAL, ["ask referral"]), to=(History(person, events),))
    judge(draft)
    times = []
    for _ in range(5):
        before = time.process_time()
        judge(draft)
        times.append(time.process_time() - before)
    assert min(times) < 0.05


def test_a_reminder_of_something_else_does_not_press_on_an_open_ask() -> None:
    told = 'person kari "Kari" <k@n.example> floor=warming\n2026-11-22  ask  me -> kari  chat  "a chat?"'
    history = history_of(told)
    asked = tuple(replace(one, subject="A chat about wind") for one in history.events)
    nudge = replace(case("Any news?", ["nudge"]), to=(History(history.person, asked),))
    assert judge(replace(nudge, subject="Re: A chat about wind")).verdict == "wait"
    assert judge(replace(nudge, subject="SV: Contract for 2027")).verdict == "send"
    assert judge(nudge).verdict == "wait"


def test_all_rules_load_in_no_time() -> None:
    """15 ms on a quiet machine, twenty times that here."""
    from askwell.judge import packs

    times = []
    for _ in range(5):
        packs._builtin.cache_clear()
        packs._ids.cache_clear()
        before = time.process_time()
        assert all(Rules().get(id) for id in Rules().ids())
        times.append(time.process_time() - before)
    assert min(times) < 0.3


lines = st.lists(
    st.one_of(
        st.sampled_from(ABOUTS).map(lambda about: f"ask {about}"),
        st.sampled_from(ABOUTS).map(lambda about: f"ask {about} third_party"),
        st.sampled_from(PATTERNS).map(lambda pattern: f"pattern {pattern}"),
        st.sampled_from(("nudge", "thanks", "positive easy_out", "positive offer", "ask info routine")),
    ),
    max_size=5,
)
stories = st.sampled_from(
    (
        "nobody",
        "met_once",
        "warming",
        "close",
        "dormant",
        "intro_unthanked",
        "open_nudged",
        "said_no",
        "personal",
    )
)


@given(st.text(max_size=300), lines, stories, st.sampled_from(("en", "nb", "nn")))
def test_whatever_is_written_the_judge_answers(draft: str, read: list[str], name: str, lang: str) -> None:
    found = judge(case(draft, read, name, lang=lang))
    assert found.summary and len(found.findings) <= 3
    if found.verdict == "send":
        assert found.rewrite is None
    if not any(line.startswith(("ask", "nudge", "pattern")) for line in read) and name != "open_nudged":
        assert (found.verdict, found.findings) == ("send", ())


@given(st.text(max_size=200), stories)
def test_p31_h6_without_an_ask_never_a_warning(draft: str, name: str) -> None:
    silent = Case(draft, Reading("en"), (replace_open(story(name)),), TODAY)
    assert judge(silent, Rules()).verdict == "send"


def replace_open(history: History) -> History:
    """Without open asks: while one is open, words of reminding are an ask."""
    return History(history.person, tuple(one for one in history.events if one.kind != "ask"))
