"""Sentences of mail: lines, bullets, wraps, abbreviations, and texts made to hurt."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.text.sentences import LONGEST, split


def parts(text: str) -> list[str]:
    return [text[a:b] for a, b in split(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hi Ann,\nthe boat is dry. Shall we row?", ["Hi Ann,", "the boat is dry.", "Shall we row?"]),
        ("Vi møtes kl. 15. Ta med f.eks. kake.", ["Vi møtes kl. 15.", "Ta med f.eks. kake."]),
        ("Dr. Berg ringer 3. mai. Greit?", ["Dr. Berg ringer 3. mai.", "Greit?"]),
        ("Points:\n- one thing\n- another thing", ["Points:", "one thing", "another thing"]),
        (
            "This line was wrapped by a program that likes\nseventy columns. Next one.",
            ["This line was wrapped by a program that likes\nseventy columns.", "Next one."],
        ),
        ("«Kan du?» spurte ho. Eg svara.", ["«Kan du?» spurte ho.", "Eg svara."]),
    ],
)
def test_mail_is_split_as_people_read_it(text: str, wanted: list[str]) -> None:
    assert parts(text) == wanted


@given(st.text(max_size=400))
def test_spans_are_in_order_and_tight(text: str) -> None:
    last = 0
    for start, end in split(text):
        assert last <= start < end <= len(text)
        assert end - start <= LONGEST
        assert text[start:end] == text[start:end].strip()
        last = end


@pytest.mark.parametrize("piece", ["\n", "a", " . ", "Fra: \n", "> ", "On ", "1. \n"])
def test_hostile_texts_take_time_in_step_with_their_size(piece: str) -> None:
    def cost(size: int) -> float:
        best = 99.0
        for _ in range(3):
            start = time.process_time()
            split(piece * (size // len(piece)))
            best = min(best, time.process_time() - start)
        return best

    assert cost(200_000) <= 25 * cost(25_000) + 0.2  # eight times is in step, 64 times is its square
