"""Letters instead: MODEL.md 3.8 and properties P31 to P38 as far as they concern the judge.

The drafts are read by hand (tests/golden/drafts.toml), the letters by the real reader.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest

from askwell.judge.asking import weigh_up
from askwell.judge.bearing import bear
from askwell.judge.case import Case
from askwell.judge.compose import HARM
from askwell.judge.examples import reading_of
from askwell.judge.imposition import impose
from askwell.judge.verdict import judge
from askwell.ledger.person import Profile
from askwell.text.read import read
from judge.golden import TODAY, case_of, cases, story

DRAFTS = cases("drafts")
IDS = [one["id"] for one in DRAFTS]
OF_NB = {"jeg", "ikke", "noe", "hva", "hvem", "hvordan", "hvor", "fra", "en", "et", "dere"}
OF_NN = {"eg", "ikkje", "noko", "kva", "kven", "korleis", "kvar", "frå", "ein", "eit", "dykk"}


@lru_cache(maxsize=128)
def letter(id: str) -> str | None:
    one = next(one for one in DRAFTS if one["id"] == id)
    return judge(case_of(one)).rewrite


def read_again(text: str, one: dict[str, Any]) -> Case:
    return replace(case_of(one), draft=text, reading=read(text, lang=one["lang"], on=TODAY))


each_draft = pytest.mark.parametrize("one", DRAFTS, ids=IDS)


@each_draft
def test_there_is_a_letter_and_it_is_no_longer_than_needed(one: dict[str, Any]) -> None:
    text = letter(one["id"])
    assert text
    words = text.split()
    assert 20 <= len(words) <= (125 if one["lang"] == "en" else 110)
    assert text.count("?") <= 2 and text.count("!") <= 2
    assert "{" not in text and ".." not in text and " ." not in text and "  " not in text


@each_draft
def test_nothing_harmful_is_read_in_it(one: dict[str, Any]) -> None:
    text = letter(one["id"])
    assert text
    assert [found.id for found in read(text, lang=one["lang"]).patterns if found.id in HARM] == []


@each_draft
def test_p35_it_weighs_no_more_and_is_not_rewritten_again(one: dict[str, Any]) -> None:
    text = letter(one["id"])
    assert text
    bearing = bear(story(one["history"]), TODAY)
    before = weigh_up(case_of(one), bearing)
    after = weigh_up(read_again(text, one), bearing)
    # A reminder is made of set words and asks nothing new, whatever a reader takes it for.
    if not one["id"].startswith("reminder"):
        assert impose(replace(after.asked, one_specific=True)).total <= before.r + 1e-9
    assert judge(read_again(text, one)).rewrite in (None, text)


@each_draft
def test_p36_it_keeps_the_language_the_greeting_and_the_name(one: dict[str, Any]) -> None:
    text = letter(one["id"])
    assert text
    words = set(re.findall(r"\w+", text.lower().replace("cv-en", "cv")))
    assert not (one["lang"] == "nb" and words & OF_NN), words & OF_NN
    assert not (one["lang"] == "nn" and words & OF_NB), words & OF_NB
    assert not (one["lang"] == "en" and words & {"jeg", "eg", "det", "og"})
    assert text.rstrip().endswith(one["draft"].strip().splitlines()[-1])
    to_the_friend = one["id"].startswith("second-friend")
    first = one["draft"].splitlines()[0]
    if first.endswith((",", "!")) and not to_the_friend:
        assert text.startswith(first)


@each_draft
def test_nothing_is_invented(one: dict[str, Any]) -> None:
    """Every name, number and month in the letter stands in the draft or in the ledger."""
    text = letter(one["id"])
    assert text
    known = one["draft"] + " ".join(event.text for event in story(one["history"]).events) + " Kari CV"
    inside = re.findall(r"(?<=[a-zæøå,] )[A-ZÆØÅ][\w-]+|\d+", text)
    months = {"October", "November", "oktober", "november"}
    said = {word for word in inside if word not in known and word not in ("I", "CV-en", *months)}
    assert said <= {"22"}, said


def test_a_second_reminder_gets_no_letter() -> None:
    one = next(one for one in cases("own") if one["id"] == "second-reminder")
    assert judge(case_of(one)).rewrite is None


def test_an_offer_comes_only_from_the_profile() -> None:
    one = next(one for one in DRAFTS if one["id"] == "pressure-nb")
    case = case_of(one)
    assert "hjelper jeg gjerne med" not in (judge(case).rewrite or "")
    told = replace(case, profile=Profile(offers=("korrekturlesing",)))
    assert "Hvis du har nytte av det, hjelper jeg gjerne med korrekturlesing." in (judge(told).rewrite or "")


def test_thanks_are_for_what_the_ledger_knows_once() -> None:
    text = letter("unthanked-nb") or ""
    assert text.count("Takk for introduksjonen") == 1
    assert "Liv Haug" in text


def test_a_named_person_may_be_asked_for_by_name_and_nobody_else() -> None:
    assert "introducing me to Liv Haug?" in (letter("guilt-en") or "")
    assert "Liv" not in (letter("referral-en") or "")


EASY = {
    "en": " There is no rush at all.",
    "nb": " Det haster ikke i det hele tatt.",
    "nn": " Det hastar ikkje.",
}


@each_draft
def test_p33_no_rush_never_raises_the_weight(one: dict[str, Any]) -> None:
    case = case_of(one)
    bearing = bear(story(one["history"]), TODAY)
    calm = replace(case, draft=case.draft + EASY[one["lang"]])
    assert weigh_up(calm, bearing).weight.total <= weigh_up(case, bearing).weight.total


@pytest.mark.parametrize("lang", ["en", "nb", "nn"])
def test_p31_without_an_ask_nothing_is_said(lang: str) -> None:
    draft = (
        "I owe you nothing! Why can't you sing? My friend is looking for a job. URGENT, thanks in advance."
    )
    for name in ("nobody", "intro_unthanked", "said_no", "open_nudged"):
        found = judge(Case(draft, replace(read("", lang=lang)), (story(name),), TODAY, lang=lang))
        assert (found.verdict, found.findings, found.rewrite) == ("send", (), None)


WORDS = [
    ("nb", "Kunne du være referanse for meg? På forhånd takk.", "nb/wording/thanks-in-advance"),
    ("nn", "Kunne du vere referanse for meg? På førehand takk.", "nn/wording/thanks-in-advance"),
    ("en", "Would you be my reference? Thanks in advance.", "en/wording/thanks-in-advance"),
]


@pytest.mark.parametrize(("lang", "draft", "id"), WORDS)
def test_p37_case_composition_and_emoji_change_nothing(lang: str, draft: str, id: str) -> None:
    def found(text: str) -> list[str]:
        case = Case(
            text, reading_of(text, lang, ["ask reference"]), (story("established"),), TODAY, lang=lang
        )
        return [finding.id for finding in judge(case).findings if finding.id == id]

    decomposed = unicodedata.normalize("NFD", draft)
    assert found(draft) == found(draft.upper()) == found(decomposed) == found(f"😊 {draft} 😊") == [id]


def test_the_span_of_a_word_is_right_in_decomposed_text() -> None:
    draft = unicodedata.normalize("NFD", "Kunne du være referanse på våren? På forhånd takk.")
    case = Case(draft, reading_of(draft, "nb", ["ask reference"]), (story("established"),), TODAY, lang="nb")
    span = next(one.span for one in judge(case).findings if one.id.endswith("thanks-in-advance"))
    assert span and draft[span[0] : span[1]] == unicodedata.normalize("NFD", "På forhånd takk")
