"""Congratulations and offers for every kind of news and need, in three languages."""

import tomllib
from datetime import date
from importlib import resources

import pytest
from tests.judge.test_thanks import KARI, TODAY, harmless

from askwell.judge.bearing import bear
from askwell.judge.clauses import LEAST, MOST
from askwell.judge.offering import Chance, letter
from askwell.judge.wording import LANGUAGES
from askwell.ledger.history import History

KINDS = sorted(
    set(tomllib.loads((resources.files("askwell.text") / "lexicons" / "news.toml").read_text("utf-8")))
    - {"not"}
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", [*KINDS, "need"])
def test_a_letter_is_short_and_harmless_and_rests_on_what_they_wrote(lang: str, kind: str) -> None:
    chance = Chance(kind, date(2026, 4, 20), "…", "m1@x")
    note = letter(bear(History(KARI, ()), TODAY), chance, lang, "Ingrid Dahl")
    assert LEAST[lang] - 10 <= note.words <= MOST[lang], note.text
    assert note.text.count("!") <= 1
    assert "?" not in note.text
    harmless(note)
    assert {source for one in note.clauses for source in one.sources} == {"m1@x"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_offer_of_ones_own_stands_in_its_own_words(lang: str) -> None:
    chance = Chance("need", date(2026, 4, 20), "…", "m1@x", offer="I can read proofs.")
    note = letter(bear(History(KARI, ()), TODAY), chance, lang, "Ingrid")
    assert "I can read proofs." in note.text
    harmless(note)
