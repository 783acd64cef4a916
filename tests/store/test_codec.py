"""A reading written down and read again is the same reading."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.store.codec import pack, unpack
from askwell.text.reading import (
    ABOUTS,
    ACTS,
    BENEFICIARIES,
    OUTCOMES,
    PATTERNS,
    POSITIVES,
    Act,
    Need,
    Pattern,
    Positive,
    Reading,
)

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))
numbers = st.floats(0, 10, allow_nan=False)
why = st.lists(text, max_size=2).map(tuple)
acts = st.builds(
    Act, st.sampled_from(ACTS), spans, text, numbers, why,
    st.none() | st.sampled_from(ABOUTS), st.none() | st.sampled_from(BENEFICIARIES),
    st.none() | st.booleans(), st.none() | numbers, st.none() | st.just("2026-12-01"), st.none() | text,
)  # fmt: skip
readings = st.builds(
    Reading,
    st.sampled_from(["en", "nb", "nn"]),
    st.lists(acts, max_size=3).map(tuple),
    st.lists(st.builds(Pattern, st.sampled_from(PATTERNS), spans, text, numbers, why), max_size=2).map(tuple),
    st.lists(st.builds(Positive, st.sampled_from(POSITIVES), spans, text), max_size=2).map(tuple),
    st.sampled_from(OUTCOMES),
    st.lists(st.builds(Need, spans, text, numbers), max_size=2).map(tuple),
    st.none() | st.floats(0, 1),
    st.lists(spans, max_size=2).map(tuple),
)


@given(readings)
def test_a_reading_comes_back_exactly(reading: Reading) -> None:
    found = pack(reading)
    assert unpack(reading.language, found) == reading
    assert found is None or json.loads(found)


def test_nothing_found_is_nothing_kept() -> None:
    assert pack(Reading("nn")) is None
    assert unpack("nn", None) == Reading("nn")
    assert pack(Reading("nn", bluntness=0.0)) is not None


def test_every_field_of_a_reading_is_kept() -> None:
    """Whoever adds a field to a reading is sent here: add it at the end in the codec, and then here."""
    known = {
        Reading: "language acts patterns positives outcome needs bluntness blunt_words answer",
        Act: "act span text confidence why about beneficiary favour size deadline deadline_text",
        Pattern: "id span text confidence why",
        Positive: "id span text",
        Need: "span text confidence",
    }
    for kind, names in known.items():
        assert " ".join(field.name for field in fields(kind)) == names


@pytest.mark.parametrize(
    ("language", "found"), [("xx", None), ("nb", '{"a":[[1]]}'), ("nb", "["), ("nb", "3")]
)
def test_what_is_no_reading_is_refused(language: str, found: str | None) -> None:
    with pytest.raises(ValueError):
        unpack(language, found)
