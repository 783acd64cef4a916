"""Words count the same, named one by one or given as a text has them; in any order of adding up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.text.linear import Linear, linear, word_features

MODEL = Linear(
    ("yes", "no"),
    {
        "base": (5, -5),
        "c:ask": (120, -90),
        "w:ja": (7, -31),
        "w:nei": (-13, 3),
        "b:< ja": (41, 2),
        "b:ja ja": (1, 1),
    },
)
WORDS = st.lists(st.sampled_from(["ja", "nei", "kanskje", "<", "?"]), max_size=12)


@given(WORDS, st.dictionaries(st.sampled_from(["c:ask", "c:other"]), st.floats(0, 2)))
def test_words_count_as_their_features_do(words: list[str], signs: dict[str, float]) -> None:
    assert MODEL.chances(signs, words) == pytest.approx(MODEL.chances(signs | word_features(words)))


def test_a_pair_is_another_than_its_words() -> None:
    assert MODEL.chances({}, ["ja", "nei"]) != MODEL.chances({}, ["nei", "ja"])


@pytest.mark.parametrize("name", ["needs", "replies", "incoming_wants"])
def test_chances_of_the_shipped_models_add_up(name: str) -> None:
    chances = linear(name).chances({}, ["takk", "for", "sist", "you"])
    assert sum(chances.values()) == pytest.approx(1.0)
    assert all(0 <= chance <= 1 for chance in chances.values())
