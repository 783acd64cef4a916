"""Turns of phrase: gaps, choices, stems, concepts."""

import pytest

from askwell.text.features import ORDER, codes
from askwell.text.fold import fold, tokens
from askwell.text.frames import lexicon
from askwell.text.idioms import Idioms, idioms, names


def found(pattern: str, text: str) -> bool:
    return "X" in Idioms([f"X: {pattern}"], lexicon("en")).find(tokens(fold(text)))


@pytest.mark.parametrize(
    ("pattern", "text", "wanted"),
    [
        ("put in a word", "Would you put in a word for us?", True),
        ("put in a word", "Put a word in.", False),
        ("take ~ on", "could they take the boy on", True),
        ("take ~ on", "take the very long and winding road on", False),
        ("you promised|swore", "You swore it.", True),
        ("promis* me", "she promised me", True),
        ("my @KIN", "my nephew", True),
        ("my @KIN", "my bicycle", False),
        ("my _ friend", "my old friend", True),
    ],
)
def test_patterns(pattern: str, text: str, wanted: bool) -> None:
    assert found(pattern, text) is wanted


def test_the_three_languages_know_the_same_ideas() -> None:
    kinds = {
        lang: {name for name in idioms(lang).names() if name.startswith("X_")} for lang in ("en", "nb", "nn")
    }
    assert kinds["en"] == kinds["nb"] == kinds["nn"]


def test_every_name_has_its_number() -> None:
    used = {name for lang in ("en", "nb", "nn") for name in lexicon(lang).names() | idioms(lang).names()}
    assert used | {ORDER} == set(codes())
    assert len(codes()) < 126


def test_spellings_without_norwegian_letters() -> None:
    without = names("Soennen min er ferdig til paaske", "nb")
    assert without and without.keys() == names("Sønnen min er ferdig til påske", "nb").keys()
