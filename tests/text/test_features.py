"""The numbers that the model sees of a letter."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.text.features import BUCKETS, LONGEST, codes, rows, see


def _of(text: list[str], at: int, lang: str = "en") -> set[int]:
    return {int(value) for value in rows([see(one, lang) for one in text])[at]}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=12), st.sampled_from(["en", "nb", "nn"]))
def test_any_texts_have_rows_of_their_own_in_order(texts: list[str], lang: str) -> None:
    letter = rows([see(one, lang) for one in texts])
    assert len(letter) == len(texts)
    for part in letter:
        assert len(part)
        assert (np.diff(part) > 0).all()
        assert 0 <= part[0] <= part[-1] < BUCKETS


def test_a_sentence_is_seen_with_its_two_neighbours_and_no_further() -> None:
    letter = ["Thanks.", "The boat is in.", "Could you help me?", "It rained.", "Bye."]
    here = _of(letter, 2)
    assert here != _of([letter[0], "My son is in.", *letter[2:]], 2)
    assert here != _of([*letter[:3], "He is unemployed.", letter[4]], 2)
    assert here == _of(["My cousin needs work.", *letter[1:]], 2)


def test_order_tells_an_imperative_from_a_report() -> None:
    code = codes()["Z_ORDER"]
    assert code in see("Send me the figures.", "en").marks
    assert code in see("Please send me the figures.", "en").marks
    assert code not in see("He will send me the figures.", "en").marks


def test_words_past_the_longest_sentence_are_not_looked_at() -> None:
    words = ["word"] * LONGEST
    assert _of([" ".join(words)], 0) == _of([" ".join([*words, "nephew"])], 0)
