"""What the cues find is what `re` finds, for the lexicons that are shipped and for any pattern."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from askwell.text import incoming, needs, replies, wording
from askwell.text.cues import Cues, starts

PATTERNS = {
    "words": r"\b(?:can[' ]?t|could (?:you|we)|looking for|(?:he|she|they)[' ]?(?:ll|ve))\b",
    "edge": r"\b(?:left|[' ]?re (?:short|out)|\w+less in|only one)\b",
    "start": r"\A\s{0,9}(?:(?:hei|hi)\b[^.\n]{0,9}[.,]? )?(?:yes|ja)\b|\byes please\b",
    "inside": r"ing\b|\d+ ?kr",
    "repeated": r"\b(?:no ){2,3}(?:more|way)?|\b(?:very ){0,2}good",
    "behind": r"\b(?<!you are )(?:looking|(?<!not )able)\b(?! help)",
    "signs": r"[.!?] (?:go|take)\b|\"[^\"\n]{2,9}\"",
    "any word": r"\b(?:\w+ friend of yours|the \w+ is)\b",
    "ranges": r"\b[a-c]{2}\b|\b[^\W\d_]+ø\b",
    "case": r"(?i:\bÅs\b)|\b(ab|ac)d\b",
}
WORDS = """
can't can t could you we looking for he'll they ve left 're short 're out homeless in only one hei hi yes ja
please ing sing 12 kr 5kr no no more way very good you are looking help not able . go ! take "a b" my friend
of yours the cat is ab cc blåø ås abd acd
"""
PIECES = st.sampled_from(WORDS.split())
LETTERS = st.lists(PIECES | st.sampled_from(["\n", ". ", "'", ", ", "é", "_"]), max_size=25).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words), "  " + " ".join(words)])
)
SHIPPED = {
    (name, lang, part): cues
    for lang in ("en", "no")
    for name, parts in (
        ("replies", replies._cues(lang)),
        ("needs", needs._cues(lang)),
        ("incoming", (incoming._cues(lang),)),
        ("wording", (wording._patterns(lang)[1],)),
    )
    for part, cues in enumerate(parts)
}


def agrees(cues: Cues, text: str) -> None:
    patterns = {name: re.compile(source) for name, source in cues.sources.items()}
    wanted = {name: found for name, pattern in patterns.items() if (found := pattern.search(text))}
    first = cues.first(text)
    assert [(name, match.span()) for name, match in first.items()] == [
        (name, match.span()) for name, match in wanted.items()
    ]
    places = {match.start() for pattern in patterns.values() for match in pattern.finditer(text)}
    assert {match.start() for match in wanted.values()} <= set(cues.places(text))
    assert places <= set(cues.places(text))
    spans = {name: [match.span() for match in patterns[name].finditer(text)] for name in wanted}
    assert list(cues.spans(text).items()) == list(spans.items())
    assert cues.every(text) == {name: [start for start, _ in found] for name, found in spans.items()}


@given(LETTERS | st.text(max_size=80))
@settings(max_examples=500)
@example("we 're short 're out")
@example("yes please, yes")
@example("")
def test_cues_find_what_searches_find(text: str) -> None:
    agrees(ANY, text)


ANY = Cues(PATTERNS)


@pytest.mark.parametrize("key", SHIPPED, ids=str)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_lexicons_lose_nothing(key: tuple[str, str, int], data: st.DataObject) -> None:
    """Texts made of the lexicons' own words: the strings of letters between their signs."""
    cues = SHIPPED[key]
    words = sorted({word for source in cues.sources.values() for word in re.findall(r"[^\W\d_]+", source)})
    gaps = st.sampled_from([" ", " ", " ", "'", ". ", "\n", ", ", "", "? ", " 12 "])
    parts = data.draw(st.lists(st.tuples(st.sampled_from(words), gaps), max_size=60))
    agrees(cues, "".join(word + gap for word, gap in parts))


@pytest.mark.parametrize(
    ("pattern", "letters", "needles"),
    [
        (r"\b(?:looking for|can[' ]?t|i)\b", {"look", "can'", "can ", "cant", "i"}, set()),
        (r"\A\s?yes|\bno way\b", {"", "no w"}, set()),
        (r"\b\w+ friend of yours", set(), {" friend of yours"}),
        (r"n't\b", set(), {"n't"}),
        (r"\d+", set(), {""}),
        (r"(?i)\byes", set(), {""}),
        (r"\b(?:a|b)?\b", set(), {""}),
    ],
)
def test_starts_are_read_off_a_pattern(pattern: str, letters: set[str], needles: set[str]) -> None:
    found = starts(pattern)
    assert (set(found.letters), set(found.needles)) == (letters, needles)


@pytest.mark.parametrize("key", [key for key in SHIPPED if key[0] != "wording"], ids=str)
def test_most_patterns_of_the_lexicons_are_tried_at_words_only(key: tuple[str, str, int]) -> None:
    cues = SHIPPED[key]
    anywhere = [name for name, source in cues.sources.items() if "" in starts(source).needles]
    assert set(anywhere) <= {"digits"}


@pytest.mark.parametrize("piece", ["looking ", "i can't ", "\n", "a", "har du ", "'"])
def test_cues_take_time_in_step_with_the_text(piece: str) -> None:
    cues = SHIPPED["replies", "en", 0]
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    cues.first(text)
    assert time.process_time() - start < 20
